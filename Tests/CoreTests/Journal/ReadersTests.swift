import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("Who looked at a file")
struct ReadersTests {
    private func consult(_ journal: JournalWorld, because reason: String, at now: Instant, in store: Store) async throws -> [Journal
        .Reading]
    {
        let officer = try await journal.world.acting(journal.officer, in: store)
        let person = journal.world.person.id
        try await store.write { db in try Journal.consult(person, because: reason, by: officer, at: now, in: db) }
        return try await store.read { db in try Journal.readers(of: person, by: officer, at: now, in: db) }
    }

    @Test("is shown to the data-protection role, and that they asked is journalled", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(2, in: store)
            let readings = try await consult(journal, because: "demande de la personne", at: World.at(0, 9), in: store)
            #expect(readings.map(\.act) == [.read, .read, .read])
            #expect(readings.map(\.at) == [World.at(0, 9), World.now.adding(minutes: 1), World.now])
            #expect(readings[0].agentName == "Ttipi Etxeberri")
            #expect(readings[0].services == ["protection des données"])
            #expect(readings[0].reason == "demande de la personne")
            #expect(readings[1].agentName == "Maïté Ithurralde")
            #expect(readings[1].services == ["Service social"])
            #expect(readings[1].reason == "suivi")
        }
    }

    @Test("is for no one else, and needs a reason that holds half an hour", arguments: Engine.available)
    func refuses(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let person = journal.world.person.id
            for agent in [journal.world.worker, journal.world.reception] {
                let acting = try await journal.world.acting(agent, in: store)
                await #expect(throws: Refusal.forbidden) {
                    try await store.write { db in try Journal.consult(person, because: "pour voir", by: acting, at: World.now, in: db) }
                }
                await #expect(throws: Refusal.forbidden) {
                    _ = try await store.read { db in try Journal.readers(of: person, by: acting, at: World.now, in: db) }
                }
            }
            let officer = try await journal.world.acting(journal.officer, in: store)
            await #expect(throws: Refusal.consultFirst) {
                _ = try await store.read { db in try Journal.readers(of: person, by: officer, at: World.now, in: db) }
            }
            let refusal = await #expect(throws: Refusal.self) { _ = try await consult(journal, because: " ", at: World.now, in: store) }
            #expect(refusal?.code == "reason-needed")
            _ = try await consult(journal, because: "contrôle", at: World.now, in: store)
            await #expect(throws: Refusal.consultFirst) {
                _ = try await store.read { db in
                    try Journal.readers(of: person, by: officer, at: World.now.adding(minutes: 31), in: db)
                }
            }
        }
    }

    @Test("says nothing of someone of another territory", arguments: Engine.available)
    func elsewhere(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let other = try await World.make(in: store, territoryID: 65)
            let officer = try await journal.world.acting(journal.officer, in: store)
            await #expect(throws: Refusal.notFound) {
                try await store.write { db in try Journal.consult(other.person.id, because: "contrôle", by: officer, at: World.now, in: db)
                }
            }
            let found = try await store.read { db in try Journal.people(other.person.id.description, by: officer, in: db) }
            #expect(found.isEmpty)
        }
    }

    @Test("an erased entry still says who and when, not why", arguments: Engine.available)
    func erased(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(1, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            _ = try await Journal.erase(journal.world.person.id, because: "demande", by: officer, at: World.at(0, 9), in: store)
            let readings = try await consult(journal, because: "contrôle", at: World.at(0, 10), in: store)
            #expect(readings.map(\.act) == [.read, .erased, .read])
            #expect(readings[2].agentName == "Maïté Ithurralde")
            #expect(readings[2].reason == nil)
        }
    }

    @Test("the newest headers can be looked through, by act and by day, page after page", arguments: Engine.available)
    func browses(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(5, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            let worker = try await journal.world.acting(journal.world.worker, in: store)
            func lines(_ filter: Journal.Filter) async throws -> [Journal.Line] {
                try await store.read { db in try Journal.lines(filter, limit: 3, by: officer, in: db) }
            }
            let first = try await lines(Journal.Filter())
            let second = try await lines(Journal.Filter(before: first.last?.id))
            #expect((first.count, second.count) == (3, 2))
            #expect(Set((first + second).map(\.at)) == Set((0..<5).map { World.now.adding(minutes: $0) }))
            #expect(try await lines(Journal.Filter(act: .booked)).isEmpty)
            let morning = try await lines(Journal.Filter(act: .read, day: World.now..<World.now.adding(minutes: 2)))
            #expect(Set(morning.map(\.at)) == [World.now, World.now.adding(minutes: 1)])
            await #expect(throws: Refusal.forbidden) {
                _ = try await store.read { db in try Journal.lines(Journal.Filter(), by: worker, in: db) }
            }
        }
    }
}
