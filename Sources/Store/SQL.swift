/// SQL text with bound values: an interpolated value never becomes text, it is bound as `$1`, `$2`… on both engines.
///
/// A `String` is not SQL: only a literal written in the code is, so that nothing typed by a person can be run.
public struct SQL: Sendable, Hashable, ExpressibleByStringInterpolation {
    enum Piece: Sendable, Hashable {
        case text(String)
        case value(SQLValue, ColumnType?)
        case columnType(ColumnType, String)
        case lock(RowLock)
        case layout(TableLayout)
    }

    var pieces: [Piece]

    public init(stringLiteral text: String) { pieces = [.text(text)] }
    public init(stringInterpolation: StringInterpolation) { pieces = stringInterpolation.pieces }

    /// The given pieces with `separator` between them: `SQL(joined: filters, by: " AND ")`. No piece gives empty SQL.
    public init(joined parts: [SQL], by separator: SQL) {
        pieces = []
        for (index, part) in parts.enumerated() {
            if index > 0 { pieces += separator.pieces }
            pieces += part.pieces
        }
    }

    public static func + (left: SQL, right: SQL) -> SQL {
        var sql = left
        sql.pieces += right.pieces
        return sql
    }
}

/// The rows that a query locks until its transaction ends.
public enum RowLock: Sendable, Hashable {
    case rows
    /// Those that no other transaction has locked, and without standing in the way of rows that refer to them.
    case freeRows
}

/// How a table lies on disk.
public enum TableLayout: Sendable, Hashable {
    /// In the order of its primary key, which is the whole of it: one tree instead of two on SQLite. PostgreSQL has no such table.
    case clustered
}

extension SQL {
    public struct StringInterpolation: StringInterpolationProtocol {
        var pieces: [Piece] = []

        public init(literalCapacity: Int, interpolationCount: Int) {
            pieces.reserveCapacity(2 * interpolationCount + 1)
        }

        public mutating func appendLiteral(_ text: String) {
            if !text.isEmpty { pieces.append(.text(text)) }
        }

        /// Binds a value.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value) {
            pieces.append(.value(value.sqlValue, Value.columnType))
        }

        /// Binds a value that may be NULL.
        public mutating func appendInterpolation<Value: SQLBindable>(_ value: Value?) {
            pieces.append(.value(value.sqlValue, Value.columnType))
        }

        /// Binds a text: this overload keeps `\("a")` from being read as SQL.
        public mutating func appendInterpolation(_ text: String) { pieces.append(.value(.text(text), .text)) }

        /// Splices SQL with its own bound values.
        public mutating func appendInterpolation(_ sql: SQL) { pieces += sql.pieces }

        /// The type of a column in a `CREATE TABLE`, with a check of the type on SQLite, which has none of its own.
        public mutating func appendInterpolation(type: ColumnType, _ column: String) { pieces.append(.columnType(type, column)) }

        /// At the end of a `SELECT`: keeps its rows from being changed by others until the transaction ends.
        public mutating func appendInterpolation(lock: RowLock) { pieces.append(.lock(lock)) }

        /// After the closing parenthesis of a `CREATE TABLE`.
        public mutating func appendInterpolation(layout: TableLayout) { pieces.append(.layout(layout)) }

        /// A quoted name of a table, a column or a database.
        public mutating func appendInterpolation(identifier name: String) { pieces.append(.text(Dialect.quoted(name))) }

        /// `id IN \(list: ids)`. An empty list matches nothing, and `NOT IN` an empty list everything: it is no `NULL`, which is neither.
        ///
        /// The last value is repeated up to a power of two, so that lists of all lengths share a few prepared statements.
        public mutating func appendInterpolation<Value: SQLBindable>(list values: [Value]) {
            guard let last = values.last else {
                pieces += [.text("(SELECT "), .value(.null, Value.columnType), .text(" WHERE FALSE)")]
                return
            }
            var size = 1
            while size < values.count { size *= 2 }
            for index in 0..<size {
                pieces.append(.text(index == 0 ? "(" : ", "))
                pieces.append(.value((index < values.count ? values[index] : last).sqlValue, Value.columnType))
            }
            pieces.append(.text(")"))
        }
    }
}

/// Constants of the code, written into the text: for a schema's DDL, which binds nothing.
extension SQL.StringInterpolation {
    public mutating func appendInterpolation(literal text: String) {
        pieces.append(.text("'" + text.split(separator: "'", omittingEmptySubsequences: false).joined(separator: "''") + "'"))
    }

    public mutating func appendInterpolation(literal number: Int) { pieces.append(.text(String(number))) }
    public mutating func appendInterpolation(literal bool: Bool) { pieces.append(.text(bool ? "TRUE" : "FALSE")) }

    public mutating func appendInterpolation<Value: RawRepresentable<String>>(literal value: Value) {
        appendInterpolation(literal: value.rawValue)
    }

    public mutating func appendInterpolation<Value: RawRepresentable<Int>>(literal value: Value) {
        appendInterpolation(literal: value.rawValue)
    }
}
