import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A campaign")
struct CampaignLaunchTests {
    @Test("queues one message for each of those told, and the outbox sends each once", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1...9 { try await campaigns.person(number) }
            let campaign = try await campaigns.launch(campaigns.prepare())
            #expect(campaign.told == 10 && campaign.state == .running)
            #expect(try await campaigns.outcome(campaign).states == [.waiting: 10], "those not made yet wait too")
            try await campaigns.queueAll()
            let messages = try await campaigns.messages()
            #expect(messages.count == 10 && Set(messages.map(\.personID)).count == 10)
            let sent = try await campaigns.send(at: World.now.adding(seconds: 60))
            #expect(sent.count == 10 && Set(sent.map(\.recipient)).count == 10)
            #expect(sent.first?.rendered.text == "La salle est ouverte ce jour. Venez boire un verre d'eau.")
            #expect(try await campaigns.send(at: World.now.adding(days: 1)).isEmpty)
            let outcome = try await campaigns.outcome(campaign)
            #expect(outcome.states == [.handed: 10] && outcome.isOver && outcome.percent == 100)
        }
    }

    @Test("is launched once, and what it says stays", arguments: Engine.available)
    func frozen(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            let campaign = try await campaigns.prepare()
            try await campaigns.launch(campaign)
            #expect(try await campaigns.refusal { try await campaigns.launch(campaign) } == .campaignLaunched)
            #expect(
                try await campaigns.refusal {
                    try await campaigns.store.write { db in
                        _ = try Campaign.change(campaign.id, campaigns.draft, by: campaigns.manager, at: World.now, in: db)
                    }
                } == .campaignLaunched)
            await #expect(throws: ConstraintViolation(name: "campaign_frozen")) {
                try await campaigns.store.write { db in try db.run("UPDATE campaign SET sms = 'Autre'") }
            }
            let person = try await campaigns.person(5)
            await #expect(throws: ConstraintViolation(name: "campaign_recipient_frozen")) {
                try await campaigns.store.write { db in
                    try db.run(
                        """
                        INSERT INTO campaign_recipient (territory_id, campaign_id, person_id, excluded)
                        VALUES (64, \(campaign.id), \(person.id), 'recent')
                        """)
                }
            }
        }
    }

    @Test("above a size leaves when somebody else approved it, and the schema says so too", arguments: Engine.available)
    func approval(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1...2 { try await campaigns.person(number) }
            try await campaigns.store.write { db in
                try CampaignRule(approvalAbove: 2).save(by: campaigns.administrator, at: World.now, in: db)
            }
            let campaign = try await campaigns.prepare()
            func approve(_ acting: Acting) async throws {
                try await campaigns.store.write { db in
                    try Campaign.approve(campaign.id, version: nil, by: acting, at: World.now, in: db)
                }
            }
            #expect(try await campaigns.refusal { try await campaigns.launch(campaign) } == .needsApproval)
            #expect(try await campaigns.refusal { try await approve(campaigns.manager) } == .approveOwn)
            #expect(try await campaigns.refusal { try await approve(campaigns.reception) } == .forbidden)
            await #expect(throws: ConstraintViolation(name: "campaign_approved")) {
                try await campaigns.store.write { db in
                    try db.run(
                        """
                        UPDATE campaign SET launched_at = 1, launched_by = prepared_by, told = 3, approval_above = 2, queue_at = 1
                        """)
                }
            }
            await #expect(throws: ConstraintViolation(name: "campaign_second")) {
                try await campaigns.store.write { db in
                    try db.run("UPDATE campaign SET approved_at = 1, approved_by = prepared_by")
                }
            }
            try await approve(campaigns.second)
            // What is changed is something else: it is to be approved again.
            let changed = try await campaigns.store.write { db in
                try Campaign.change(campaign.id, campaigns.draft, by: campaigns.manager, at: World.now, in: db)
            }
            #expect(try await campaigns.refusal { try await campaigns.launch(changed) } == .needsApproval)
            try await approve(campaigns.second)
            // Approved for three, it does not leave to four.
            try await campaigns.person(3)
            #expect(try await campaigns.refusal { try await campaigns.launch(changed) } == .needsApproval)
            await #expect(throws: ConstraintViolation(name: "campaign_approved_for")) {
                try await campaigns.store.write { db in
                    try db.run(
                        """
                        UPDATE campaign SET launched_at = 1, launched_by = prepared_by, told = 4, approval_above = 2, queue_at = 1
                        """)
                }
            }
            try await approve(campaigns.second)
            #expect(try await campaigns.launch(changed).told == 4)
        }
    }

    @Test("that stops anywhere on the way loses nobody and writes to nobody twice, two workers at once", arguments: Engine.available)
    func killed(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let campaigns = try await CampaignWorld.make(in: stores[0])
            try await campaigns.store.write { db in
                for number in 1..<300 {
                    let person = Person(
                        territoryID: 64, firstName: "Jean", lastName: "Foule \(number)", createdAt: World.now,
                        phones: [Person.Phone(number: "+336399\(82_000 + number)", label: "", mobile: true)])
                    try person.insertForTests(in: [campaigns.world.organization.id], db: db)
                }
                try CampaignRule(approvalAbove: 1000).save(by: campaigns.administrator, at: World.now, in: db)
            }
            struct Died: Error {}
            let campaign = try await campaigns.prepare()
            // Dead in the middle of the launch: nothing of it is there.
            await #expect(throws: Died.self) {
                try await campaigns.store.claim { db in
                    _ = try Campaign.launch(campaign.id, version: nil, by: campaigns.manager, at: World.now, in: db)
                    throw Died()
                }
            }
            #expect(try await campaigns.outcome(campaign).told == 0)
            try await campaigns.launch(campaign)
            try await withThrowingTaskGroup(of: Void.self) { group in
                for store in stores { group.addTask { while try await Campaign.queueNext(at: World.now, in: store) > 0 {} } }
                try await group.waitForAll()
            }
            // One worker dies with what it had taken; two others go on.
            let carrier = Outbox.repeatable
            let lost = try await Sending.take(40, by: carrier, at: World.now.adding(seconds: 60), in: stores[0]).sendings
            let later = World.now.adding(seconds: 60 + Sending.seconds)
            let handed = try await withThrowingTaskGroup(of: [Sending].self) { group in
                for store in stores {
                    group.addTask {
                        var taken: [Sending] = []
                        while case let batch = try await Sending.take(20, by: carrier, at: later, in: store), batch.seen > 0 {
                            try await Sending.record(batch.sendings.map { ($0, .init(.handed)) }, at: later, in: store)
                            taken += batch.sendings
                        }
                        return taken
                    }
                }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(handed.count == 300 && Set(handed.map(\.recipient)).count == 300)
            #expect(Set(lost.map(\.id)).isSubset(of: Set(handed.map(\.id))), "given again under the same name")
            #expect(try await campaigns.outcome(campaign).states == [.handed: 300])
            for store in stores { await store.close() }
        }
    }

    @Test("leaves at its rate, and never at night", arguments: Engine.available)
    func pace(on engine: Engine) async throws {
        try await CampaignWorld.with(engine) { campaigns in
            for number in 1...4 { try await campaigns.person(number) }
            var draft = campaigns.draft
            draft.rate = 2
            // Two minutes before eight in the evening.
            let evening = World.at(0, 19, 58)
            try await campaigns.launch(campaigns.prepare(draft), at: evening)
            try await campaigns.queueAll(at: evening)
            let morning = World.at(1, 8)
            #expect(
                try await campaigns.messages().map(\.dueAt).sorted() == [
                    evening, evening.adding(seconds: 30), evening.adding(seconds: 60), evening.adding(seconds: 90), morning,
                ])
            // One that is late is asked again at the door.
            #expect(try await campaigns.send(at: World.at(0, 22)).isEmpty)
            #expect(try await campaigns.send(at: morning).count == 5)
        }
    }
}
