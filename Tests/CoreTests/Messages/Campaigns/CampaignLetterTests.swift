import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Those whom a campaign did not reach")
struct CampaignLetterTests {
    @Test("are written to once, on paper, with what it says", arguments: Engine.available)
    func written(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { it in
            let unreached = try await it.person(1, channel: .letter, mobile: ""),
                hidden = try await it.person(2, channel: .letter, mobile: "")
            try await it.person(3)
            try await it.store.write { db in
                for person in [unreached, hidden] {
                    try db.run(
                        """
                        UPDATE person SET address = '2 rue Haute', postal_code = '64300', commune = 'Orthez'
                        WHERE territory_id = 64 AND id = \(person.id)
                        """)
                }
                try db.run(
                    """
                    INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden, caution)
                    VALUES (64, \(hidden.id), TRUE, FALSE, FALSE, FALSE, '')
                    """)
            }
            let campaign = try await it.prepare()
            try await it.launch(campaign)
            try await it.queueAll()
            try await it.send()
            for expected in [1, 0] {
                let written = try await it.store.claim { db in
                    try Campaign.write(campaign.id, by: it.manager, at: World.now, in: db)
                }
                #expect(written == expected)
            }
            let house = it.world.organization.id
            #expect(try await it.store.read { db in try WaitingLetters.read(for: it.reception, at: World.now, in: db) }.houses.isEmpty)
            let batch = try await it.store.claim { db in
                try LetterBatch.prepare(for: house, key: LetterWorld.key, by: it.manager, at: World.now, in: db)
            }
            let printed = try await it.store.claim { db in
                try LetterBatch.print(batch.id, key: LetterWorld.key, by: it.manager, at: World.now, in: db)
            }
            #expect(printed.map(\.recipient) == [[unreached.name, "2 rue Haute", "64300 Orthez"]])
            #expect(printed[0].paragraphs == [[CampaignWorld.text.sms]] && printed[0].code == nil)
            #expect(try await it.outcome(campaign).told == 2, "letters are counted on their own page")
            #expect(
                try await it.refusal {
                    _ = try await it.store.read { db in try LetterBatch.find(batch.id, seenBy: it.reception, in: db) }
                } == .notFound, "reception sends no campaign")
        }
    }

    @Test("are not written to once they oppose, or their file is put away", arguments: Engine.available)
    func opposed(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { it in
            let gone = try await it.person(1, channel: .letter, mobile: "")
            try await it.person(2)
            try await it.store.write { db in
                try db.run("UPDATE person SET address = '2 rue Haute', postal_code = '64300', commune = 'Orthez' WHERE id = \(gone.id)")
            }
            let campaign = try await it.prepare()
            try await it.launch(campaign)
            _ = try await it.store.claim { db in try Campaign.write(campaign.id, by: it.manager, at: World.now, in: db) }
            try await it.archive(gone, .deceased)
            #expect(
                try await it.refusal {
                    _ = try await it.store.claim { db in
                        try LetterBatch.prepare(for: it.world.organization.id, key: nil, by: it.manager, at: World.now, in: db)
                    }
                } == .noLetters)
        }
    }
}
