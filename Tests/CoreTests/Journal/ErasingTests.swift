import Core
import Foundation
import Scheduling
import Store
import TestKit
import Testing

@Suite("A lawful erasure")
struct ErasingTests {
    @Test("leaves the chain whole under a certificate, and no name in a fresh dump", arguments: Engine.available)
    func erases(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let store = try Store.open(url)
            let journal = try await JournalWorld.make(in: store)
            let other = try await journal.world.anotherPerson(in: store)
            try await journal.sealed(20, in: store)
            try await journal.write(2, about: other.id, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            let certificate = try await Journal.erase(
                journal.world.person.id, because: "demande de la personne", by: officer, at: World.now, in: store)
            #expect(certificate.number == 1)
            #expect(certificate.entries.count == 20)
            #expect(try await store.verdict() == .erased(certificates: [1]))
            try await Journal.seal(in: store)
            #expect(try await store.verdict() == .erased(certificates: [1]))
            #expect(try await store.payloads(naming: "Lacoste") == 2)
            _ = try await Journal.erase(other.id, because: "demande", by: officer, at: World.now, in: store)
            #expect(try await store.verdict() == .erased(certificates: [1, 2]))
            try await store.write { db in
                try db.run("DELETE FROM person_phone")
                try db.run("DELETE FROM person_organization")
                _ = try db.run("DELETE FROM person")
            }
            #expect(try await !store.dump(url).contains("Lacoste"))
            await store.close()
        }
    }

    @Test("is for the data-protection role, with a reason, and only of what is there", arguments: Engine.available)
    func refuses(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            try await journal.sealed(2, in: store)
            let worker = try await journal.world.acting(journal.world.worker, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            let person = journal.world.person.id
            await #expect(throws: Refusal.forbidden) {
                _ = try await Journal.erase(person, because: "demande", by: worker, at: World.now, in: store)
            }
            await #expect(throws: Refusal.self) { _ = try await Journal.erase(person, because: "", by: officer, at: World.now, in: store) }
            #expect(try await store.payloads(naming: "Lacoste") == 2)
            _ = try await Journal.erase(person, because: "demande", by: officer, at: World.now, in: store)
            let second = await #expect(throws: Refusal.self) {
                _ = try await Journal.erase(person, because: "demande", by: officer, at: World.now, in: store)
            }
            #expect(second?.code == "nothing-to-erase")
        }
    }

    static let forgeries: [[SQL]] = [
        ["UPDATE journal_erasure SET at = at + 1"],
        ["UPDATE journal_erasure SET header_id = (SELECT id FROM journal_header WHERE seq = 2)"],
        ["DELETE FROM journal_erased WHERE id = (SELECT id FROM journal_header WHERE seq = 4)"],
        ["DELETE FROM journal_erased", "DELETE FROM journal_erasure"],
        ["INSERT INTO journal_erased (territory_id, id, number) SELECT 64, id, 1 FROM journal_header WHERE seq = 7"],
        ["INSERT INTO journal_erasure (territory_id, number, header_id, at) SELECT 64, 2, id, at FROM journal_header WHERE seq = 7"],
        ["UPDATE journal_payload SET payload = replace(payload, 'demande', 'demanda') WHERE payload LIKE '%certificate%'"],
        ["DELETE FROM journal_payload WHERE payload LIKE '%certificate%'"],
        [
            "INSERT INTO journal_payload (territory_id, id, salt, payload) SELECT 64, id, digest, '{}' FROM journal_header WHERE seq = 3"
        ],
        [
            "INSERT INTO journal_erased (territory_id, id, number) SELECT 64, id, 1 FROM journal_header WHERE seq = 7",
            "DELETE FROM journal_payload WHERE id = (SELECT id FROM journal_header WHERE seq = 7)",
        ],
    ]

    @Test("forged or altered afterwards is found", arguments: Engine.available, forgeries.indices)
    func forged(on engine: Engine, _ index: Int) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let journal = try await JournalWorld.make(in: store)
            let other = try await journal.world.anotherPerson(in: store)
            try await journal.sealed(5, in: store)
            try await journal.write(5, about: other.id, in: store)
            let officer = try await journal.world.acting(journal.officer, in: store)
            _ = try await Journal.erase(journal.world.person.id, because: "demande", by: officer, at: World.now, in: store)
            try await Journal.seal(in: store)
            try await store.disarm()
            #expect(try await store.verdict() == .erased(certificates: [1]))
            try await store.write { db in
                for statement in Self.forgeries[index] { try db.run(statement) }
            }
            #expect(try await store.verdict().brokenAt != nil)
        }
    }
}
