import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Setting up reasons")
struct ReasonSettingUpTests {
    let now = Office.now

    @Test("every field is checked and said", arguments: Engine.available)
    func checked(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let social = office.world.social.id
            let wrong: [(Reason, [String])] = [
                (Reason(serviceID: .new(), name: "", minutes: 4, how: .phone, colour: "red"), ["colour", "minutes", "name", "service_id"]),
                (Reason(serviceID: social, name: "A", minutes: 605, how: .site), ["minutes"]),
                (Reason(serviceID: social, name: "A", minutes: 32, how: .site), ["minutes"]),
                (Reason(serviceID: social, name: "A", minutes: 30, how: .site, earliestMinutes: -1), ["earliest_minutes"]),
                (Reason(serviceID: social, name: "A", minutes: 30, how: .site, earliestMinutes: 60, latestMinutes: 60), ["latest_minutes"]),
                (Reason(serviceID: social, name: "A", minutes: 30, how: .site, latestMinutes: 100 * 366 * 1440), ["latest_minutes"]),
                (
                    Reason(
                        serviceID: social, name: "A", minutes: 30, how: .site, instructions: String(repeating: "a", count: 2001)),
                    ["instructions"]
                ),
            ]
            for (reason, fields) in wrong {
                let refusal = await #expect(throws: Refusal.self) {
                    try await store.write { db in _ = try reason.create(by: office.admin, at: now, in: db) }
                }
                #expect(refusal?.fields.keys.sorted() == fields)
            }
        }
    }

    @Test("is retired rather than deleted: nobody books it, and it can come back", arguments: Engine.available)
    func retired(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let world = office.world
            let reception = try await world.acting(world.reception, in: store)
            func bookable() async throws -> [Reason] { try await store.read { db in try Reason.bookable(by: reception, in: db) } }
            #expect(try await bookable().map(\.id) == [world.reason.id])
            try await store.write { db in try Reason.retire(world.reason.id, by: office.admin, at: now, in: db) }
            #expect(try await bookable().isEmpty)
            try await store.write { db in
                var changed = world.reason
                changed.name = "Premier contact"
                _ = try changed.save(by: office.admin, at: now, in: db)
            }
            #expect(try await bookable().isEmpty, "a change of its name does not bring it back")
            try await store.write { db in try Reason.restore(world.reason.id, by: office.admin, at: now, in: db) }
            #expect(try await bookable().map(\.name) == ["Premier contact"])
        }
    }

    @Test("all its fields are kept", arguments: Engine.available)
    func kept(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let reason = Reason(
                serviceID: office.world.pmi.id, name: "Consultation nourrisson", minutes: 45, how: .site, colour: "#112233",
                bookableBy: .everyone, earliestMinutes: 1440, latestMinutes: 60 * 1440, instructions: "Apportez le carnet de santé.\nMerci."
            )
            try await store.write { db in _ = try reason.create(by: office.admin, at: now, in: db) }
            #expect(try await store.read { db in try Reason.find(reason.id, of: 64, in: db) } == reason)
        }
    }
}
