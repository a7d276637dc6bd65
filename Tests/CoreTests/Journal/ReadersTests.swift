import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("Who looked at a file")
struct ReadersTests {
    @Test("is shown to the data-protection role, and that they asked is journalled", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(2, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            let readings = try await Journal.readers(
                of: journal.world.person.id, because: "demande de la personne", by: officer, at: World.at(0, 9), in: store)
            #expect(readings.map(\.act) == [.read, .read])
            #expect(readings.map(\.at) == [World.now.adding(minutes: 1), World.now])
            #expect(readings[0].agentName == "Maïté Ithurralde")
            #expect(readings[0].services == ["Service social"])
            #expect(readings[0].reason == "suivi")
            let again = try await Journal.readers(
                of: journal.world.person.id, because: "vérification", by: officer, at: World.at(0, 10), in: store)
            #expect(again.first?.agentName == "Ttipi Etxeberri")
            #expect(again.first?.reason == "demande de la personne")
        }
    }

    @Test("is for no one else, and needs a reason", arguments: Engine.available)
    func refuses(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            for agent in [journal.world.worker, journal.world.reception] {
                let acting = try await journal.world.acting(agent, in: store)
                await #expect(throws: Refusal.forbidden) {
                    _ = try await Journal.readers(of: journal.world.person.id, because: "voir", by: acting, at: World.now, in: store)
                }
            }
            await #expect(throws: Refusal.self) {
                _ = try await Journal.readers(of: journal.world.person.id, because: "", by: officer, at: World.now, in: store)
            }
        }
    }

    @Test("an erased entry still says who and when, not why", arguments: Engine.available)
    func erased(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.write(1, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            let person = journal.world.person.id
            _ = try await Journal.erase(person, because: "demande", by: officer, at: World.at(0, 9), in: store)
            let readings = try await Journal.readers(of: person, because: "contrôle", by: officer, at: World.at(0, 9), in: store)
            #expect(readings.map(\.act) == [.erased, .read])
            #expect(readings[1].agentName == "Maïté Ithurralde")
            #expect(readings[1].reason == nil)
        }
    }
}
