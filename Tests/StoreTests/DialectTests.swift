import Foundation
import Store
import TestKit
import Testing

/// A query that both engines must answer alike.
private struct Probe {
    let name: String
    var setup: [SQL] = []
    let query: SQL
    let expected: [[SQLValue]]

    func run(_ db: Writer) throws -> [[SQLValue]] {
        for sql in setup { try db.run(sql) }
        return try db.all(query) { row in try (0..<(expected.first?.count ?? 1)).map { try row[$0] } }
    }
}

/// Thrown, so that the probe's tables are undone.
private struct Answer: Error {
    let rows: [[SQLValue]]
}

private let numbers: [SQL] = ["CREATE TABLE t (v \(type: .bigint, "v"))", "INSERT INTO t (v) VALUES (2), (NULL), (1)"]
private let words: [SQL] = ["CREATE TABLE t (v \(type: .text, "v"))", "INSERT INTO t (v) VALUES ('zoé'), ('Éric'), ('eric'), ('Alice')"]
private let counters: [SQL] = [
    "CREATE TABLE t (id \(type: .text, "id") NOT NULL PRIMARY KEY, v \(type: .bigint, "v") NOT NULL)",
    "INSERT INTO t (id, v) VALUES ('a', 1)",
]

private let probes: [Probe] = [
    Probe(
        name: "NULLS FIRST", setup: numbers, query: "SELECT v FROM t ORDER BY v NULLS FIRST",
        expected: [[.null], [.integer(1)], [.integer(2)]]),
    Probe(
        name: "NULLS LAST", setup: numbers, query: "SELECT v FROM t ORDER BY v NULLS LAST",
        expected: [[.integer(1)], [.integer(2)], [.null]]),
    Probe(
        name: "sum, average, count", setup: numbers, query: "SELECT sum(v), avg(v), count(*), count(v) FROM t",
        expected: [[.integer(3), .real(1.5), .integer(3), .integer(2)]]),
    Probe(name: "sum of nothing", setup: numbers, query: "SELECT sum(v) FROM t WHERE v > 9", expected: [[.null]]),
    Probe(name: "integer division", query: "SELECT 7 / 2, -7 / 2", expected: [[.integer(3), .integer(-3)]]),
    Probe(name: "LIKE minds the case", setup: words, query: "SELECT v FROM t WHERE v LIKE 'e%'", expected: [[.text("eric")]]),
    Probe(
        name: "LIKE with ESCAPE", query: "SELECT 1 FROM (SELECT \("a_b") AS v) AS q WHERE v LIKE \("a\\_b") ESCAPE '\\'",
        expected: [[.integer(1)]]),
    Probe(
        name: "texts are ordered by their bytes", setup: words, query: "SELECT v FROM t ORDER BY v",
        expected: [[.text("Alice")], [.text("eric")], [.text("zoé")], [.text("Éric")]]),
    Probe(name: "lower() knows ASCII alone", query: "SELECT lower('ÉLUARD')", expected: [[.text("Éluard")]]),
    Probe(
        name: "upsert with RETURNING", setup: counters,
        query: "INSERT INTO t (id, v) VALUES ('a', \(5)) ON CONFLICT (id) DO UPDATE SET v = t.v + excluded.v RETURNING v",
        expected: [[.integer(6)]]),
    Probe(
        name: "insert or nothing", setup: counters, query: "INSERT INTO t (id, v) VALUES ('a', 5) ON CONFLICT DO NOTHING RETURNING v",
        expected: []),
    Probe(
        name: "UPDATE FROM", setup: counters + ["CREATE TABLE u (id TEXT, w BIGINT)", "INSERT INTO u (id, w) VALUES ('a', 9)"],
        query: "UPDATE t SET v = u.w FROM u WHERE u.id = t.id RETURNING t.v", expected: [[.integer(9)]]),
    Probe(
        name: "not of an empty list", setup: numbers,
        query: "SELECT v FROM t WHERE v NOT IN \(list: [Int]()) AND v IS NOT NULL ORDER BY v", expected: [[.integer(1)], [.integer(2)]]),
    Probe(name: "empty list", setup: numbers, query: "SELECT v FROM t WHERE v IN \(list: [Int]())", expected: []),
    Probe(
        name: "list", setup: numbers, query: "SELECT v FROM t WHERE v IN \(list: [1, 2, 3]) ORDER BY v",
        expected: [[.integer(1)], [.integer(2)]]),
    Probe(
        name: "LIMIT and OFFSET bound", setup: numbers, query: "SELECT v FROM t ORDER BY v NULLS LAST LIMIT \(1) OFFSET \(1)",
        expected: [[.integer(2)]]),
    Probe(name: "row values", setup: numbers, query: "SELECT v FROM t WHERE (v, v) > (1, 1)", expected: [[.integer(2)]]),
    Probe(name: "FILTER", setup: numbers, query: "SELECT count(*) FILTER (WHERE v > 1) FROM t", expected: [[.integer(1)]]),
    Probe(
        name: "recursive CTE", query: "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 4) SELECT sum(i) FROM n",
        expected: [[.integer(10)]]),
    Probe(
        name: "window", setup: numbers, query: "SELECT v, row_number() OVER (ORDER BY v NULLS LAST) FROM t ORDER BY 2 LIMIT 1",
        expected: [[.integer(1), .integer(1)]]),
    Probe(
        name: "splices keep their values apart", setup: numbers,
        query: "SELECT v FROM t WHERE \(SQL(joined: ["v > \(0)", "v < \(2)"], by: " AND ")) AND \(1) = \(1)" + " LIMIT \(5)",
        expected: [[.integer(1)]]),
    Probe(
        name: "FOR UPDATE where there is one", setup: counters, query: "SELECT v FROM t WHERE id = \("a")\(lock: .rows)",
        expected: [[.integer(1)]]),
    Probe(name: "literal", query: "SELECT \(literal: "l'été"), \(literal: 3)", expected: [[.text("l'été"), .integer(3)]]),
    Probe(
        name: "a text is never SQL", query: "SELECT \("1; DROP TABLE t --"), \("$1")",
        expected: [[.text("1; DROP TABLE t --"), .text("$1")]]),
    Probe(
        name: "large sums", setup: numbers, query: "SELECT sum(\(Int64.max / 2)), sum(\(Int64.min / 2)) FROM t WHERE v IS NOT NULL",
        expected: [[.integer(Int64.max - 1), .integer(Int64.min)]]),
]

@Suite struct DialectTests {
    @Test("both engines answer alike", arguments: Engine.available)
    func probe(_ engine: Engine) async throws {
        try await engine.withStore { store in
            for probe in probes {
                do {
                    try await store.write { db in throw Answer(rows: try probe.run(db)) }
                } catch let answer as Answer {
                    #expect(answer.rows == probe.expected, "\(probe.name)")
                }
            }
        }
    }

    @Test("a NULL has the type of its Swift value", arguments: Engine.available)
    func typedNull(_ engine: Engine) async throws {
        try await engine.withStore { store in
            let nulls = try await store.read { db in
                try db.first(
                    """
                    SELECT \(String?.none) IS NULL, \(Int?.none) IS NULL, \(Bool?.none) IS NULL, \(Double?.none) IS NULL, \(UUID?.none) IS NULL,
                      \([UInt8]?.none) IS NULL, \("x") IS NULL, \(Int?.none) IS DISTINCT FROM \(1), NOT \(true)
                    """
                ) { row in try (0..<9).map { try row[$0] as Bool } }
            }
            #expect(nulls == [true, true, true, true, true, true, false, true, false])
        }
    }

    @Test("a text with a NUL is refused, and so is whatever follows", arguments: Engine.available)
    func nul(_ engine: Engine) async throws {
        try await engine.withStore([Migration("t", ["CREATE TABLE t (v \(type: .text, "v"))"])]) { store in
            await #expect(throws: StoreError.failed(code: "22021", message: "a text holds a NUL character")) {
                try await store.write { db in
                    try db.run("INSERT INTO t (v) VALUES ('a')")
                    _ = try? db.run("INSERT INTO t (v) VALUES (\("a\0b"))")
                }
            }
            let found = try await store.has("SELECT 1 FROM t")
            #expect(!found)
        }
    }

    @Test("one statement at a time: a second one after a semicolon is refused", arguments: Engine.available)
    func several(_ engine: Engine) async throws {
        try await engine.withStore([Migration("t", ["CREATE TABLE t (v BIGINT)"])]) { store in
            await #expect(throws: StoreError.self) {
                try await store.write { db in try db.run("INSERT INTO t (v) VALUES (1); INSERT INTO t (v) VALUES (2)") }
            }
        }
    }

    @Test("a value read as another type is an error, not a guess", arguments: Engine.available)
    func mismatch(_ engine: Engine) async throws {
        try await engine.withStore { store in
            try await store.read { db in
                #expect(throws: StoreError.self) { try db.first("SELECT 'a'") { row -> Int in try row[0] } }
                #expect(throws: StoreError.self) { try db.first("SELECT 1") { row -> String in try row[0] } }
                #expect(throws: StoreError.self) { try db.first("SELECT \(Int?.none)") { row -> Int in try row[0] } }
                #expect(throws: StoreError.self) { try db.first("SELECT 1") { row -> Int in try row[1] } }
                let one: Double? = try db.first("SELECT 1") { row in try row[0] }
                #expect(one == 1)
            }
        }
    }
}
