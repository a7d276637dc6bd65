import Store
import TestKit
import Testing

private let schema = Migration(
    "sending", ["CREATE TABLE word (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, text \(type: .text, "text") NOT NULL)"])

/// A statement whose outcome the rest does not depend on.
@Suite("A statement that is sent")
struct SendingTests {
    @Test("is done before what comes after it, and kept", arguments: Engine.available)
    func order(_ engine: Engine) async throws {
        try await engine.withStore([schema]) { store in
            let seen = try await store.write { db in
                try db.send("INSERT INTO word (id, text) VALUES (1, 'un')")
                try db.send("UPDATE word SET text = 'deux' WHERE id = 1")
                let seen = try db.all("SELECT text FROM word") { try $0[0] as String }
                try db.send("INSERT INTO word (id, text) VALUES (3, \(String(repeating: "é", count: 100_000)))")
                return seen
            }
            #expect(seen == ["deux"])
            try await #expect(store.integers("SELECT length(text) FROM word ORDER BY id") == [4, 100_000])
        }
    }

    @Test("may be one of thousands", arguments: Engine.available)
    func many(_ engine: Engine) async throws {
        try await engine.withStore([schema]) { store in
            try await store.write { db in
                for id in 0..<3000 { try db.send("INSERT INTO word (id, text) VALUES (\(id), 'mot')") }
            }
            try await #expect(store.integers("SELECT count(*) FROM word") == [3000])
        }
    }

    @Test("that breaks a rule fails the transaction by the rule’s name", arguments: Engine.available, After.allCases)
    func failure(_ engine: Engine, _ after: After) async throws {
        try await engine.withStore([schema]) { store in
            await #expect(throws: ConstraintViolation(name: "word_pkey")) {
                try await store.write { db in
                    try db.run("INSERT INTO word (id, text) VALUES (1, 'un')")
                    try db.send("INSERT INTO word (id, text) VALUES (1, 'deux')")
                    try after.go(on: db)
                }
            }
            try await #expect(store.has("SELECT 1 FROM word") == false)
            try await store.write { db in try db.run("INSERT INTO word (id, text) VALUES (1, 'encore')") }
        }
    }

    @Test("is undone when the caller fails", arguments: Engine.available)
    func undone(_ engine: Engine) async throws {
        struct Changed: Error {}
        try await engine.withStore([schema]) { store in
            await #expect(throws: Changed.self) {
                try await store.write { db in
                    try db.send("INSERT INTO word (id, text) VALUES (1, 'un')")
                    throw Changed()
                }
            }
            try await #expect(store.has("SELECT 1 FROM word") == false)
        }
    }

    /// What follows the statement that fails.
    enum After: String, CaseIterable, Sendable {
        case nothing, send, run, query, newQuery, load

        func go(on db: Writer) throws {
            switch self {
            case .nothing: break
            case .send: try db.send("INSERT INTO word (id, text) VALUES (2, 'deux')")
            case .run: try db.run("INSERT INTO word (id, text) VALUES (2, 'deux')")
            case .query: _ = try db.exists("SELECT 1 FROM word")
            case .newQuery: _ = try db.exists("SELECT 1 FROM word WHERE text = 'rien'")
            case .load: try db.load("word", columns: ["id", "text"], rows: [[.integer(2), .text("deux")]])
            }
        }
    }
}
