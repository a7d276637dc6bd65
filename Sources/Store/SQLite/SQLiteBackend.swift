import Foundation
import GRDB

/// SQLite through GRDB: one writer, several readers that never wait for it.
final class SQLiteBackend: Backend {
    private let database: any DatabaseWriter
    private let writer: SQLiteWriter
    private let reading: Lender<Int>

    /// - Parameter path: of the file; `nil` for a database in memory, which has one connection for all.
    init(path: String?, options: Store.Options) throws {
        let configuration = Self.configuration(options)
        do {
            database =
                try path.map { try DatabasePool(path: $0, configuration: configuration) } ?? DatabaseQueue(configuration: configuration)
            try database.unsafeReentrantWrite { db in try Self.prepareWriter(db, options) }
        } catch {
            throw StoreError.unreachable("\(path ?? "memory"): \(SQLiteFailure.of(error))")
        }
        writer = SQLiteWriter(database, wait: options.wait)
        reading = Lender(Array(0..<(path == nil ? 1 : options.connections)), wait: options.wait)
    }

    func transaction<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) async throws -> T {
        do {
            guard case .read = kind else { return try await writer.run(kind, body) }
            let turn = try await reading.take()
            defer { reading.give(turn) }
            return try await database.read { db in try SQLiteTransaction.read(db, body) }
        } catch {
            throw SQLiteFailure.of(error)
        }
    }

    /// The readers first: the last connection to close puts the write-ahead log into the file and removes it, and a reader may not.
    func close() async {
        try? await writer.run(.none) { _ in }
        if let pool = database as? DatabasePool {
            try? await pool.barrierWriteWithoutTransaction { _ in }
            pool.invalidateReadOnlyConnections()
        }
        try? database.close()
    }

    private static func configuration(_ options: Store.Options) -> Configuration {
        var configuration = Configuration()
        configuration.foreignKeysEnabled = true
        configuration.maximumReaderCount = max(options.connections, 1)
        configuration.persistentReadOnlyConnections = true
        // Another process may hold the file: a command run beside the server.
        configuration.busyMode = .timeout(options.wait / .seconds(1))
        configuration.prepareDatabase { db in
            // PostgreSQL's LIKE minds the case, and only such a LIKE can use an index.
            try db.execute(sql: "PRAGMA case_sensitive_like = ON; PRAGMA cache_size = -8000; PRAGMA temp_store = MEMORY")
        }
        return configuration
    }

    /// GRDB opens a pool with `synchronous = NORMAL`, hence after it.
    private static func prepareWriter(_ db: Database, _ options: Store.Options) throws {
        try db.execute(sql: "PRAGMA synchronous = \(options.durability == .full ? "FULL" : "NORMAL")")
        // Checkpoints every 1,000 pages cost a quarter of the bookings per second.
        try db.execute(sql: "PRAGMA wal_autocheckpoint = 20000; PRAGMA cache_size = -32000")
    }
}
