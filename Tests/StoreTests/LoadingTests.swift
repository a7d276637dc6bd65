import Foundation
import Store
import TestKit
import Testing

private let schema = Migration(
    "thing",
    [
        """
        CREATE TABLE thing (id \(type: .uuid, "id") NOT NULL PRIMARY KEY, name \(type: .text, "name"), size \(type: .bigint, "size"),
          open \(type: .boolean, "open"), weight \(type: .double, "weight"), photo \(type: .blob, "photo"),
          CONSTRAINT thing_has_size CHECK (size > 0))
        """
    ])
private let columns = ["id", "name", "size", "open", "weight", "photo"]

@Suite struct LoadingTests {
    @Test("loaded rows are those that were given, down to tabs and backslashes", arguments: Engine.available)
    func faithful(_ engine: Engine) async throws {
        let texts = ["", "\\N", "\\.", "a\tb\nc\rd\\e\u{8}", "été 𝄞", "\"';--", "NULL"]
        let rows: [[SQLValue]] =
            texts.enumerated().map { index, text in
                [.uuid(UUID()), .text(text), .integer(Int64(index + 1)), .bool(index % 2 == 0), .real(1 / 3), .blob([0, 9, 10, 92, 255])]
            } + [[.uuid(UUID()), .null, .null, .null, .null, .null]]
        try await engine.withStore([schema]) { store in
            try await store.bulk { db in try db.load("thing", columns: columns, rows: rows) }
            for row in rows {
                let found = try await store.read { db in
                    try db.first("SELECT name, size, open, weight, photo FROM thing WHERE id = \(row[0])") { found -> [SQLValue] in
                        let open: Bool? = try found[2]
                        return try [found[0], found[1], open.sqlValue, found[3], found[4]]
                    }
                }
                #expect(found == Array(row.dropFirst()))
            }
        }
    }

    @Test("100,000 rows are loaded, or none at all", arguments: Engine.available)
    func many(_ engine: Engine) async throws {
        try await engine.withStore([schema]) { store in
            try await store.bulk { db in try db.load("thing", columns: columns, rows: (1...100_000).lazy.map(Self.row)) }
            let sums = try await store.integers("SELECT count(*) FROM thing UNION ALL SELECT sum(size) FROM thing")
            #expect(sums == [100_000, 5_000_050_000])
            await #expect(throws: ConstraintViolation(name: "thing_has_size")) {
                try await store.bulk { db in try db.load("thing", columns: columns, rows: [3, 2, 1, 0].map(Self.row)) }
            }
            try await #expect(store.integers("SELECT count(*) FROM thing") == [100_000])
        }
    }

    private static func row(_ size: Int) -> [SQLValue] {
        [.uuid(UUID()), .text("name \(size)"), .integer(Int64(size)), .null, .null, .null]
    }

    @Test("a row with a value too many is refused", arguments: Engine.available)
    func width(_ engine: Engine) async throws {
        try await engine.withStore([schema]) { store in
            await #expect(throws: StoreError.self) {
                try await store.bulk { db in try db.load("thing", columns: ["id"], rows: [[.uuid(UUID())], [.uuid(UUID()), .null]]) }
            }
            try await #expect(!store.has("SELECT 1 FROM thing"))
            // The connection is none the worse for it.
            try await store.write { db in try db.run("INSERT INTO thing (id) VALUES (\(UUID()))") }
        }
    }
}
