/// One row of a result, read by position. Valid only inside the closure that received it.
public struct Row {
    enum Source {
        /// A statement standing on the row.
        case sqlite(OpaquePointer)
        /// A result, and the number of the row in it.
        case postgres(OpaquePointer, Int32)
    }

    let source: Source
    let count: Int32

    /// The value at a position, from 0: `let name: String = try row[1]`.
    @inlinable public subscript<T: SQLReadable>(_ index: Int) -> T {
        get throws { try T.read(cell(index)) }
    }

    /// The cell at a position, from 0.
    public func cell(_ index: Int) throws -> Cell {
        guard index >= 0, index < count else { throw StoreError.unreadable("no column at position \(index): the row has \(count)") }
        return Cell(source: source, index: Int32(truncatingIfNeeded: index))
    }
}

/// One value of a row, still in the engine's hands.
public struct Cell {
    let source: Row.Source
    let index: Int32

    public var isNull: Bool {
        switch source {
        case .sqlite(let statement): SQLiteCell.isNull(statement, index)
        case .postgres(let result, let row): PostgresCell(result, row, index).isNull
        }
    }

    public func integer() throws -> Int64 {
        switch source {
        case .sqlite(let statement): try SQLiteCell.integer(statement, index)
        case .postgres(let result, let row): try PostgresCell(result, row, index).integer()
        }
    }

    public func real() throws -> Double {
        switch source {
        case .sqlite(let statement): try SQLiteCell.real(statement, index)
        case .postgres(let result, let row): try PostgresCell(result, row, index).real()
        }
    }

    public func bool() throws -> Bool {
        switch source {
        case .sqlite(let statement): try SQLiteCell.bool(statement, index)
        case .postgres(let result, let row): try PostgresCell(result, row, index).bool()
        }
    }

    public func text() throws -> String {
        switch source {
        case .sqlite(let statement): try SQLiteCell.text(statement, index)
        case .postgres(let result, let row): try PostgresCell(result, row, index).text()
        }
    }

    /// The bytes of a blob or of a UUID, valid inside the closure alone.
    public func withBytes<T>(_ body: (UnsafeRawBufferPointer) throws -> T) throws -> T {
        switch source {
        case .sqlite(let statement): try body(try SQLiteCell.bytes(statement, index))
        case .postgres(let result, let row): try body(try PostgresCell(result, row, index).binary())
        }
    }

    /// The value as the engine keeps it: SQLite gives a boolean as an integer and a UUID as a blob.
    public func value() throws -> SQLValue {
        switch source {
        case .sqlite(let statement): try SQLiteCell.value(statement, index)
        case .postgres(let result, let row): try PostgresCell(result, row, index).value()
        }
    }
}

extension StoreError {
    /// A value of the result that does not have the type asked for.
    static func unreadable(_ message: String) -> StoreError { .failed(code: "unreadable", message: message) }
}
