import Store
import TestKit
import Testing

private let first = Migration(
    "first",
    [
        "CREATE TABLE person (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, name \(type: .text, "name") NOT NULL)",
        """
        CREATE TABLE phone (id \(type: .bigint, "id") NOT NULL PRIMARY KEY,
          person_id \(type: .bigint, "person_id") NOT NULL REFERENCES person (id))
        """,
        "INSERT INTO person (id, name) VALUES (1, 'Ana Etxeberri')",
        "INSERT INTO phone (id, person_id) VALUES (1, 1)",
    ])
private let second = Migration("second", ["ALTER TABLE person ADD COLUMN born \(type: .text, "born")"])

@Suite struct MigrationTests {
    @Test("migrations run once, in order, and the state of the schema is known", arguments: Engine.available)
    func order(_ engine: Engine) async throws {
        try await engine.withStore { store in
            try await #expect(store.schemaState([first, second]) == .empty)
            try await store.migrate([first])
            try await #expect(store.schemaState([first]) == .current)
            try await #expect(store.schemaState([first, second]) == .behind(["second"]))
            try await store.migrate([first, second])
            try await store.migrate([first, second])
            try await #expect(store.schemaState([first, second]) == .current)
            let found = try await store.has("SELECT 1 FROM person WHERE born IS NULL")
            #expect(found)
        }
    }

    @Test("a migration that fails half-way leaves the schema as it was", arguments: Engine.available)
    func halfWay(_ engine: Engine) async throws {
        let broken = Migration(
            "broken",
            [
                "CREATE TABLE extra (id BIGINT)", "DELETE FROM phone", "ALTER TABLE person RENAME TO people",
                "INSERT INTO nowhere (id) VALUES (1)",
            ])
        try await engine.withStore([first]) { store in
            await #expect(throws: StoreError.self) { try await store.migrate([first, second, broken]) }
            try await #expect(store.schemaState([first, second, broken]) == .behind(["broken"]))
            try await #expect(store.has("SELECT 1 FROM person"))
            try await #expect(store.has("SELECT 1 FROM phone"))
            await #expect(throws: StoreError.self) { try await store.has("SELECT 1 FROM extra") }
        }
    }

    @Test("a schema newer than the program is refused and left alone", arguments: Engine.available)
    func newer(_ engine: Engine) async throws {
        try await engine.withStore([first, second]) { store in
            let other = Migration("other", ["CREATE TABLE other (id BIGINT)"])
            try await #expect(store.schemaState([first]) == .newer(["second"]))
            await #expect(throws: StoreError.newerSchema(["second"])) { try await store.migrate([first, other]) }
            await #expect(throws: StoreError.self) { try await store.has("SELECT 1 FROM other") }
        }
    }

    @Test("nodes that start together migrate once", arguments: Engine.available)
    func together(_ engine: Engine) async throws {
        let many =
            [first, second] + (1...20).map { Migration("step \($0)", ["INSERT INTO person (id, name) VALUES (\($0 + 100), 'Jon')"]) }
        try await engine.withDatabase { url in
            let nodes = try (0..<4).map { _ in try Store.open(url, options: Store.Options(wait: .seconds(30))) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for node in nodes { group.addTask { try await node.migrate(many) } }
                try await group.waitForAll()
            }
            let count = try await nodes[0].integers("SELECT count(*) FROM person")
            #expect(count == [21])
            for node in nodes { await node.close() }
        }
    }

    @Test("a table is made anew although others point to it", arguments: Engine.available)
    func rebuild(_ engine: Engine) async throws {
        try await engine.withStore([first]) { store in
            try await store.migrate([first, Self.rebuild(keeping: "id > 0")])
            try await #expect(store.integers("SELECT person_id FROM phone") == [1])
            await #expect(throws: ConstraintViolation(name: "person_has_name")) {
                try await store.write { db in try db.run("INSERT INTO person (id, name) VALUES (2, '')") }
            }
            await #expect(throws: ConstraintViolation(name: "foreign_key")) {
                try await store.write { db in try db.run("INSERT INTO phone (id, person_id) VALUES (2, 9)") }
            }
        }
    }

    @Test("a table made anew that leaves rows pointing nowhere is refused", arguments: Engine.available)
    func badRebuild(_ engine: Engine) async throws {
        try await engine.withStore([first]) { store in
            await #expect(throws: ConstraintViolation(name: "foreign_key")) {
                try await store.migrate([first, Self.rebuild(keeping: "id > 1")])
            }
            try await #expect(store.schemaState([first]) == .current)
            try await #expect(store.integers("SELECT id FROM person") == [1])
            // Foreign keys are watched again.
            await #expect(throws: ConstraintViolation(name: "foreign_key")) {
                try await store.write { db in try db.run("DELETE FROM person") }
            }
        }
    }

    /// Adds a constraint: in place on PostgreSQL; SQLite has to copy the table.
    private static func rebuild(keeping rows: SQL) -> Migration {
        Migration(
            "rebuild", rebuilds: true,
            postgres: [
                "DELETE FROM person WHERE NOT (\(rows))",
                "ALTER TABLE person ADD CONSTRAINT person_has_name CHECK (name <> '')",
            ],
            sqlite: [
                """
                CREATE TABLE new_person (id \(type: .bigint, "id") NOT NULL PRIMARY KEY, name \(type: .text, "name") NOT NULL,
                  CONSTRAINT person_has_name CHECK (name <> ''))
                """,
                "INSERT INTO new_person (id, name) SELECT id, name FROM person WHERE \(rows)",
                "DROP TABLE person",
                "ALTER TABLE new_person RENAME TO person",
            ])
    }
}
