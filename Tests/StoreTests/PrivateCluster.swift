import Foundation

/// A PostgreSQL cluster that a test may stop and start as it likes, as `bin/with-postgres` makes one.
final class PrivateCluster: Sendable {
    private static let programs = "/usr/lib/postgresql/15/bin/"
    private let folder: String
    private let port = Int.random(in: 32_100...32_700)

    var url: String { "postgres://postgres@127.0.0.1:\(port)/postgres" }

    struct Failure: Error {
        let command: String
        let status: Int32
    }

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "lien-cluster-\(UUID())").path
        try Self.run("/bin/mkdir", ["-m", "700", folder])
        try Self.run(Self.programs + "initdb", ["-D", folder, "-U", "postgres", "--locale=C", "--encoding=UTF8", "-A", "trust", "-N"])
    }

    /// Lends a running cluster, of which nothing is left afterwards.
    static func with(_ test: (PrivateCluster) async throws -> Void) async throws {
        let cluster = try PrivateCluster()
        try cluster.start()
        do { try await test(cluster) } catch {
            cluster.remove()
            throw error
        }
        cluster.remove()
    }

    func start() throws {
        let settings = "-p \(port) -k \(folder) -c listen_addresses=127.0.0.1 -c fsync=off"
        try Self.run(Self.programs + "pg_ctl", ["-D", folder, "-l", folder + "/server.log", "-o", settings, "-w", "start"])
    }

    /// Stops as a crash would.
    func stop() throws { try Self.run(Self.programs + "pg_ctl", ["-D", folder, "-m", "immediate", "-w", "stop"]) }

    private func remove() {
        try? stop()
        try? FileManager.default.removeItem(atPath: folder)
    }

    /// PostgreSQL refuses to run as root.
    private static func run(_ program: String, _ arguments: [String]) throws {
        let process = Process()
        let isRoot = getuid() == 0
        process.executableURL = URL(filePath: isRoot ? "/usr/sbin/runuser" : program)
        process.arguments = isRoot ? ["-u", "postgres", "--", program] + arguments : arguments
        process.currentDirectoryURL = FileManager.default.temporaryDirectory
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw Failure(command: program, status: process.terminationStatus) }
    }
}
