import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Signing in")
struct SignInTests {
    let now = Office.now

    @Test("opens a session, whatever the case and spaces of the e-mail; the journal says so", arguments: Engine.available)
    func opens(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let session = try await office.signIn("  CLAIRE.64@Example.org ", in: store)
            let acting = try await store.read { db in try Session.acting(token: session.token.text, now: now, in: db) }
            #expect(acting?.agent == office.administrator)
            #expect(acting?.can(.setUpTerritory) == true)
            #expect(acting?.readOnly == false)
            #expect(try await store.journal().last == "signed-in agent {}")
        }
    }

    @Test("gives one refusal to an unknown account, a disabled one, one without password and a wrong password", arguments: Engine.available)
    func refuses(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let disabled = try await office.acting(.worker, "Parti", in: store)
            try await office.give(disabled.agent, in: store)
            try await store.write { db in try Agent.disable(disabled.agent.id, by: office.admin, at: now, in: db) }
            let hasher = PasswordHasher(cost: .light)
            for email in ["claire.64@example.org", "nobody@example.org", disabled.agent.email!, office.world.worker.email!, "", "x'; DROP"]
            {
                let password = email.hasPrefix("claire") ? "girafe-compas-tunnel-ardoisE" : Office.password
                await #expect(throws: Refusal.wrongCredentials, "\(email)") {
                    _ = try await office.signIn(email, password, hasher: hasher, in: store)
                }
            }
            #expect(hasher.count == 6, "each cost one derivation: nobody learns by the time who has an account")
            for password in ["", String(repeating: "a", count: 100_000)] {
                await #expect(throws: Refusal.wrongCredentials) { _ = try await office.signIn(nil, password, hasher: hasher, in: store) }
            }
        }
    }

    @Test("a refusal is journalled without the e-mail, which may be a password", arguments: Engine.available)
    func journalled(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            _ = try? await office.signIn(nil, "faux", in: store)
            let entries = try await store.journal()
            #expect(entries.last == #"refused anonymous {"what":"sign-in"}"#)
        }
    }

    @Test("neither the password nor the token is in the database", arguments: Engine.available)
    func hashed(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let session = try await office.signIn(in: store)
            let tokens = try await store.read { db in try db.all("SELECT token FROM session") { try $0[0] as [UInt8] } }
            #expect(tokens.count == 1 && tokens[0].count == 32 && tokens[0] != Array(session.token.text.utf8))
            let password = try await store.read { db in
                try db.first("SELECT password FROM agent WHERE id = \(office.administrator.id)") { try $0[0] as String }
            }
            #expect(password?.hasPrefix("scrypt$4$8$1$") == true && password?.contains("girafe") == false)
        }
    }

    @Test("a password hashed with less work than today is hashed again, and still opens", arguments: Engine.available)
    func rehashed(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let stronger = PasswordHasher(cost: ScryptCost(log2N: 5, blockSize: 8, parallelism: 1))
            _ = try await office.signIn(hasher: stronger, in: store)
            #expect(try await store.number("SELECT count(*) FROM agent WHERE password LIKE 'scrypt$5$%'") == 1)
            _ = try await office.signIn(hasher: stronger, in: store)
        }
    }

    @Test("two at once open two sessions", arguments: Engine.available)
    func twice(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            async let first = office.signIn(in: store)
            async let second = office.signIn(from: "192.0.2.2", in: store)
            let tokens = try await Set([first.token.text, second.token.text])
            #expect(tokens.count == 2)
            for token in tokens {
                #expect(try await store.read { db in try Session.acting(token: token, now: now, in: db) } != nil)
            }
        }
    }
}
