import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A password link")
struct PasswordLinkTests {
    let now = Office.now

    func issue(_ office: Office, at now: Instant = Office.now, in store: Store) async throws -> SecretToken {
        try await store.write { db in try PasswordLink.issue(for: office.world.worker.id, by: office.admin, at: now, in: db) }
    }

    func use(_ link: SecretToken, _ password: String = Office.password, after days: Int = 0, in store: Store) async throws {
        try await PasswordLink.use(token: link.text, password: password, at: now.adding(days: days), hasher: Office.hasher, in: store)
    }

    @Test("lets its agent choose a password, once, within seven days", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let link = try await issue(office, in: store)
            let found = try await store.read { db in try PasswordLink.find(token: link.text, now: now, in: db) }
            #expect(found.agent.id == office.world.worker.id && found.territory.id == 64)
            await #expect(throws: Refusal.linkExpired) { try await use(link, after: 7, in: store) }
            try await use(link, after: 6, in: store)
            _ = try await office.signIn(office.world.worker.email, in: store)
            await #expect(throws: Refusal.linkExpired) { try await use(link, Office.other, in: store) }
        }
    }

    @Test("used twice at once sets one password", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let link = try await issue(office, in: store)
            let codes = await withTaskGroup(of: String.self) { group in
                for password in [Office.password, Office.other] {
                    group.addTask {
                        do {
                            try await use(link, password, in: store)
                            return "set"
                        } catch { return (error as? Refusal)?.code ?? "\(error)" }
                    }
                }
                return await group.reduce(into: []) { $0.append($1) }.sorted()
            }
            #expect(codes == ["link-expired", "set"])
        }
    }

    @Test("ends with the next one, survives a weak password, and forgets failed sign-ins", arguments: Engine.available)
    func replaced(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let first = try await issue(office, in: store)
            let second = try await issue(office, in: store)
            await #expect(throws: Refusal.linkExpired) { try await use(first, in: store) }
            let refusal = await #expect(throws: Refusal.self) { try await use(second, "maite.ithurralde", in: store) }
            #expect(refusal?.fields["password"] != nil)
            for _ in 0..<5 { _ = try? await office.signIn(office.world.worker.email, "faux", in: store) }
            try await use(second, in: store)
            _ = try await office.signIn(office.world.worker.email, in: store)
        }
    }

    @Test("is given by administrators alone, and not for a disabled account", arguments: Engine.available)
    func given(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            for role in Role.allCases {
                let acting = try await office.acting(role, role.rawValue, in: store)
                await #expect(throws: Refusal.forbidden) {
                    try await store.write { db in _ = try PasswordLink.issue(for: office.administrator.id, by: acting, at: now, in: db) }
                }
            }
            let link = try await issue(office, in: store)
            try await store.write { db in try Agent.disable(office.world.worker.id, by: office.admin, at: now, in: db) }
            await #expect(throws: Refusal.linkExpired) { try await use(link, in: store) }
            let refusal = await #expect(throws: Refusal.self) { _ = try await issue(office, in: store) }
            #expect(refusal?.code == "agent-disabled")
        }
    }
}
