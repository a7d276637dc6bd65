import Scheduling
import Store
import TestKit

@testable import Core

/// A world with two managers, and people to write to.
struct CampaignWorld: Sendable {
    let world: World
    let store: Store
    let manager: Acting
    let second: Acting
    let reception: Acting
    let administrator: Acting

    static func with(_ engine: Engine, _ test: @Sendable (CampaignWorld) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in try await test(make(in: store)) }
    }

    static func make(in store: Store) async throws -> CampaignWorld {
        let world = try await World.make(in: store), territory = world.territory.id
        let managers = ["Paul", "Pia"].map {
            Agent(territoryID: territory, firstName: $0, lastName: "Barrère", email: "\($0.lowercased())@example.org")
        }
        let over = Agent(territoryID: territory, firstName: "Reine", lastName: "Glage")
        try await store.write { db in
            for agent in managers + [over] { try agent.insert(at: World.now, in: db) }
            for agent in managers {
                try db.run("INSERT INTO membership VALUES (\(territory), \(world.organization.id), \(agent.id), \(Role.manager))")
            }
            try db.run(
                """
                INSERT INTO territory_role (territory_id, agent_id, role)
                VALUES (\(territory), \(over.id), \(TerritoryRole.administrator))
                """)
            // At noon on a Sunday one writes all the same.
            try db.run("UPDATE territory SET sunday_messages = TRUE")
        }
        return CampaignWorld(
            world: world, store: store, manager: try await world.acting(managers[0], in: store),
            second: try await world.acting(managers[1], in: store), reception: try await world.acting(world.reception, in: store),
            administrator: try await world.acting(over, in: store))
    }

    static let text = Campaign.Text(sms: "La salle est ouverte ce jour. Venez boire un verre d’eau.")

    var draft: Campaign.Draft { Campaign.Draft(organization: world.organization.id, name: "Canicule", text: Self.text, rate: 6000) }

    func prepare(_ draft: Campaign.Draft? = nil, by acting: Acting? = nil, at now: Instant = World.now) async throws -> Campaign {
        try await store.write { db in try Campaign.prepare(draft ?? self.draft, by: acting ?? manager, at: now, in: db) }
    }

    @discardableResult
    func launch(_ campaign: Campaign, by acting: Acting? = nil, at now: Instant = World.now) async throws -> Campaign {
        try await store.claim { db in
            try Campaign.launch(campaign.id, version: campaign.version, by: acting ?? manager, at: now, in: db)
        }
    }

    func queueAll(at now: Instant = World.now) async throws { while try await Campaign.queueNext(at: now, in: store) > 0 {} }

    func preview(_ campaign: Campaign, at now: Instant = World.now) async throws -> Campaign.Preview {
        try await store.read { db in
            try Campaign.find(campaign.id, seenBy: manager, in: db).preview(at: now, by: manager, in: db)
        }
    }

    func outcome(_ campaign: Campaign) async throws -> Campaign.Outcome {
        try await store.read { db in try Campaign.find(campaign.id, seenBy: manager, in: db).outcome(in: db) }
    }

    func messages() async throws -> [Message] { try await Outbox(world: world, store: store, reception: reception).messages(.campaign) }

    /// Takes what is due and answers the same to all.
    @discardableResult
    func send(_ limit: Int = 100, _ answer: Delivery.Answer = .init(.handed), at now: Instant = World.now) async throws -> [Sending] {
        let sendings = try await Sending.take(limit, by: Outbox.sms, at: now, in: store).sendings
        try await Sending.record(sendings.map { ($0, answer) }, at: now, chance: 0.5, in: store)
        return sendings
    }

    /// Someone whom the organization follows.
    @discardableResult
    func person(
        _ number: Int, channel: Person.Channel = .sms, mobile: String? = nil, email: String? = nil, landline: Bool = false,
        born: CivilDate? = nil, commune: String = "", of house: Organization? = nil
    ) async throws -> Person {
        let digits = String(repeating: "0", count: 4 - String(number).count) + String(number)
        let phone = landline ? "+3353649\(digits)" : mobile ?? "+3363998\(digits)"
        let person = Person(
            territoryID: world.territory.id, firstName: "Jean", lastName: "Campagne \(number)", birthDate: born, channel: channel,
            commune: commune, createdAt: World.now,
            phones: mobile == "" ? [] : [Person.Phone(number: phone, label: "", mobile: !landline)])
        try await store.write { db in
            try person.insertForTests(in: [house?.id ?? world.organization.id], db: db)
            if let email { try db.run("INSERT INTO person_email VALUES (\(world.territory.id), \(person.id), 0, \(email), '', NULL)") }
        }
        return person
    }

    /// A note of the file that the tests need.
    func detail(_ person: Person, neverEmail: Bool = false, neverVoicemail: Bool = false) async throws {
        try await store.write { db in
            try db.run(
                """
                INSERT INTO person_detail (territory_id, person_id, never_post, never_email, never_voicemail, address_hidden, caution)
                VALUES (\(world.territory.id), \(person.id), FALSE, \(neverEmail), \(neverVoicemail), FALSE, '')
                """)
        }
    }

    func archive(_ person: Person, _ reason: Archiving.Reason) async throws {
        try await store.write { db in
            try db.run(
                """
                INSERT INTO archiving (territory_id, person_id, reason, why, at, by_agent)
                VALUES (\(world.territory.id), \(person.id), \(reason), '', \(World.now), \(manager.agent.id))
                """)
        }
    }

    func refusal(_ body: () async throws -> Void) async throws -> Refusal? {
        do {
            try await body()
            return nil
        } catch let refusal as Refusal { return refusal }
    }
}
