import Foundation
import Store
import TestKit
import Testing

@Suite struct AddressTests {
    @Test(
        "an address that is no database is refused with a sentence",
        arguments: ["", "lien.db", "mysql://localhost/lien", "sqlite:", "postgres://h/db?nonsense=1"])
    func bad(_ url: String) {
        do {
            _ = try Store.open(url)
            Issue.record("\(url) was opened")
        } catch StoreError.badURL(let reason) {
            #expect(reason.count > 10)
        } catch {
            Issue.record("\(error)")
        }
    }

    @Test("a server that is not there is named in the error")
    func nobody() async throws {
        let store = try Store.open("postgres://postgres@127.0.0.1:1/nowhere")
        do {
            _ = try await store.has("SELECT 1")
            Issue.record("someone answered")
        } catch StoreError.unreachable(let reason) {
            #expect(reason.contains("127.0.0.1"))
        }
        await store.close()
    }

    @Test("a file that cannot be made is an error")
    func noFolder() {
        #expect(throws: StoreError.self) { try Store.open("sqlite:/nowhere/at/all/lien.db") }
    }

    @Test("SQLite keeps its promise about power cuts", arguments: [(Store.Durability.full, 2), (.normal, 1)])
    func durability(_ durability: Store.Durability, _ expected: Int) async throws {
        try await Engine.sqlite.withStore(options: Store.Options(durability: durability)) { store in
            let mode: Int? = try await store.write { db in try db.first("PRAGMA synchronous") { row in try row[0] } }
            #expect(mode == expected)
            try await store.bulk { db in
                let mode: Int? = try db.first("PRAGMA synchronous") { row in try row[0] }
                #expect(mode == 0)
            }
            let after: Int? = try await store.write { db in try db.first("PRAGMA synchronous") { row in try row[0] } }
            #expect(after == expected)
        }
    }

    @Test("a database in memory works like the others")
    func memory() async throws {
        let store = try Store.inMemory()
        try await store.migrate([Migration("t", ["CREATE TABLE t (v \(type: .bigint, "v"))", "INSERT INTO t (v) VALUES (7)"])])
        try await #expect(store.integers("SELECT v FROM t") == [7])
        await store.close()
    }
}
