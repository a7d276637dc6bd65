/// One step of the schema's history. Steps are only ever added, at the end.
public struct Migration: Sendable, Hashable {
    public let name: String
    let rebuilds: Bool
    let postgres: [SQL]
    let sqlite: [SQL]

    /// The same statements on both engines.
    ///
    /// - Parameter rebuilds: on SQLite, tables are made anew and renamed: foreign keys are checked only before the commit.
    public init(_ name: String, rebuilds: Bool = false, _ statements: [SQL]) {
        self.init(name, rebuilds: rebuilds, postgres: statements, sqlite: statements)
    }

    /// For what must differ.
    public init(_ name: String, rebuilds: Bool = false, postgres: [SQL], sqlite: [SQL]) {
        self.name = name
        self.rebuilds = rebuilds
        self.postgres = postgres
        self.sqlite = sqlite
    }

    func statements(for engine: Store.Engine) -> [SQL] { engine == .postgres ? postgres : sqlite }
}

/// How a database's schema stands beside a list of migrations.
public enum SchemaState: Sendable, Equatable {
    case empty
    case current
    /// These migrations have not been run yet.
    case behind([String])
    /// The database knows these, and the list does not.
    case newer([String])

    init(applied: [String], migrations: [Migration]) {
        let known = Set(migrations.map(\.name))
        let unknown = applied.filter { !known.contains($0) }
        let missing = migrations.map(\.name).filter { !applied.contains($0) }
        if !unknown.isEmpty {
            self = .newer(unknown)
        } else if missing.isEmpty {
            self = .current
        } else {
            self = applied.isEmpty ? .empty : .behind(missing)
        }
    }
}

extension Store {
    /// Brings the schema up to date, forward only. Each step is one transaction; nodes that start together take turns.
    ///
    /// - Throws: ``StoreError/newerSchema(_:)`` when the database belongs to a newer version; it is then left untouched.
    public func migrate(_ migrations: [Migration]) async throws {
        if case .newer(let names) = try await schemaState(migrations) { throw StoreError.newerSchema(names) }
        for migration in migrations {
            try await backend.transaction(.migration(rebuilds: migration.rebuilds)) { db in try migration.apply(db, among: migrations) }
        }
        guard engine == .sqlite else { return }
        try await write { db in for statement in SQLiteStatistics.imagine { try db.run(statement) } }
    }

    /// How the schema stands, without changing anything.
    public func schemaState(_ migrations: [Migration]) async throws -> SchemaState {
        try await read { db in SchemaState(applied: try Migration.applied(db), migrations: migrations) }
    }
}

extension Migration {
    static let table = "schema_migration"

    /// The names of the steps that the database has been through, in order.
    static func applied(_ db: Reader) throws -> [String] {
        guard try db.exists(Dialect.tableExists(table, on: db.engine)) else { return [] }
        return try db.all("SELECT name FROM schema_migration ORDER BY position") { row in try row[0] }
    }

    /// Asks again what has been applied, now that no one else is migrating.
    func apply(_ db: Writer, among migrations: [Migration]) throws {
        let applied = try Self.applied(db)
        if case .newer(let names) = SchemaState(applied: applied, migrations: migrations) { throw StoreError.newerSchema(names) }
        guard !applied.contains(name) else { return }
        if applied.isEmpty { try db.run("CREATE TABLE IF NOT EXISTS schema_migration (name TEXT PRIMARY KEY, position BIGINT NOT NULL)") }
        for statement in statements(for: db.engine) { try db.run(statement) }
        try db.run("INSERT INTO schema_migration (name, position) VALUES (\(name), \(applied.count + 1))")
    }
}
