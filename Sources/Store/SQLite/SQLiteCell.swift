import Foundation
import GRDBSQLite

/// Reads the columns of the row on which a SQLite statement stands.
enum SQLiteCell {
    static func isNull(_ statement: OpaquePointer, _ index: Int32) -> Bool { sqlite3_column_type(statement, index) == SQLITE_NULL }
    static func name(_ statement: OpaquePointer, _ index: Int32) -> String { String(cString: sqlite3_column_name(statement, index)) }

    static func integer(_ statement: OpaquePointer, _ index: Int32) throws -> Int64 {
        guard sqlite3_column_type(statement, index) == SQLITE_INTEGER else { throw mismatch(statement, index, "an integer") }
        return sqlite3_column_int64(statement, index)
    }

    static func real(_ statement: OpaquePointer, _ index: Int32) throws -> Double {
        let type = sqlite3_column_type(statement, index)
        guard type == SQLITE_FLOAT || type == SQLITE_INTEGER else { throw mismatch(statement, index, "a number") }
        return sqlite3_column_double(statement, index)
    }

    static func bool(_ statement: OpaquePointer, _ index: Int32) throws -> Bool {
        switch try integer(statement, index) {
        case 0: false
        case 1: true
        default: throw mismatch(statement, index, "a boolean")
        }
    }

    static func text(_ statement: OpaquePointer, _ index: Int32) throws -> String {
        guard sqlite3_column_type(statement, index) == SQLITE_TEXT, let bytes = sqlite3_column_text(statement, index) else {
            throw mismatch(statement, index, "a text")
        }
        return String(decoding: UnsafeBufferPointer(start: bytes, count: Int(sqlite3_column_bytes(statement, index))), as: UTF8.self)
    }

    /// Valid until the statement moves on.
    static func bytes(_ statement: OpaquePointer, _ index: Int32) throws -> UnsafeRawBufferPointer {
        guard sqlite3_column_type(statement, index) == SQLITE_BLOB else { throw mismatch(statement, index, "bytes") }
        return UnsafeRawBufferPointer(start: sqlite3_column_blob(statement, index), count: Int(sqlite3_column_bytes(statement, index)))
    }

    static func value(_ statement: OpaquePointer, _ index: Int32) throws -> SQLValue {
        switch sqlite3_column_type(statement, index) {
        case SQLITE_NULL: .null
        case SQLITE_INTEGER: .integer(sqlite3_column_int64(statement, index))
        case SQLITE_FLOAT: .real(sqlite3_column_double(statement, index))
        case SQLITE_TEXT: .text(try text(statement, index))
        default: .blob(Array(try bytes(statement, index)))
        }
    }

    private static func mismatch(_ statement: OpaquePointer, _ index: Int32, _ expected: String) -> StoreError {
        let found =
            switch sqlite3_column_type(statement, index) {
            case SQLITE_NULL: "NULL"
            case SQLITE_INTEGER: "an integer"
            case SQLITE_FLOAT: "a real"
            case SQLITE_TEXT: "a text"
            default: "bytes"
            }
        return .unreadable("column \(name(statement, index)) holds \(found), not \(expected)")
    }
}
