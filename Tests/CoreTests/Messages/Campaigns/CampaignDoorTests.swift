import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A campaign under way")
struct CampaignDoorTests {
    private func launched(_ engine: Engine, _ people: Int, _ test: @Sendable (CampaignWorld, Campaign) async throws -> Void) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1..<people { try await campaigns.person(number) }
            let campaign = try await campaigns.launch(campaigns.prepare())
            try await campaigns.queueAll()
            try await test(campaigns, campaign)
        }
    }

    @Test("that is paused sends nothing, resumes at its rate, and stops for good", arguments: Engine.available)
    func held(on engine: Engine) async throws {
        try await launched(engine, 6) { campaigns, campaign in
            let later = World.now.adding(minutes: 30)
            try await campaigns.store.write { db in try Campaign.pause(campaign.id, by: campaigns.second, at: World.now, in: db) }
            #expect(try await campaigns.send(at: World.now.adding(seconds: 60)).isEmpty)
            #expect(try await campaigns.outcome(campaign).states == [.waiting: 6])
            try await campaigns.store.write { db in try Campaign.resume(campaign.id, by: campaigns.second, at: later, in: db) }
            #expect(try await campaigns.send(2, at: later).count == 2)
            try await campaigns.store.write { db in try Campaign.stop(campaign.id, by: campaigns.manager, at: later, in: db) }
            #expect(try await campaigns.send(at: later.adding(days: 1)).isEmpty)
            let outcome = try await campaigns.outcome(campaign)
            #expect(outcome.states == [.handed: 2, .withdrawn: 4] && outcome.isOver)
            #expect(
                try await campaigns.refusal {
                    try await campaigns.store.write { db in try Campaign.resume(campaign.id, by: campaigns.second, at: later, in: db) }
                } == .campaignNotRunning)
        }
    }

    @Test("that is resumed gives each minute its share", arguments: Engine.available)
    func resumed(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1...4 { try await campaigns.person(number) }
            var draft = campaigns.draft
            draft.rate = 2
            let campaign = try await campaigns.launch(campaigns.prepare(draft))
            try await campaigns.queueAll()
            let later = World.at(0, 10)
            try await campaigns.store.write { db in
                try Campaign.pause(campaign.id, by: campaigns.manager, at: World.now, in: db)
                try Campaign.resume(campaign.id, by: campaigns.manager, at: later, in: db)
            }
            let due = try await campaigns.messages().map { Int($0.dueAt - later) / 60 }
            #expect(due.sorted() == [0, 0, 1, 1, 2])
        }
    }

    @Test("asks again at the door: who wants no more, was archived, or changed numbers is not written to", arguments: Engine.available)
    func door(on engine: Engine) async throws {
        try await launched(engine, 5) { campaigns, campaign in
            let people = try await campaigns.messages().map(\.personID)
            let archived = try await campaigns.store.read { db in try Person.find(people[1], of: 64, in: db) }
            try await campaigns.archive(#require(archived), .deceased)
            try await campaigns.store.write { db in
                try db.run("UPDATE person SET channel = 'none' WHERE id = \(people[0])")
                try db.run("UPDATE person_phone SET number = '+33639987000' WHERE person_id = \(people[2])")
            }
            #expect(try await campaigns.send(at: World.now.adding(seconds: 60)).count == 2)
            let causes = try await campaigns.messages().map(\.because)
            #expect(causes[0...2] == [.opposed, .archived, .readdressed])
            let unreached = try await campaigns.store.read { db in
                try Campaign.find(campaign.id, seenBy: campaigns.manager, in: db).unreached(in: db)
            }
            #expect(unreached.map(\.personID) == [people[2]], "neither who is dead nor who wants nothing is called")
        }
    }

    @Test("says whom it did not reach, each to be called once, or written to", arguments: Engine.available)
    func unreached(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            let landline = try await campaigns.person(1, landline: true)
            let letter = try await campaigns.person(2, channel: .letter)
            try await campaigns.person(3, channel: .none)
            try await campaigns.store.write { db in
                try db.run(
                    "UPDATE person SET address = '1 rue des Essais', commune = 'Orthez', postal_code = '64300' WHERE id = \(letter.id)")
            }
            let campaign = try await campaigns.launch(campaigns.prepare())
            try await campaigns.queueAll()
            try await campaigns.send(1, .init(.refused, .recipient), at: World.now.adding(seconds: 60))
            func unreached() async throws -> [Campaign.Unreached] {
                try await campaigns.store.read { db in
                    try Campaign.find(campaign.id, seenBy: campaigns.manager, in: db).unreached(in: db)
                }
            }
            let lacking = try await unreached().map(\.personID)
            #expect(Set(lacking) == [campaigns.world.person.id, landline.id, letter.id])
            try await campaigns.store.write { db in
                try Campaign.called(landline.id, of: campaign.id, by: campaigns.manager, at: World.now, in: db)
            }
            #expect(try await unreached().last?.isCalled == true)
            #expect(
                try await campaigns.refusal {
                    try await campaigns.store.write { db in
                        try Campaign.called(landline.id, of: campaign.id, by: campaigns.second, at: World.now, in: db)
                    }
                } == .alreadyCalled)
            let letters = try await campaigns.store.write { db in
                try Campaign.letters(campaign.id, by: campaigns.manager, at: World.now, in: db)
            }
            #expect(letters.map(\.address) == ["1 rue des Essais\n64300 Orthez"])
        }
    }

    @Test("can be tried on oneself, once each time", arguments: Engine.available)
    func trial(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            let campaign = try await campaigns.prepare()
            func ask(_ channel: Person.Channel, _ to: String) async throws {
                try await campaigns.store.write { db in
                    try CampaignTrial.ask(campaign.id, by: channel, to: to, by: campaigns.manager, at: World.now, in: db)
                }
            }
            let landline = try await campaigns.refusal { try await ask(.sms, "05 36 49 00 01") }
            #expect(landline?.fields["recipient"] != nil)
            #expect(try await campaigns.refusal { try await ask(.email, "") } == .nothingToSay)
            try await ask(.sms, "06 39 98 77 00")
            let sent = try await campaigns.send()
            #expect(sent.map(\.recipient) == ["+33639987700"] && sent[0].rendered.text.contains("Venez"))
            #expect(try await campaigns.send().isEmpty)
            let trials = try await campaigns.store.read { db in try CampaignTrial.all(of: campaign, in: db) }
            #expect(trials.map(\.outcome) == [.handed])
            #expect(try await campaigns.messages().isEmpty, "nobody else gets anything")
        }
    }
}
