// swift-tools-version:6.2
import PackageDescription

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .treatAllWarnings(as: .error),
]

let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let lifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let asyncAlgorithms: Target.Dependency = .product(name: "AsyncAlgorithms", package: "swift-async-algorithms")

let package = Package(
    name: "lien",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "lien", targets: ["Lien"])],
    dependencies: [
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.4.0", traits: [.defaults, "CommandLineArguments"]),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-async-algorithms", from: "1.1.4"),
        .package(url: "https://github.com/swift-server/async-http-client.git", from: "1.37.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        .systemLibrary(name: "CPostgres", pkgConfig: "libpq", providers: [.apt(["libpq-dev"])]),
        .systemLibrary(name: "CXlsxWriter", pkgConfig: "xlsxwriter", providers: [.apt(["libxlsxwriter-dev"])]),
        .systemLibrary(name: "CQRencode", pkgConfig: "libqrencode", providers: [.apt(["libqrencode-dev"])]),
        .systemLibrary(name: "CGMime", pkgConfig: "gmime-3.0", providers: [.apt(["libgmime-3.0-dev"])]),
        .systemLibrary(name: "CICal", pkgConfig: "libical", providers: [.apt(["libical-dev"])]),
        .target(name: "ICalShim", dependencies: ["CICal"]),
        .target(name: "MimeShim", dependencies: ["CGMime"]),
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CurlShim", dependencies: ["CCurl"]),
        .target(name: "PhoneShim", linkerSettings: [.linkedLibrary("phonenumber")]),
        .target(
            name: "Store", dependencies: ["CPostgres", .product(name: "GRDB", package: "GRDB.swift")],
            swiftSettings: strict),
        .target(name: "Scheduling", swiftSettings: strict),
        .target(
            name: "Core",
            dependencies: [
                "Store", "Scheduling", "PhoneShim", "ICalShim",
                crypto, .product(name: "CryptoExtras", package: "swift-crypto"),
            ],
            swiftSettings: strict),
        .target(
            name: "Web",
            dependencies: [
                "Core", "Store", "Scheduling", "MimeShim", "CXlsxWriter", "CQRencode", hummingbird, logging, lifecycle, asyncAlgorithms,
                crypto,
            ],
            resources: [.copy("assets")], swiftSettings: strict),
        .target(
            name: "Benchmarks", dependencies: ["Web", "Core", "Store", "Scheduling", hummingbird], path: "Benchmarks",
            exclude: ["README.md"], swiftSettings: strict),
        .executableTarget(
            name: "Lien",
            dependencies: [
                "Web", "Core", "Store", "Scheduling", "Benchmarks", "CurlShim", "MimeShim", hummingbird, logging, lifecycle,
                asyncAlgorithms, asyncHTTPClient, crypto,
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Configuration", package: "swift-configuration"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        .target(name: "TestKit", dependencies: ["Store", "Core", "Scheduling"], swiftSettings: strict),
        .testTarget(name: "StoreTests", dependencies: ["Store", "TestKit"], swiftSettings: strict),
        .testTarget(name: "SchedulingTests", dependencies: ["Scheduling", "TestKit"], exclude: ["oracle"], swiftSettings: strict),
        .testTarget(
            name: "CoreTests", dependencies: ["Core", "Store", "Scheduling", "TestKit"], exclude: ["oracle"],
            swiftSettings: strict),
        .testTarget(name: "LienTests", dependencies: ["Lien", "TestKit", "CurlShim", hummingbird], swiftSettings: strict),
        .testTarget(
            name: "WebTests",
            dependencies: ["Web", "Core", "Store", "Scheduling", "TestKit", .product(name: "HummingbirdTesting", package: "hummingbird")],
            swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
