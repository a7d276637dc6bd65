import Configuration
import Foundation
import Logging
import Store
import SystemPackage
import Web

/// All that can be set, with what holds when nothing is said. Read once, when a command starts.
struct Settings: Sendable {
    /// `sqlite:PATH` or `postgres://…` (LIEN_DATABASE).
    var database = "sqlite:lien.sqlite"
    /// `full` waits for the disk at each change of a SQLite file; `normal` may lose the last ones to a power cut (LIEN_DURABILITY).
    var durability = Store.Durability.full
    /// Connections to PostgreSQL, or readers of SQLite (LIEN_POOL).
    var pool = 8
    /// Where `serve` listens (LIEN_HOST, LIEN_PORT).
    var host = "127.0.0.1"
    var port = 8080
    /// Proxies whose `X-Forwarded-For` is believed: addresses or blocks, comma-separated (LIEN_TRUSTED_PROXIES).
    var trustedProxies: [AddressBlock] = []
    /// Requests a second from one address, ten times as many at once; 0 for no limit (LIEN_RATE).
    var rate = 50
    /// The address people know, for what is sent to them (LIEN_PUBLIC_URL).
    var publicURL: String?
    /// Signs forms and cookies; without it a key kept in the database does (LIEN_SECRET, at least 32 characters).
    var secret: String?
    /// Webhooks may go to this machine, and by `http` there: for development alone (LIEN_WEBHOOKS_TO_LOOPBACK, `yes` or `no`).
    var webhooksToLoopback = false
    /// A JSON file that describes what carries messages; without it none leaves (LIEN_GATEWAYS).
    var gateways = GatewayFile.none
    var logLevel = Logger.Level.info
    /// `json` or `text` (LIEN_LOG_LEVEL, LIEN_LOG_FORMAT).
    var logFormat = LogFormat.json

    enum LogFormat: String, CaseIterable { case json, text }
}

extension Settings {
    /// - Parameters:
    ///   - flags: what was given on the command line, by the settings' names.
    ///   - file: a JSON file; `nil` for the one LIEN_CONFIG names, if it does.
    /// - Throws: ``Failure`` with the name of the setting that cannot be used.
    static func read(
        flags: [AbsoluteConfigKey: ConfigValue] = [:], file: String? = nil,
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) async throws -> Settings {
        var providers: [any ConfigProvider] = [
            InMemoryProvider(name: "flags", values: flags),
            EnvironmentVariablesProvider(environmentVariables: environment).prefixKeys(with: "lien"),
        ]
        if let path = file ?? environment["LIEN_CONFIG"] { providers.append(try await self.file(path)) }
        return try await Settings(SettingsReader(ConfigReader(providers: providers)))
    }

    private static func file(_ path: String) async throws -> any ConfigProvider {
        guard FileManager.default.isReadableFile(atPath: path) else {
            throw Failure.setting("LIEN_CONFIG", "the file \(path) cannot be read")
        }
        do { return try await FileProvider<JSONSnapshot>(filePath: FilePath(path)) } catch {
            throw Failure.setting("LIEN_CONFIG", "\(path) is not a JSON object of settings")
        }
    }

    private init(_ reader: SettingsReader) async throws {
        database = try await reader.text("database") ?? database
        durability = try await reader.choice("durability", ["full": .full, "normal": .normal]) ?? durability
        pool = try await reader.number("pool", 1...500) ?? pool
        host = try await reader.text("host") ?? host
        port = try await reader.number("port", 1...65_535) ?? port
        trustedProxies =
            try await reader.value("trustedProxies", "give addresses or blocks such as 10.0.0.0/8") { AddressBlock.list($0) } ?? []
        rate = try await reader.number("rate", 0...1_000_000) ?? rate
        publicURL = try await reader.value("publicUrl", "give an address that begins with https:// or http://") { Self.address($0) }
        secret = try await reader.value("secret", "give at least 32 characters") { $0.utf8.count >= 32 ? $0 : nil }
        webhooksToLoopback = try await reader.choice("webhooksToLoopback", ["yes": true, "no": false]) ?? webhooksToLoopback
        gateways = try await reader.text("gateways").map { try GatewayFile.read($0) } ?? gateways
        logLevel = try await reader.value("logLevel", "choose among \(Logger.Level.names)") { Logger.Level(rawValue: $0) } ?? logLevel
        logFormat = try await reader.value("logFormat", "choose json or text") { LogFormat(rawValue: $0) } ?? logFormat
    }

    var rateLimit: Rate? { rate == 0 ? nil : Rate(perSecond: Double(rate), atOnce: Double(10 * rate)) }

    private static func address(_ text: String) -> String? {
        guard let url = URL(string: text), ["http", "https"].contains(url.scheme), url.host()?.isEmpty == false else { return nil }
        return text
    }
}

extension Logger.Level {
    fileprivate static var names: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
