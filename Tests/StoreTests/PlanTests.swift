import Store
import TestKit
import Testing

/// PostgreSQL's alone: SQLite looks again at what it prepared.
@Suite("A plan")
struct PlanTests {
    private static let schema = Migration(
        "things",
        [
            "CREATE TABLE thing (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, name \(type: .text, "name") NOT NULL)",
            // Autovacuum would come by one day, and have it planned again.
            "ALTER TABLE thing SET (autovacuum_enabled = off)",
        ])

    @Test("made for an almost empty table is made again soon after it was filled", arguments: Engine.available.filter { $0 == .postgres })
    func grown(on engine: Engine) async throws {
        try await engine.withStore([Self.schema], options: Store.Options(connections: 1)) { store in
            try await fill(0..<5, in: store)
            try await store.runOutsideTransaction("VACUUM ANALYZE thing")
            try await look(in: store, times: 12)
            #expect(try await plan(in: store).contains("Seq Scan"))
            try await fill(5..<20_000, in: store)
            try await look(in: store, times: 2)
            #expect(try await plan(in: store).contains("Seq Scan"), "it is kept: otherwise there is nothing to test")
            try await look(in: store, times: 100)
            #expect(try await plan(in: store).contains("Index Scan"))
        }
    }

    private func fill(_ ids: Range<Int>, in store: Store) async throws {
        try await store.bulk { db in
            try db.load("thing", columns: ["id", "name"], rows: ids.lazy.map { [.integer(Int64($0)), .text("thing \($0)")] })
        }
    }

    private func look(in store: Store, times: Int) async throws {
        for id in 0..<times { try await store.claim { db in try db.run("UPDATE thing SET name = name WHERE id = \(id) AND name <> ''") } }
    }

    /// Of the statement that this connection keeps prepared.
    private func plan(in store: Store) async throws -> String {
        try await store.read { db in
            let name: String? = try db.first("SELECT name FROM pg_prepared_statements WHERE statement LIKE 'UPDATE thing%'") { try $0[0] }
            return try db.all("EXPLAIN EXECUTE \(identifier: name ?? "")(1)") { try $0[0] as String }.joined(separator: "\n")
        }
    }
}
