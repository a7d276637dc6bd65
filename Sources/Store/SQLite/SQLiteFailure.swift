import GRDB
import GRDBSQLite

/// Gives SQLite's errors the names that PostgreSQL gives.
enum SQLiteFailure {
    static func current(_ connection: OpaquePointer) -> any Error {
        of(sqlite3_extended_errcode(connection), String(cString: sqlite3_errmsg(connection)), connection)
    }

    /// An error that came through GRDB.
    static func of(_ error: any Error) -> any Error {
        guard let error = error as? DatabaseError else { return error }
        return of(error.extendedResultCode.rawValue, error.message ?? "\(error)", nil)
    }

    static func of(_ code: Int32, _ message: String, _ connection: OpaquePointer?) -> any Error {
        switch code & 0xff {
        case SQLITE_CONSTRAINT: violation(code, message, connection)
        case SQLITE_INTERRUPT: CancellationError()
        case SQLITE_BUSY, SQLITE_LOCKED: StoreError.busy
        case SQLITE_CANTOPEN: StoreError.unreachable(message)
        default: StoreError.failed(code: "sqlite-\(code)", message: message)
        }
    }

    private static func violation(_ code: Int32, _ message: String, _ connection: OpaquePointer?) -> any Error {
        // A RESTRICT comes with the code of a trigger.
        if message == "FOREIGN KEY constraint failed" { return ConstraintViolation.foreignKey }
        switch code {
        case 275: return check(detail(message))  // SQLITE_CONSTRAINT_CHECK
        case 787: return ConstraintViolation.foreignKey  // SQLITE_CONSTRAINT_FOREIGNKEY
        case 1299: return ConstraintViolation.notNull  // SQLITE_CONSTRAINT_NOTNULL
        case 1555: return ConstraintViolation(name: tableName(detail(message)) + "_pkey")  // SQLITE_CONSTRAINT_PRIMARYKEY
        case 2067: return unique(detail(message), connection)  // SQLITE_CONSTRAINT_UNIQUE
        case 1811: return ConstraintViolation(name: message)  // SQLITE_CONSTRAINT_TRIGGER
        default: return StoreError.failed(code: "sqlite-\(code)", message: message)
        }
    }

    /// `column_type` is no rule of the product: PostgreSQL would answer that a value has the wrong type.
    private static func check(_ name: String) -> any Error {
        guard name == Dialect.typeCheck else { return ConstraintViolation(name: name) }
        return StoreError.failed(code: "42804", message: "a value does not have its column's type")
    }

    /// `t.a, t.b` names the columns, `index 'name'` the index when it holds expressions.
    private static func unique(_ detail: String, _ connection: OpaquePointer?) -> any Error {
        if detail.hasPrefix("index '") { return ConstraintViolation(name: String(detail.dropFirst(7).dropLast())) }
        let table = tableName(detail)
        let columns = detail.split(separator: ", ").map { String($0.dropFirst(table.count + 1)) }
        let name = connection.flatMap { UniqueIndexes($0).name(table, columns) }
        return ConstraintViolation(name: name ?? ([table] + columns + ["key"]).joined(separator: "_"))
    }

    private static func detail(_ message: String) -> String {
        guard let colon = message.firstRange(of: " constraint failed: ") else { return message }
        return String(message[colon.upperBound...])
    }

    private static func tableName(_ detail: String) -> String { String(detail.prefix { $0 != "." }) }
}

/// The unique indexes that someone named, looked up in the schema after a violation.
private struct UniqueIndexes {
    let connection: OpaquePointer

    init(_ connection: OpaquePointer) { self.connection = connection }

    func name(_ table: String, _ columns: [String]) -> String? {
        let indexes = texts("SELECT name FROM pragma_index_list(?1) WHERE \"unique\" AND origin = 'c' ORDER BY seq DESC", table)
        return indexes.first { texts("SELECT name FROM pragma_index_info(?1) ORDER BY seqno", $0) == columns }
    }

    private func texts(_ sql: String, _ argument: String) -> [String] {
        var statement: OpaquePointer?
        guard sqlite3_prepare_v2(connection, sql, -1, &statement, nil) == SQLITE_OK, let statement else { return [] }
        defer { sqlite3_finalize(statement) }
        guard (try? SQLValue.text(argument).bind(to: statement, at: 1)) == SQLITE_OK else { return [] }
        var found: [String] = []
        while sqlite3_step(statement) == SQLITE_ROW { found.append((try? SQLiteCell.text(statement, 0)) ?? "") }
        return found
    }
}
