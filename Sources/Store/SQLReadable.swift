import Foundation

/// What can be read from a cell of a row.
public protocol SQLReadable {
    static func read(_ cell: Cell) throws -> Self
}

extension String: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> String { try cell.text() }
}

extension Bool: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> Bool { try cell.bool() }
}

extension Int: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> Int { Int(try cell.integer()) }
}

extension Int64: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> Int64 { try cell.integer() }
}

extension Double: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> Double { try cell.real() }
}

extension UUID: SQLReadable {
    public static func read(_ cell: Cell) throws -> UUID {
        try cell.withBytes { bytes in
            guard bytes.count == 16 else { throw StoreError.unreadable("a UUID has 16 bytes, not \(bytes.count)") }
            return UUID(uuid: bytes.loadUnaligned(as: uuid_t.self))
        }
    }
}

extension Array: SQLReadable where Element == UInt8 {
    public static func read(_ cell: Cell) throws -> [UInt8] { try cell.withBytes { Array($0) } }
}

extension Optional: SQLReadable where Wrapped: SQLReadable {
    @inlinable public static func read(_ cell: Cell) throws -> Wrapped? { cell.isNull ? nil : try Wrapped.read(cell) }
}

extension SQLValue: SQLReadable {
    public static func read(_ cell: Cell) throws -> SQLValue { try cell.value() }
}

extension SQLReadable where Self: RawRepresentable, RawValue: SQLReadable {
    public static func read(_ cell: Cell) throws -> Self {
        let raw = try RawValue.read(cell)
        guard let value = Self(rawValue: raw) else { throw StoreError.unreadable("\(Self.self) has no value \(raw)") }
        return value
    }
}
