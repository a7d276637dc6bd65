import Store

extension Store {
    /// The first column of a query, as integers.
    func integers(_ sql: SQL) async throws -> [Int] {
        try await read { db in try db.all(sql) { row in try row[0] } }
    }

    /// Whether a query gives a row.
    func has(_ sql: SQL) async throws -> Bool {
        try await read { db in try db.exists(sql) }
    }
}
