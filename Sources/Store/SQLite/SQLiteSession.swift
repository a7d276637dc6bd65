import GRDB
import GRDBSQLite

/// A transaction on a SQLite connection. GRDB owns the connection and keeps its prepared statements; they are stepped here
/// directly, because that is three times faster than through its rows.
final class SQLiteSession: Session {
    let database: Database
    let connection: OpaquePointer
    var failure: (any Error)?
    var engine: Store.Engine { .sqlite }
    private let job: SQLiteJob?

    /// - Parameter job: at work outside of the task that asked for it, and perhaps cancelled by it; `nil` when inside.
    init(_ database: Database, _ job: SQLiteJob? = nil) throws {
        guard let connection = database.sqliteConnection else { throw StoreError.unreachable("the database is closed") }
        self.database = database
        self.connection = connection
        self.job = job
    }

    var isCancelled: Bool { job?.isCancelled ?? Task.isCancelled }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
        try checkUsable()
        let prepared = try statement(sql)
        let statement = prepared.sqliteStatement
        defer { sqlite3_reset(statement) }
        let row = Row(source: .sqlite(statement), count: sqlite3_column_count(statement))
        while try step(statement) {
            // An `INSERT … RETURNING` has done all its work before its first row.
            guard try body(row) else { return }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        try checkUsable()
        let prepared = try statement(sql)
        defer { sqlite3_reset(prepared.sqliteStatement) }
        let before = sqlite3_total_changes(connection)
        while try step(prepared.sqliteStatement) {}
        return sqlite3_total_changes(connection) == before ? 0 : Int(sqlite3_changes(connection))
    }

    func load(_ table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws {
        try checkUsable()
        let names = columns.map { Dialect.quoted($0) }.joined(separator: ", ")
        let marks = columns.map { _ in "?" }.joined(separator: ", ")
        let prepared = try prepare("INSERT INTO \(Dialect.quoted(table)) (\(names)) VALUES (\(marks))")
        for row in rows {
            guard row.count == columns.count else { throw failed(StoreError.wrongWidth(row.count, columns.count)) }
            for (index, value) in row.enumerated() { try bind(value, to: prepared.sqliteStatement, at: index + 1) }
            defer { sqlite3_reset(prepared.sqliteStatement) }
            _ = try step(prepared.sqliteStatement)
        }
    }

    /// Runs a fixed text of the store's own: `BEGIN IMMEDIATE`, `COMMIT`, a pragma.
    func command(_ text: String) throws {
        let prepared = try database.cachedStatement(sql: text)
        defer { sqlite3_reset(prepared.sqliteStatement) }
        while true {
            switch sqlite3_step(prepared.sqliteStatement) {
            case SQLITE_ROW: continue
            case SQLITE_DONE: return
            default: throw SQLiteFailure.current(connection)
            }
        }
    }
}

extension SQLiteSession {
    private func statement(_ sql: SQL) throws -> Statement {
        let (text, parameters) = sql.rendered(for: .sqlite)
        let prepared = try prepare(text)
        for (index, parameter) in parameters.enumerated() { try bind(parameter.value, to: prepared.sqliteStatement, at: index + 1) }
        return prepared
    }

    /// A statement that an outer loop is still reading cannot be used again: it gets a twin.
    private func prepare(_ text: String) throws -> Statement {
        do {
            let cached = try database.cachedStatement(sql: text)
            return sqlite3_stmt_busy(cached.sqliteStatement) == 0 ? cached : try database.makeStatement(sql: text)
        } catch {
            throw failed(SQLiteFailure.of(error))
        }
    }

    private func bind(_ value: SQLValue, to statement: OpaquePointer, at position: Int) throws {
        do {
            guard try value.bind(to: statement, at: Int32(position)) == SQLITE_OK else { throw SQLiteFailure.current(connection) }
        } catch {
            throw failed(error)
        }
    }

    /// Whether there is one more row.
    private func step(_ statement: OpaquePointer) throws -> Bool {
        switch sqlite3_step(statement) {
        case SQLITE_ROW: return true
        case SQLITE_DONE: return false
        default:
            let code = sqlite3_extended_errcode(connection)
            let message = String(cString: sqlite3_errmsg(connection))
            sqlite3_reset(statement)
            throw failed(SQLiteFailure.of(code, message, connection))
        }
    }
}

extension StoreError {
    static func wrongWidth(_ found: Int, _ expected: Int) -> StoreError {
        .failed(code: "22000", message: "a row to load has \(found) values for \(expected) columns")
    }
}
