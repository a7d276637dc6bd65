import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("The administrators of a territory")
struct AdministratorTests {
    let now = Office.now

    func second(_ office: Office, in store: Store) async throws -> Acting {
        let agent = try await office.acting(.reception, "Second", in: store).agent
        try await office.give(agent, in: store)
        try await store.write { db in try TerritoryRole.set([.administrator], of: agent.id, by: office.admin, at: now, in: db) }
        return try await office.world.acting(agent, in: store)
    }

    @Test("the last one keeps their right, their account and their e-mail", arguments: Engine.available)
    func last(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let (id, admin) = (office.administrator.id, office.admin)
            let verbs: [@Sendable (Writer) throws -> Void] = [
                { try TerritoryRole.set([], of: id, by: admin, at: now, in: $0) },
                { try TerritoryRole.set([.dataProtection], of: id, by: admin, at: now, in: $0) },
                { try Agent.disable(id, by: admin, at: now, in: $0) },
                { try Agent.change(id, to: .init(firstName: "Claire", lastName: "Sallaberry"), by: admin, at: now, in: $0) },
            ]
            for verb in verbs {
                await #expect(throws: Refusal.lastAdministrator) { try await store.write { db in try verb(db) } }
            }
            let again = try await office.world.acting(office.administrator, in: store)
            #expect(again.territoryRoles == [.administrator])
        }
    }

    @Test("one who never chose a password does not count as another", arguments: Engine.available)
    func withoutPassword(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            try await store.write { db in
                try TerritoryRole.set([.administrator], of: office.world.worker.id, by: office.admin, at: now, in: db)
            }
            await #expect(throws: Refusal.lastAdministrator) {
                try await store.write { db in try TerritoryRole.set([], of: office.administrator.id, by: office.admin, at: now, in: db) }
            }
        }
    }

    @Test("two who remove each other at once leave one", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let second = try await second(office, in: store)
            for round in 0..<10 {
                let codes = await withTaskGroup(of: String.self) { group in
                    for (acting, other) in [(office.admin, second), (second, office.admin)] {
                        group.addTask {
                            do {
                                try await store.write { db in try TerritoryRole.set([], of: other.agent.id, by: acting, at: now, in: db) }
                                return "removed"
                            } catch { return (error as? Refusal)?.code ?? "\(error)" }
                        }
                    }
                    return await group.reduce(into: []) { $0.append($1) }.sorted()
                }
                #expect(codes == ["last-administrator", "removed"], "round \(round)")
                try await store.write { db in
                    for acting in [office.admin, second] where try TerritoryRole.all(of: acting.agent.id, of: 64, in: db).isEmpty {
                        try TerritoryRole.set([.administrator], of: acting.agent.id, by: acting, at: now, in: db)
                    }
                }
            }
        }
    }

    @Test("the first comes from the command line, with the territory when there is none", arguments: Engine.available)
    func first(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let draft = AgentDraft(firstName: "Anne", lastName: "Borda", email: "anne@example.org")
            let first = FirstAgent(territory: "pyrenees", territoryName: "Pyrénées d’essai", draft: draft, administrator: true)
            let made = try await Agent.createFirst(first, password: Office.password, at: now, hasher: Office.hasher, in: store)
            #expect(made.territory.name == "Pyrénées d’essai" && made.territory.slug == "pyrenees")
            let session = try await SignIn(email: "anne@example.org", password: Office.password, address: "x")
                .open(at: now, hasher: Office.hasher, in: store)
            let acting = try await Session.resume(token: session.token.text, now: now, in: store)
            #expect(acting?.territoryRoles == [.administrator])
            let next = FirstAgent(
                territory: "pyrenees", draft: .init(firstName: "", lastName: "Simple", email: "simple@example.org"), administrator: false)
            let other = try await Agent.createFirst(next, password: Office.password, at: now, hasher: Office.hasher, in: store)
            #expect(other.territory.id == made.territory.id)
            #expect(try await store.number("SELECT count(*) FROM territory_role") == 1)
            #expect(try await store.journal().allSatisfy { $0.contains(" system ") || $0.hasPrefix("signed-in agent") })
        }
    }

    @Test(
        "the command line refuses a bad slug, a weak password and an e-mail that is taken, and writes nothing", arguments: Engine.available)
    func firstRefused(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let before = try await store.number("SELECT count(*) FROM agent")
            for (slug, email, password, field) in [
                ("Pyrénées", "a@example.org", Office.password, "territory"), ("api", "a@example.org", Office.password, "territory"),
                ("pyrenees", "a", Office.password, "email"), ("pyrenees", "a@example.org", "motdepasse123", "password"),
                ("pyrenees", office.administrator.email!, Office.password, "email"),
            ] {
                let first = FirstAgent(territory: slug, draft: .init(firstName: "", lastName: "B", email: email), administrator: true)
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await Agent.createFirst(first, password: password, at: now, hasher: Office.hasher, in: store)
                }
                #expect(refusal?.fields[field] != nil, "\(slug) \(email)")
            }
            #expect(try await store.number("SELECT count(*) FROM agent") == before)
            #expect(try await store.number("SELECT count(*) FROM territory") == 1)
        }
    }

    @Test("the command line sets a password and disables an account", arguments: Engine.available)
    func commands(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let session = try await office.signIn(in: store)
            try await Agent.setPassword(Office.other, email: "Claire.64@example.org", at: now, hasher: Office.hasher, in: store)
            #expect(try await Session.resume(token: session.token.text, now: now, in: store) == nil)
            _ = try await office.signIn(nil, Office.other, in: store)
            try await Agent.disable(email: "claire.64@example.org", at: now, in: store)
            await #expect(throws: Refusal.wrongCredentials) { _ = try await office.signIn(nil, Office.other, in: store) }
            await #expect(throws: Refusal.self) { try await Agent.disable(email: "nobody@example.org", at: now, in: store) }
        }
    }
}
