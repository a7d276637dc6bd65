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

    /// PostgreSQL refuses to run as root. (Foundation's `Process` would wait for the server itself to end.)
    private static func run(_ program: String, _ arguments: [String]) throws {
        let command = (getuid() == 0 ? ["/usr/sbin/runuser", "-u", "postgres", "--"] : []) + [program] + arguments
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for descriptor in Int32(0)...2 { posix_spawn_file_actions_addopen(&actions, descriptor, "/dev/null", O_RDWR, 0) }
        let words = command.map { strdup($0) } + [nil]
        defer { words.forEach { free($0) } }
        var process = pid_t()
        var status = posix_spawn(&process, command[0], &actions, nil, words, environ)
        if status == 0 { waitpid(process, &status, 0) }
        guard status == 0 else { throw Failure(command: program, status: status) }
    }
}
