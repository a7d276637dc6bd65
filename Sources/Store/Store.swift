/// Where everything is kept: an embedded SQLite file, or a PostgreSQL server.
///
/// Work happens inside a closure that receives a ``Reader`` or a ``Writer``. The closure is synchronous, so that no transaction
/// ever stays open across an `await`. It may run more than once, when PostgreSQL reports that others got in its way:
/// it must have no effect outside the store.
public struct Store: Sendable {
    public enum Engine: String, Sendable, CaseIterable {
        case sqlite, postgres
    }

    /// How far SQLite goes to make a commit survive a power cut. PostgreSQL's own configuration decides there.
    public enum Durability: Sendable {
        /// Every commit reaches the disk before it is announced.
        case full
        /// A power cut may lose the last commits, and never the file.
        case normal
    }

    public struct Options: Sendable {
        /// Connections to PostgreSQL, or concurrent readers of SQLite.
        public var connections: Int
        /// How long to wait for a connection before ``StoreError/busy``.
        public var wait: Duration
        public var durability: Durability

        public init(connections: Int = 8, wait: Duration = .seconds(5), durability: Durability = .full) {
            self.connections = connections
            self.wait = wait
            self.durability = durability
        }
    }

    public let engine: Engine
    let backend: any Backend

    /// Opens `sqlite:PATH` or `postgres://…`. A SQLite file is made if it is not there; a server is first called by the first use.
    public static func open(_ url: String, options: Options = Options()) throws -> Store {
        if url.hasPrefix("sqlite:") {
            let path = String(url.dropFirst("sqlite:".count))
            guard !path.isEmpty else { throw StoreError.badURL("sqlite: must be followed by a path, as in sqlite:lien.db") }
            return Store(engine: .sqlite, backend: try SQLiteBackend(path: path, options: options))
        }
        if url.hasPrefix("postgres://") || url.hasPrefix("postgresql://") {
            return Store(engine: .postgres, backend: try PostgresBackend(url: url, options: options))
        }
        throw StoreError.badURL("expected sqlite:PATH or postgres://USER@HOST:PORT/DATABASE")
    }

    /// A SQLite database in memory, for tests.
    public static func inMemory() throws -> Store {
        Store(engine: .sqlite, backend: try SQLiteBackend(path: nil, options: Options()))
    }

    /// Reads from one unchanging view of the database.
    public func read<T: Sendable>(_ body: @Sendable (Reader) throws -> T) async throws -> T {
        try await backend.transaction(.read, body)
    }

    /// Changes the database as if no one else were there: SERIALIZABLE on PostgreSQL, with bounded retry.
    @discardableResult
    public func write<T: Sendable>(_ body: @Sendable (Writer) throws -> T) async throws -> T {
        try await backend.transaction(.write, body)
    }

    /// For what claims someone's time: READ COMMITTED on PostgreSQL.
    ///
    /// The body first bumps the `calendar_version` of all it claims, in id order: that is the lock.
    @discardableResult
    public func claim<T: Sendable>(_ body: @Sendable (Writer) throws -> T) async throws -> T {
        try await backend.transaction(.claim, body)
    }

    /// A reading that leaves a trace: reads from one unchanging view, and adds rows that no rule looks at.
    ///
    /// REPEATABLE READ on PostgreSQL: two readers never conflict. Under SERIALIZABLE, an entry that one adds is a change of what the
    /// other has read wherever a small table is read whole.
    @discardableResult
    public func record<T: Sendable>(_ body: @Sendable (Writer) throws -> T) async throws -> T {
        try await backend.transaction(.record, body)
    }

    /// For loading much data at once; on SQLite nothing waits for the disk until the end.
    public func bulk(_ body: @Sendable (Writer) throws -> Void) async throws {
        try await backend.transaction(.bulk, body)
    }

    /// Runs one statement outside any transaction: for what an engine refuses inside one, such as `VACUUM` or `CREATE DATABASE`.
    public func runOutsideTransaction(_ sql: SQL) async throws {
        try await backend.transaction(.none) { db in _ = try db.run(sql) }
    }

    /// Waits for what is under way, then closes every connection.
    public func close() async { await backend.close() }
}

/// What a transaction is for.
enum TransactionKind: Sendable {
    case read, record, write, claim, bulk
    /// One step of a migration; when it rebuilds tables, foreign keys are checked at the end and not on the way.
    case migration(rebuilds: Bool)
    /// No transaction at all.
    case none
}

/// An engine.
protocol Backend: Sendable {
    func transaction<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) async throws -> T
    func close() async
}
