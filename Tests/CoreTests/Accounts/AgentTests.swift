import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Agents and their rights")
struct AgentTests {
    let now = Office.now

    @Test("an administrator creates one; their e-mail is unique over the whole database, in lower case", arguments: Engine.available)
    func creates(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let elsewhere = try await Office.make(in: store, territoryID: 40)
            let draft = AgentDraft(firstName: " Anne ", lastName: "  Etcheverry   Borda ", email: " Anne.E@Example.ORG ")
            let agent = try await store.write { db in try Agent.create(draft, by: office.admin, at: now, in: db) }
            #expect(agent.name == "Anne Etcheverry Borda" && agent.email == "anne.e@example.org")
            let refusal = await #expect(throws: Refusal.self) {
                try await store.write { db in
                    _ = try Agent.create(
                        .init(firstName: "", lastName: "Autre", email: "ANNE.E@example.org"), by: elsewhere.admin, at: now, in: db)
                }
            }
            #expect(refusal?.code == "email-taken" && refusal?.fields["email"] != nil)
            await #expect(throws: ConstraintViolation(name: "agent_email_folded")) {
                try await store.write { db in try db.run("UPDATE agent SET email = 'Anne@example.org' WHERE id = \(agent.id)") }
            }
        }
    }

    @Test("what is wrong is said field by field", arguments: Engine.available)
    func complains(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            for (draft, fields) in [
                (AgentDraft(firstName: "Anne", lastName: " ", email: "anne"), ["email", "last_name"]),
                (
                    AgentDraft(firstName: String(repeating: "a", count: 101), lastName: "B", email: "a@b@example.org"),
                    ["email", "first_name"]
                ),
            ] {
                let refusal = await #expect(throws: Refusal.self) {
                    try await store.write { db in _ = try Agent.create(draft, by: office.admin, at: now, in: db) }
                }
                #expect(refusal?.fields.keys.sorted() == fields)
            }
        }
    }

    @Test("one without e-mail has an agenda and no login", arguments: Engine.available)
    func intervenant(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let agent = try await store.write { db in
                try Agent.create(.init(firstName: "Yves", lastName: "Hirigoyen", email: "  "), by: office.admin, at: now, in: db)
            }
            #expect(agent.email == nil)
            let refusal = await #expect(throws: Refusal.self) { try await office.give(agent, in: store) }
            #expect(refusal?.code == "no-email")
            await #expect(throws: ConstraintViolation(name: "agent_login")) {
                try await store.write { db in try db.run("UPDATE agent SET password = 'scrypt$x' WHERE id = \(agent.id)") }
            }
        }
    }

    @Test("a change is journalled with what was before; without an e-mail any more nothing opens any more", arguments: Engine.available)
    func changes(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let worker = office.world.worker
            try await office.give(worker, in: store)
            let session = try await office.signIn(worker.email, in: store)
            try await store.write { db in
                try Agent.change(
                    worker.id, to: .init(firstName: "Maïté", lastName: "Ithurralde-Paz", email: worker.email), by: office.admin, at: now,
                    in: db)
            }
            #expect(
                try await store.journal().last
                    == #"changed agent {"last_name.after":"Ithurralde-Paz","last_name.before":"Ithurralde","what":"agent"}"#)
            #expect(try await Session.resume(token: session.token.text, now: now, in: store) != nil)
            try await store.write { db in
                try Agent.change(worker.id, to: .init(firstName: "Maïté", lastName: "Paz"), by: office.admin, at: now, in: db)
            }
            #expect(try await Session.resume(token: session.token.text, now: now, in: store) == nil)
            #expect(try await store.number("SELECT count(*) FROM agent WHERE id = \(worker.id) AND password IS NOT NULL") == 0)
        }
    }

    @Test("whatever changes who can be booked changes their calendar's version in the same transaction", arguments: Engine.available)
    func calendars(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let (world, admin) = (office.world, office.admin)
            let worker = world.worker
            var version = try await store.calendarVersion(of: worker)
            func bumped(_ change: @escaping @Sendable (Writer) throws -> Void) async throws -> Bool {
                try await store.write { db in try change(db) }
                defer { version += 1 }
                return try await store.calendarVersion(of: worker) == version + 1
            }
            #expect(
                try await bumped { db in
                    try Membership(organizationID: world.elsewhere.id, agentID: worker.id, roles: [.worker]).save(
                        by: admin, at: now, in: db)
                })
            #expect(try await bumped { db in try Agent.setServices([world.pmi.id], of: worker.id, by: admin, at: now, in: db) })
            #expect(try await bumped { db in try Agent.disable(worker.id, by: admin, at: now, in: db) })
            #expect(try await bumped { db in try Agent.enable(worker.id, by: admin, at: now, in: db) })
            let acting = try await world.acting(worker, in: store)
            #expect(acting.services == [world.pmi.id] && acting.roles[world.elsewhere.id] == [.worker])
        }
    }

    @Test("the zone and the holidays of the territory decide every calendar", arguments: Engine.available)
    func zone(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let before = try await store.calendarVersion(of: office.world.worker)
            try await store.write { db in
                var settings = office.world.territory.settings
                settings.name = "Autre nom"
                try settings.save(by: office.admin, at: now, in: db)
            }
            #expect(try await store.calendarVersion(of: office.world.worker) == before)
            try await store.write { db in
                var settings = office.world.territory.settings
                settings.zone = "Indian/Reunion"
                try settings.save(by: office.admin, at: now, in: db)
            }
            #expect(try await store.calendarVersion(of: office.world.worker) == before + 1)
        }
    }

    @Test("of another territory are not found, whatever one does to them", arguments: Engine.available)
    func foreign(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let other = try await Office.make(in: store, territoryID: 40)
            let (stranger, admin) = (other.world.worker.id, office.admin)
            let verbs: [@Sendable (Writer) throws -> Void] = [
                { try Agent.change(stranger, to: .init(firstName: "", lastName: "Volé"), by: admin, at: now, in: $0) },
                { try Agent.disable(stranger, by: admin, at: now, in: $0) },
                { try Agent.enable(stranger, by: admin, at: now, in: $0) },
                { try Agent.setServices([office.world.social.id], of: stranger, by: admin, at: now, in: $0) },
                { try TerritoryRole.set([.administrator], of: stranger, by: admin, at: now, in: $0) },
                { _ = try PasswordLink.issue(for: stranger, by: admin, at: now, in: $0) },
                {
                    try Membership(organizationID: office.world.organization.id, agentID: stranger, roles: [.admin])
                        .save(by: admin, at: now, in: $0)
                },
                {
                    try Membership(organizationID: other.world.organization.id, agentID: office.world.worker.id, roles: [.admin])
                        .save(by: admin, at: now, in: $0)
                },
            ]
            let before = try await store.journal().count
            for verb in verbs {
                await #expect(throws: Refusal.notFound) { try await store.write { db in try verb(db) } }
            }
            let refusal = await #expect(throws: Refusal.self) {
                try await store.write { db in
                    try Agent.setServices([other.world.social.id], of: office.world.worker.id, by: admin, at: now, in: db)
                }
            }
            #expect(refusal?.fields["service_ids"] != nil)
            #expect(try await store.journal().count == before, "nothing was written")
        }
    }
}
