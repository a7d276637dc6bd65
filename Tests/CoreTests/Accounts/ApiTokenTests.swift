import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("An API token")
struct ApiTokenTests {
    let now = Office.now

    func make(_ scope: TokenScopes.Level, days: Int = 30, _ office: Office, in store: Store) async throws -> SecretToken {
        try await store.write { db in
            try ApiToken.create(.init(name: "Export", scope: scope, days: days), by: office.admin, at: now, in: db)
        }
    }

    @Test("does what its agent may until it expires or is revoked; it is shown once and kept hashed", arguments: Engine.available)
    func works(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let secret = try await make(.write, office, in: store)
            #expect(secret.text.hasPrefix("lien_"))
            func acting(_ days: Int) async throws -> Acting? {
                try await store.read { db in try ApiToken.acting(token: secret.text, now: now.adding(days: days), in: db) }
            }
            #expect(try await acting(0)?.agent == office.administrator)
            #expect(try await acting(0)?.can(.setUpTerritory) == true)
            #expect(try await acting(29) != nil)
            #expect(try await acting(30) == nil)
            let listed = try await store.read { db in try ApiToken.all(of: office.admin, now: now, in: db) }
            #expect(listed.map(\.name) == ["Export"])
            try await store.write { db in try ApiToken.revoke(listed[0].id, by: office.admin, at: now, in: db) }
            #expect(try await acting(0) == nil)
            #expect(try await store.read { db in try ApiToken.all(of: office.admin, now: now, in: db) }.isEmpty)
        }
    }

    @Test("that only reads is refused whatever writes, and no one makes a token with it", arguments: Engine.available)
    func readOnly(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let secret = try await make(.read, office, in: store)
            let acting = try #require(try await store.read { db in try ApiToken.acting(token: secret.text, now: now, in: db) })
            #expect(acting.readOnly && acting.can(.seeRights) && !acting.can(.setUpTerritory))
            await #expect(throws: Refusal.tokenScope) {
                try await store.write { db in _ = try Area(name: "Béarn").create(by: acting, at: now, in: db) }
            }
            await #expect(throws: Refusal.tokenScope) {
                try await store.write { db in
                    _ = try ApiToken.create(.init(name: "Autre", scope: .write, days: 30), by: acting, at: now, in: db)
                }
            }
            await #expect(throws: Refusal.tokenScope) {
                try await Agent.changePassword(
                    from: Office.password, to: Office.other, session: nil, by: acting, at: now, hasher: Office.hasher, in: store)
            }
        }
    }

    @Test("is its owner's alone, and dies with their account", arguments: Engine.available)
    func owned(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let worker = try await office.world.acting(office.world.worker, in: store)
            let secret = try await store.write { db in
                try ApiToken.create(.init(name: "Agenda", scope: .write, days: 365), by: worker, at: now, in: db)
            }
            let token = try await store.read { db in try ApiToken.all(of: worker, now: now, in: db)[0] }
            await #expect(throws: Refusal.notFound) {
                try await store.write { db in try ApiToken.revoke(token.id, by: office.admin, at: now, in: db) }
            }
            try await store.write { db in
                try Agent.disable(worker.agent.id, by: office.admin, at: now, in: db)
                try Agent.enable(worker.agent.id, by: office.admin, at: now, in: db)
            }
            #expect(try await store.read { db in try ApiToken.acting(token: secret.text, now: now, in: db) } == nil)
        }
    }

    @Test("goes no further than its scopes, whatever its agent may", arguments: Engine.available)
    func scopes(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store)
            let narrow = TokenScopes([.people: .read, .appointments: .write])
            let secret = try await store.write { db in
                try ApiToken.create(.init(name: "Agenda", scopes: narrow, days: 365), by: worker, at: now, in: db)
            }
            let acting = try #require(try await store.read { db in try ApiToken.acting(token: secret.text, now: now, in: db) })
            #expect(acting.scopes == narrow)
            #expect(acting.can(.findPeople) && acting.can(.book) && !acting.can(.editPeople))
            #expect(throws: Refusal.tokenScope) { try acting.require(.editPeople, in: world.organization.id) }
            #expect(throws: Refusal.forbidden) { try acting.require(.sayAway, in: world.organization.id) }
            await #expect(throws: Refusal.tokenScope) {
                try await store.write { db in
                    _ = try ApiToken.create(.init(name: "Plus", scope: .write, days: 30), by: acting, at: now, in: db)
                }
            }
            #expect(try await store.read { db in try ApiToken.all(of: worker, now: now, in: db) }.first?.scopes == narrow)
        }
    }

    @Test("lasts a year at most, says the schema, and is open to something, says the form", arguments: Engine.available)
    func limits(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let closed = await #expect(throws: Refusal.self) {
                try await store.write { db in
                    _ = try ApiToken.create(.init(name: "Rien", scope: .none, days: 30), by: office.admin, at: now, in: db)
                }
            }
            #expect(closed?.fields.keys.sorted() == ["scopes"])
            _ = try await make(.read, days: 365, office, in: store)
            let old = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in try db.run("UPDATE api_token SET expires_at = created_at + 31622401") }
            }
            #expect(old?.name == "api_token_life")
        }
    }

    @Test("needs a name and a life of the list", arguments: Engine.available)
    func checked(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let refusal = await #expect(throws: Refusal.self) {
                try await store.write { db in
                    _ = try ApiToken.create(.init(name: "  ", scope: .read, days: 4000), by: office.admin, at: now, in: db)
                }
            }
            #expect(refusal?.fields.keys.sorted() == ["days", "name"])
        }
    }
}
