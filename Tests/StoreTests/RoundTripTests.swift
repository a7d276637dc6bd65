import Foundation
import Store
import TestKit
import Testing

private let everyType = Migration(
    "every type",
    [
        """
        CREATE TABLE thing (id \(type: .uuid, "id") NOT NULL PRIMARY KEY, name \(type: .text, "name"), size \(type: .bigint, "size"),
          open \(type: .boolean, "open"), weight \(type: .double, "weight"), photo \(type: .blob, "photo"))
        """
    ])

private struct Thing: Codable, Equatable {
    var id: UUID
    var name: String?
    var size: Int?
    var open: Bool?
    var weight: Double?
    var photo: [UInt8]?
}

@Suite struct RoundTripTests {
    @Test("a value of each type comes back as it was written", arguments: Engine.available)
    func values(_ engine: Engine) async throws {
        let things = [
            Thing(id: UUID(), name: "L'été \"déjà\" \\ $1 \t\n\r\\N é𝄞", size: .max, open: true, weight: -0.1, photo: Array(0...255)),
            Thing(id: UUID(), name: "", size: .min, open: false, weight: .greatestFiniteMagnitude, photo: []),
            Thing(id: UUID(), name: nil, size: nil, open: nil, weight: nil, photo: nil),
        ]
        try await engine.withStore([everyType]) { store in
            try await store.write { db in
                for thing in things {
                    try db.run(
                        """
                        INSERT INTO thing (id, name, size, open, weight, photo)
                        VALUES (\(thing.id), \(thing.name), \(thing.size), \(thing.open), \(thing.weight), \(thing.photo))
                        """)
                }
            }
            for thing in things {
                let query: SQL = "SELECT id, name, size, open, weight, photo FROM thing WHERE id = \(thing.id)"
                let byPosition = try await store.read { db in
                    try db.first(query) { row in
                        Thing(id: try row[0], name: try row[1], size: try row[2], open: try row[3], weight: try row[4], photo: try row[5])
                    }
                }
                let byName = try await store.read { db in try db.first(query, as: Thing.self) }
                #expect(byPosition == thing)
                #expect(byName == thing)
            }
        }
    }
}
