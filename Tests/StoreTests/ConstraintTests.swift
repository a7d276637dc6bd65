import Foundation
import Store
import TestKit
import Testing

/// A table with each kind of rule.
private let rules = Migration(
    "rules",
    postgres: tables + [
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
            + "RAISE EXCEPTION 'no' USING ERRCODE = '23514', CONSTRAINT = 'house_too_big'; END $$",
        "CREATE TRIGGER too_big BEFORE INSERT ON house FOR EACH ROW WHEN (NEW.size > 100) EXECUTE FUNCTION refuse()",
    ],
    sqlite: tables + [
        "CREATE TRIGGER too_big BEFORE INSERT ON house WHEN NEW.size > 100 BEGIN SELECT RAISE(ABORT, 'house_too_big'); END"
    ])

private let tables: [SQL] = [
    "CREATE TABLE street (id \(type: .bigint, "id") NOT NULL PRIMARY KEY)",
    """
    CREATE TABLE house (
      street_id \(type: .bigint, "street_id") NOT NULL REFERENCES street (id) ON DELETE RESTRICT,
      number \(type: .bigint, "number") NOT NULL,
      size \(type: .bigint, "size"),
      name \(type: .text, "name"),
      door \(type: .text, "door"),
      late \(type: .bigint, "late") REFERENCES street (id) DEFERRABLE INITIALLY DEFERRED,
      lock \(type: .text, "lock") UNIQUE,
      PRIMARY KEY (street_id, number),
      CONSTRAINT house_has_size CHECK (size > 0))
    """,
    "CREATE UNIQUE INDEX house_name ON house (name)",
    "CREATE UNIQUE INDEX house_one_door ON house (street_id, door) WHERE size < 10",
    "CREATE UNIQUE INDEX house_folded ON house (lower(door), number)",
    "INSERT INTO street (id) VALUES (1), (2)",
    "INSERT INTO house (street_id, number, size, name, door, lock) VALUES (1, 1, 5, 'Les Tilleuls', 'A', 'x')",
]

struct Refusal: CustomTestStringConvertible {
    let name: String
    let sql: SQL
    var testDescription: String { name }
}

private let refusals = [
    Refusal(name: "house_pkey", sql: "INSERT INTO house (street_id, number) VALUES (1, 1)"),
    Refusal(name: "house_name", sql: "INSERT INTO house (street_id, number, name) VALUES (1, 2, 'Les Tilleuls')"),
    Refusal(name: "house_folded", sql: "INSERT INTO house (street_id, number, door) VALUES (2, 1, 'a')"),
    Refusal(name: "house_one_door", sql: "INSERT INTO house (street_id, number, size, door) VALUES (1, 2, 6, 'A')"),
    Refusal(name: "house_lock_key", sql: "INSERT INTO house (street_id, number, lock) VALUES (1, 2, 'x')"),
    Refusal(name: "house_has_size", sql: "UPDATE house SET size = 0"),
    Refusal(name: "house_too_big", sql: "INSERT INTO house (street_id, number, size) VALUES (1, 2, 101)"),
    Refusal(name: "not_null", sql: "UPDATE house SET number = NULL"),
    Refusal(name: "foreign_key", sql: "INSERT INTO house (street_id, number) VALUES (9, 1)"),
    Refusal(name: "foreign_key", sql: "DELETE FROM street WHERE id = 1"),
    Refusal(name: "foreign_key", sql: "UPDATE house SET late = 9"),
]

@Suite struct ConstraintTests {
    @Test("a broken rule has the same name on both engines", arguments: Engine.available)
    func names(_ engine: Engine) async throws {
        try await engine.withStore([rules]) { store in
            for refusal in refusals {
                await #expect(throws: ConstraintViolation(name: refusal.name), "\(refusal.name)") {
                    try await store.write { db in try db.run(refusal.sql) }
                }
            }
            let found = try await store.integers("SELECT size FROM house")
            #expect(found == [5])
        }
    }

    @Test("a value of the wrong type is refused by the column", arguments: Engine.available)
    func types(_ engine: Engine) async throws {
        try await engine.withStore([rules]) { store in
            let wrong: [SQL] = [
                "UPDATE house SET size = 'big'",
                "UPDATE house SET size = \("big")",
            ]
            for sql in wrong {
                await #expect(throws: StoreError.self) { try await store.write { db in try db.run(sql) } }
            }
        }
    }

    @Test("a statement that fails ends the transaction, even when its error is swallowed", arguments: Engine.available)
    func failure(_ engine: Engine) async throws {
        try await engine.withStore([rules]) { store in
            await #expect(throws: ConstraintViolation(name: "house_pkey")) {
                try await store.write { db in
                    try db.run("INSERT INTO street (id) VALUES (3)")
                    _ = try? db.run("INSERT INTO house (street_id, number) VALUES (1, 1)")
                }
            }
            await #expect(throws: ConstraintViolation(name: "house_pkey")) {
                try await store.write { db in
                    try db.run("INSERT INTO street (id) VALUES (4)")
                    _ = try? db.run("INSERT INTO house (street_id, number) VALUES (1, 1)")
                    try db.run("INSERT INTO street (id) VALUES (5)")
                }
            }
            let found = try await store.integers("SELECT id FROM street ORDER BY id")
            #expect(found == [1, 2])
        }
    }

    @Test("an error of the caller undoes everything and is passed on", arguments: Engine.available)
    func callerError(_ engine: Engine) async throws {
        struct Changed: Error {}
        try await engine.withStore([rules]) { store in
            await #expect(throws: Changed.self) {
                try await store.write { db in
                    try db.run("DELETE FROM house")
                    throw Changed()
                }
            }
            let found = try await store.has("SELECT 1 FROM house")
            #expect(found)
        }
    }
}
