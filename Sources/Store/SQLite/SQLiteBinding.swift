import Foundation
import GRDBSQLite

extension SQLValue {
    /// SQLite copies what is bound.
    private static let copied = unsafeBitCast(-1, to: sqlite3_destructor_type.self)

    /// Binds the value to a placeholder, numbered from 1, and gives SQLite's result code.
    func bind(to statement: OpaquePointer, at position: Int32) throws -> Int32 {
        switch self {
        case .null: sqlite3_bind_null(statement, position)
        case .bool(let bool): sqlite3_bind_int64(statement, position, bool ? 1 : 0)
        case .integer(let integer): sqlite3_bind_int64(statement, position, integer)
        case .real(let real): sqlite3_bind_double(statement, position, real)
        case .text(let text): try Self.bind(text, to: statement, at: position)
        case .blob(let bytes): bytes.withUnsafeBytes { Self.bind($0, to: statement, at: position) }
        case .uuid(let uuid): withUnsafeBytes(of: uuid.uuid) { Self.bind($0, to: statement, at: position) }
        }
    }

    private static func bind(_ text: String, to statement: OpaquePointer, at position: Int32) throws -> Int32 {
        var text = text
        return try text.withUTF8 { bytes in
            // An empty buffer may have no address, and no address means NULL.
            guard let start = bytes.baseAddress, !bytes.isEmpty else { return sqlite3_bind_text(statement, position, "", 0, copied) }
            guard memchr(start, 0, bytes.count) == nil else { throw StoreError.nulInText }
            return start.withMemoryRebound(to: CChar.self, capacity: bytes.count) {
                sqlite3_bind_text(statement, position, $0, Int32(truncatingIfNeeded: bytes.count), copied)
            }
        }
    }

    private static func bind(_ bytes: UnsafeRawBufferPointer, to statement: OpaquePointer, at position: Int32) -> Int32 {
        guard !bytes.isEmpty else { return sqlite3_bind_zeroblob(statement, position, 0) }
        return sqlite3_bind_blob(statement, position, bytes.baseAddress, Int32(truncatingIfNeeded: bytes.count), copied)
    }
}
