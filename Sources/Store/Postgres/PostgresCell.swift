import CPostgres
import Foundation

/// One value of a PostgreSQL result in binary format.
struct PostgresCell {
    let result: OpaquePointer
    let row: Int32
    let column: Int32

    init(_ result: OpaquePointer, _ row: Int32, _ column: Int32) {
        self.result = result
        self.row = row
        self.column = column
    }

    static func name(_ result: OpaquePointer, _ column: Int32) -> String { String(cString: PQfname(result, column)) }

    var isNull: Bool { PQgetisnull(result, row, column) != 0 }

    func integer() throws -> Int64 {
        let bytes = try bytes(as: "an integer")
        switch PQftype(result, column) {
        case PostgresType.int8: return Int64(bigEndian: bytes.loadUnaligned(as: Int64.self))
        case PostgresType.int4: return Int64(Int32(bigEndian: bytes.loadUnaligned(as: Int32.self)))
        case PostgresType.int2: return Int64(Int16(bigEndian: bytes.loadUnaligned(as: Int16.self)))
        case PostgresType.numeric:
            guard let integer = PostgresNumeric(bytes).integer else { throw mismatch("an integer") }
            return integer
        default: throw mismatch("an integer")
        }
    }

    func real() throws -> Double {
        let bytes = try bytes(as: "a number")
        switch PQftype(result, column) {
        case PostgresType.float8: return Double(bitPattern: UInt64(bigEndian: bytes.loadUnaligned(as: UInt64.self)))
        case PostgresType.float4: return Double(Float(bitPattern: UInt32(bigEndian: bytes.loadUnaligned(as: UInt32.self))))
        case PostgresType.numeric: return PostgresNumeric(bytes).real
        default: return Double(try integer())
        }
    }

    func bool() throws -> Bool {
        guard PQftype(result, column) == PostgresType.bool else { throw mismatch("a boolean") }
        return try bytes(as: "a boolean")[0] != 0
    }

    func text() throws -> String {
        guard PostgresType.isText(PQftype(result, column)) else { throw mismatch("a text") }
        return String(decoding: try bytes(as: "a text"), as: UTF8.self)
    }

    /// Valid as long as the result.
    func binary() throws -> UnsafeRawBufferPointer {
        let type = PQftype(result, column)
        guard type == PostgresType.uuid || type == PostgresType.bytea else { throw mismatch("bytes") }
        return try bytes(as: "bytes")
    }

    func value() throws -> SQLValue {
        if isNull { return .null }
        switch PQftype(result, column) {
        case PostgresType.bool: return .bool(try bool())
        case PostgresType.int8, PostgresType.int4, PostgresType.int2: return .integer(try integer())
        case PostgresType.float8, PostgresType.float4: return .real(try real())
        case PostgresType.numeric:
            let numeric = PostgresNumeric(try bytes(as: "a number"))
            return numeric.integer.map { .integer($0) } ?? .real(numeric.real)
        case PostgresType.uuid: return .uuid(try UUID.read(Cell(source: .postgres(result, row), index: column)))
        case PostgresType.bytea: return .blob(Array(try binary()))
        default: return .text(try text())
        }
    }

    private func bytes(as expected: String) throws -> UnsafeRawBufferPointer {
        guard !isNull else { throw mismatch(expected) }
        return UnsafeRawBufferPointer(start: PQgetvalue(result, row, column), count: Int(PQgetlength(result, row, column)))
    }

    private func mismatch(_ expected: String) -> StoreError {
        let found = isNull ? "NULL" : "type \(PQftype(result, column))"
        return .unreadable("column \(Self.name(result, column)) holds \(found), not \(expected)")
    }
}
