import Core
import Dispatch
import Foundation
import Synchronization

/// Makes PDF files with the program `weasyprint`, in a process of its own, one at a time: two would hold both cores of a small machine.
/// Never called inside a transaction.
public final class WeasyPrint: Sendable {
    /// Two hundred letters take ten seconds on two busy cores; beyond this many, something is wrong.
    private static let seconds = 120
    private static let mostWaiting = 10

    private let queue = DispatchQueue(label: "weasyprint")
    private let waiting = Mutex(0)

    public init() {}

    /// Where the program is; nothing where it is not installed.
    public static var program: String? {
        let path = ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin"
        return path.split(separator: ":").map { "\($0)/weasyprint" }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// - Throws: ``Core/Refusal`` of kind `unavailable` without the program, or when too many wait; ``Failed``.
    func pdf(_ document: HTML) async throws -> Data {
        guard let program = Self.program else { throw Refusal.noWeasyPrint }
        guard enter() else { throw Refusal.pressBusy }
        defer { waiting.withLock { $0 -= 1 } }
        let bytes = document.bytes(token: "")
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Self.run(program, on: bytes) }) }
        }
    }

    /// What the program said.
    struct Failed: Error, CustomStringConvertible {
        let description: String
    }

    private func enter() -> Bool {
        waiting.withLock { count in
            guard count < Self.mostWaiting else { return false }
            count += 1
            return true
        }
    }

    /// In a folder that nobody else may read, and that is gone afterwards: the letters name people.
    private static func run(_ program: String, on document: [UInt8]) throws -> Data {
        let folder = FileManager.default.temporaryDirectory.appending(path: "lien-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
        defer { try? FileManager.default.removeItem(at: folder) }
        let (page, made, said) = (folder.appending(path: "in.html"), folder.appending(path: "out.pdf"), folder.appending(path: "said"))
        try Data(document).write(to: page)
        try Data().write(to: said)
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments =
            ["timeout", "--kill-after=5", "\(seconds)", program, "-q", "-e", "utf-8", "--pdf-variant", "pdf/ua-1"]
            + [page.path, made.path]
        process.environment = environment(folder)
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = try FileHandle(forWritingTo: said)
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            let words = String(decoding: (try? Data(contentsOf: said)) ?? Data(), as: UTF8.self)
            throw Failed(description: "weasyprint ended with status \(process.terminationStatus): \(words.suffix(300))")
        }
        return try Data(contentsOf: made)
    }

    /// Nothing of ours but where programs are, and nowhere to fetch anything from: all that a letter shows stands in it.
    private static func environment(_ folder: URL) -> [String: String] {
        let nowhere = "http://127.0.0.1:9"
        return [
            "PATH": ProcessInfo.processInfo.environment["PATH"] ?? "/usr/bin:/bin", "LANG": "C.UTF-8", "HOME": folder.path,
            "http_proxy": nowhere, "https_proxy": nowhere, "ftp_proxy": nowhere,
        ]
    }
}

extension Refusal {
    static let noWeasyPrint = Refusal(
        .unavailable, "no-weasyprint",
        "Ce serveur ne sait pas faire de PDF : il y manque le programme « weasyprint ». Demandez à qui tient le serveur d’installer le paquet "
            + "weasyprint (apt-get install weasyprint). Le lot reste prêt.")
    static let pressBusy = Refusal(
        .unavailable, "press-busy", "Beaucoup de courriers s’impriment en ce moment. Attendez une minute, puis recommencez.")
}
