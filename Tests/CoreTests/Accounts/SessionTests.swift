import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A session")
struct SessionTests {
    let now = Office.now

    func acting(_ session: OpenedSession, after seconds: Int, in store: Store) async throws -> Acting? {
        try await Session.resume(token: session.token.text, now: now.adding(seconds: seconds), in: store)
    }

    @Test("ends after two idle hours, lives on when it is used, and ends after twelve whatever happens", arguments: Engine.available)
    func expires(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let idle = try await office.signIn(in: store)
            #expect(try await acting(idle, after: Session.idle, in: store) == nil)
            let used = try await office.signIn(in: store)
            for hour in 1..<12 { #expect(try await acting(used, after: hour * 3600, in: store) != nil, "\(hour)") }
            #expect(try await acting(used, after: Session.absolute - 1, in: store) != nil)
            #expect(try await acting(used, after: Session.absolute, in: store) == nil)
        }
    }

    @Test("notes that it was used at most once a minute", arguments: Engine.available)
    func touched(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let session = try await office.signIn(in: store)
            let start = Int(now.rawValue)
            for (second, seen) in [(59, 0), (60, 60), (100, 60), (120, 120)] {
                _ = try await acting(session, after: second, in: store)
                #expect(try await store.number("SELECT seen_at FROM session") == start + seen, "\(second)")
            }
        }
    }

    @Test("an unknown or altered token opens nothing", arguments: Engine.available)
    func unknown(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let session = try await office.signIn(in: store)
            for token in ["", "x", session.token.text.lowercased(), session.token.text + "A"] {
                #expect(try await Session.resume(token: token, now: now, in: store) == nil)
            }
        }
    }

    @Test("signing out ends this one, signing out everywhere ends all, and only one's own", arguments: Engine.available)
    func ends(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let worker = office.world.worker
            try await office.give(worker, in: store)
            let sessions = [try await office.signIn(in: store), try await office.signIn(in: store), try await office.signIn(in: store)]
            let other = try await office.signIn(worker.email, in: store)
            try await store.write { db in
                try Session.end(token: sessions[0].token.text, by: office.admin, at: now, in: db)
                try Session.end(token: other.token.text, by: office.admin, at: now, in: db)
            }
            #expect(try await acting(sessions[0], after: 1, in: store) == nil)
            #expect(try await acting(sessions[1], after: 1, in: store) != nil)
            #expect(try await acting(other, after: 1, in: store) != nil)
            let listed = try await store.read { db in
                try Session.all(of: office.admin, current: sessions[2].token.text, now: now, in: db)
            }
            #expect(listed.count == 2 && listed.filter(\.isCurrent).count == 1)
            #expect(try await store.write { db in try Session.endAll(of: office.admin, at: now, in: db) } == 2)
            #expect(try await acting(sessions[2], after: 1, in: store) == nil)
            #expect(try await acting(other, after: 1, in: store) != nil)
            #expect(try await store.journal().suffix(2) == ["signed-out agent {}", #"signed-out agent {"sessions":"2"}"#])
        }
    }

    @Test("ends when its agent is disabled, and its agent's other sessions end when the password changes", arguments: Engine.available)
    func closed(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let here = try await office.signIn(in: store)
            let there = try await office.signIn(in: store)
            try await Agent.changePassword(
                from: Office.password, to: Office.other, session: here.token.text, by: office.admin, at: now, hasher: Office.hasher,
                in: store)
            #expect(try await acting(here, after: 1, in: store) != nil)
            #expect(try await acting(there, after: 1, in: store) == nil)
            await #expect(throws: Refusal.wrongCredentials) { _ = try await office.signIn(in: store) }
            _ = try await office.signIn(nil, Office.other, in: store)

            let worker = office.world.worker
            try await office.give(worker, in: store)
            let session = try await office.signIn(worker.email, in: store)
            try await store.write { db in try Agent.disable(worker.id, by: office.admin, at: now, in: db) }
            #expect(try await acting(session, after: 1, in: store) == nil)
            try await store.write { db in try Agent.enable(worker.id, by: office.admin, at: now, in: db) }
            #expect(try await acting(session, after: 1, in: store) == nil, "it does not come back with the agent")
        }
    }

    @Test("the schema keeps hashes of 32 bytes, never a token itself", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let agent = office.administrator
            let token = Array("un jeton en clair, bien trop long pour une empreinte".utf8)
            await #expect(throws: ConstraintViolation(name: "session_token_hashed")) {
                try await store.write { db in
                    try db.run("INSERT INTO session VALUES (\(token), \(agent.territoryID), \(agent.id), \(now), \(now), \(now))")
                }
            }
            await #expect(throws: ConstraintViolation(name: "api_token_hashed")) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO api_token (territory_id, id, token, agent_id, name, scope, created_at, expires_at)
                        VALUES (\(agent.territoryID), \(ID<ApiToken>.new()), \(token), \(agent.id), 'x', 'read', \(now), \(now))
                        """)
                }
            }
            await #expect(throws: ConstraintViolation(name: "password_link_hashed")) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO password_link (territory_id, agent_id, token, created_by, created_at, expires_at)
                        VALUES (\(agent.territoryID), \(agent.id), \(token), \(agent.id), \(now), \(now))
                        """)
                }
            }
            await #expect(throws: ConstraintViolation(name: "agent_password_hashed")) {
                try await store.write { db in try db.run("UPDATE agent SET password = 'en clair' WHERE id = \(agent.id)") }
            }
        }
    }
}
