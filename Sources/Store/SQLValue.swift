import Foundation

/// A value that can be bound to a statement or loaded into a table.
public enum SQLValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case integer(Int64)
    case real(Double)
    case text(String)
    case blob([UInt8])
    case uuid(UUID)
}

/// What can stand in an SQL interpolation.
public protocol SQLBindable: Sendable {
    var sqlValue: SQLValue { get }

    /// The column type of these values, which tells PostgreSQL the type of a NULL; `nil` lets the server guess.
    static var columnType: ColumnType? { get }
}

extension SQLBindable {
    public static var columnType: ColumnType? { nil }
}

extension SQLValue: SQLBindable {
    public var sqlValue: SQLValue { self }
}

extension String: SQLBindable {
    public var sqlValue: SQLValue { .text(self) }
    public static var columnType: ColumnType? { .text }
}

extension Bool: SQLBindable {
    public var sqlValue: SQLValue { .bool(self) }
    public static var columnType: ColumnType? { .boolean }
}

extension Int: SQLBindable {
    public var sqlValue: SQLValue { .integer(Int64(self)) }
    public static var columnType: ColumnType? { .bigint }
}

extension Int64: SQLBindable {
    public var sqlValue: SQLValue { .integer(self) }
    public static var columnType: ColumnType? { .bigint }
}

extension Double: SQLBindable {
    public var sqlValue: SQLValue { .real(self) }
    public static var columnType: ColumnType? { .double }
}

extension UUID: SQLBindable {
    public var sqlValue: SQLValue { .uuid(self) }
    public static var columnType: ColumnType? { .uuid }
}

extension Array: SQLBindable where Element == UInt8 {
    public var sqlValue: SQLValue { .blob(self) }
    public static var columnType: ColumnType? { .blob }
}

extension Optional: SQLBindable where Wrapped: SQLBindable {
    public var sqlValue: SQLValue { self?.sqlValue ?? .null }
    public static var columnType: ColumnType? { Wrapped.columnType }
}

extension SQLBindable where Self: RawRepresentable, RawValue: SQLBindable {
    public var sqlValue: SQLValue { rawValue.sqlValue }
    public static var columnType: ColumnType? { RawValue.columnType }
}
