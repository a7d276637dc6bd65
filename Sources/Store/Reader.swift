/// What one can ask of the store inside a transaction.
///
/// A statement that fails ends the transaction: every later one throws, and nothing is kept even if the error was caught.
public class Reader {
    let session: any Session

    init(_ session: any Session) { self.session = session }

    /// The engine at work, for the rare question that SQL answers differently.
    public var engine: Store.Engine { session.engine }

    /// Hands over each row as it is read. The row is valid inside the closure alone.
    public func forEach(_ sql: SQL, _ body: (Row) throws -> Void) throws {
        try session.forEach(sql) { row in
            try body(row)
            return true
        }
    }

    /// A value made of each row, in order.
    public func all<T>(_ sql: SQL, _ make: (Row) throws -> T) throws -> [T] {
        var found: [T] = []
        try session.forEach(sql) { row in
            found.append(try make(row))
            return true
        }
        return found
    }

    /// A value made of the first row, `nil` when there is none. The other rows are not read.
    public func first<T>(_ sql: SQL, _ make: (Row) throws -> T) throws -> T? {
        var found: T?
        try session.forEach(sql) { row in
            found = try make(row)
            return false
        }
        return found
    }

    /// Whether the query gives at least one row.
    public func exists(_ sql: SQL) throws -> Bool {
        var found = false
        try session.forEach(sql) { _ in
            found = true
            return false
        }
        return found
    }

    /// A `Decodable` made of each row: `startsAt` is read from the column `starts_at`. Slower than by position.
    public func all<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> [T] {
        var columns: ColumnNames?
        return try all(sql) { row in
            let names = columns ?? ColumnNames(row)
            columns = names
            return try row.decode(type, names)
        }
    }

    /// A `Decodable` made of the first row, `nil` when there is none.
    public func first<T: Decodable>(_ sql: SQL, as type: T.Type = T.self) throws -> T? {
        try first(sql) { row in try row.decode(type, ColumnNames(row)) }
    }
}

/// What one can ask of the store, and do to it. `RETURNING` is read with ``Reader/first(_:_:)`` and ``Reader/all(_:_:)``.
public final class Writer: Reader {
    /// Runs a statement and gives the number of rows that it changed itself (triggers do not count).
    @discardableResult
    public func run(_ sql: SQL) throws -> Int { try session.run(sql) }

    /// Runs a statement whose outcome the rest does not depend on: it leaves with the next one, which saves a journey to PostgreSQL.
    ///
    /// If it fails, the next statement throws that failure, or the commit does. Never for what is to be caught on the spot.
    public func send(_ sql: SQL) throws { try session.send(sql) }

    /// Loads many rows at once, each with one value per column: COPY on PostgreSQL, one re-bound INSERT on SQLite.
    public func load(_ table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws {
        try session.load(table, columns: columns, rows: rows)
    }
}
