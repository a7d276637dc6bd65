import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Core
@testable import Web

@Suite("Wanting no more information")
struct OptOutTests {
    private static let address = "jeanne@example.org"

    /// An e-mail to the person: of a campaign, or about an appointment.
    private func message(_ purpose: Message.Purpose, to world: World, in store: Store) async throws -> ID<Message> {
        let id = ID<Message>.new()
        try await store.write { db in
            try db.run(
                """
                INSERT INTO message (territory_id, id, person_id, purpose, channel, recipient, due_at, dedup_key, created_at, names_reason)
                VALUES (64, \(id), \(world.person.id), \(purpose), 'email', \(Self.address), \(World.now), \("\(id)"), \(World.now), TRUE)
                """)
        }
        return id
    }

    @Test("is one button, or one request of a mail program, and holds for whoever has the address", arguments: Engine.available)
    func taken(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), other = try await world.anotherPerson(in: store)
            for id in [world.person.id, other.id] {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO person_email (territory_id, person_id, rank, address, label)
                        VALUES (64, \(id), 0, \(Self.address), '')
                        """)
                }
            }
            let desk = try Deskful(store)
            let path = desk.desk.site.optOuts.path(try await message(.campaign, to: world, in: store), of: 64)
            let about = desk.desk.site.optOuts.path(try await message(.reminder, to: world, in: store), of: 64)
            try await desk.open { client in
                let visitor = Visitor(client)
                for foreign in [String(path.dropLast()), path.replacing("/64.", with: "/65."), about] {
                    #expect(try await visitor.get(foreign).status == 404)
                }
                let asked = try await visitor.get(path)
                #expect(asked.status == 200 && asked.text.contains("Ne plus les recevoir"))
                #expect(try await opposed(in: store) == 0, "a look changes nothing")
                for _ in 1...2 {
                    // A mail program shows no cookie and knows no token.
                    let done = try await Visitor(client).upload(
                        path, "List-Unsubscribe=One-Click", type: "application/x-www-form-urlencoded")
                    #expect(done.status == 200 && done.text.contains("Vous ne recevrez plus"))
                }
                #expect(try await opposed(in: store) == 2)
                let entries: Int? = try await store.read { db in
                    try db.first("SELECT count(*) FROM journal_payload WHERE payload LIKE '%campaigns%'") { try $0[0] }
                }
                #expect(entries == 2, "said once of each")
                #expect(try await visitor.get(path).text.contains("C’est fait"))
                #expect(try await Visitor(client).post(about).status == 404)
            }
        }
    }

    private func opposed(in store: Store) async throws -> Int {
        try await store.read { db in try db.first("SELECT count(*) FROM person_detail WHERE never_campaign") { try $0[0] } ?? 0 }
    }
}
