/// The types that a column may have.
public enum ColumnType: Sendable, Hashable {
    case uuid, text, bigint, boolean, double, blob
}

/// Everything that is written differently for the two engines.
enum Dialect {
    /// The name of the check that stands for a column's type on SQLite.
    static let typeCheck = "column_type"

    static func columnType(_ type: ColumnType, _ column: String, on engine: Store.Engine) -> String {
        switch engine {
        case .postgres: postgresType(type)
        case .sqlite: "\(sqliteType(type)) CONSTRAINT \(typeCheck) CHECK (\(sqliteCheck(type, quoted(column))))"
        }
    }

    static func lock(_ lock: RowLock, on engine: Store.Engine) -> String {
        switch (engine, lock) {
        case (.postgres, .rows): " FOR UPDATE"
        case (.postgres, .freeRows): " FOR NO KEY UPDATE SKIP LOCKED"
        // One writer at a time: nothing to lock.
        case (.sqlite, _): ""
        }
    }

    static func layout(_ layout: TableLayout, on engine: Store.Engine) -> String {
        switch engine {
        case .postgres: ""
        case .sqlite: " WITHOUT ROWID"
        }
    }

    /// Whether a table exists in the schema that is searched first.
    static func tableExists(_ table: String, on engine: Store.Engine) -> SQL {
        switch engine {
        case .postgres: "SELECT 1 FROM pg_tables WHERE schemaname = current_schema() AND tablename = \(table)"
        case .sqlite: "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = \(table)"
        }
    }

    static func quoted(_ name: String) -> String {
        "\"" + name.split(separator: "\"", omittingEmptySubsequences: false).joined(separator: "\"\"") + "\""
    }

    private static func postgresType(_ type: ColumnType) -> String {
        switch type {
        case .uuid: "UUID"
        case .text: "TEXT"
        case .bigint: "BIGINT"
        case .boolean: "BOOLEAN"
        case .double: "DOUBLE PRECISION"
        case .blob: "BYTEA"
        }
    }

    private static func sqliteType(_ type: ColumnType) -> String {
        switch type {
        case .uuid, .blob: "BLOB"
        case .text: "TEXT"
        case .bigint, .boolean: "INTEGER"
        case .double: "REAL"
        }
    }

    /// A NULL passes: a CHECK holds unless it is false.
    private static func sqliteCheck(_ type: ColumnType, _ column: String) -> String {
        switch type {
        case .uuid: "\(column) IS NULL OR (typeof(\(column)) = 'blob' AND length(\(column)) = 16)"
        case .text: "typeof(\(column)) IN ('text', 'null')"
        case .bigint: "typeof(\(column)) IN ('integer', 'null')"
        case .boolean: "\(column) IN (0, 1)"
        case .double: "typeof(\(column)) IN ('real', 'null')"
        case .blob: "typeof(\(column)) IN ('blob', 'null')"
        }
    }
}
