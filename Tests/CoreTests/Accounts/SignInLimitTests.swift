import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Guessing a password")
struct SignInLimitTests {
    let now = Office.now

    @Test("five failures and one waits, told how long, on every node; fifteen minutes later one may try again", arguments: Engine.available)
    func account(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let office = try await Office.make(in: stores[0])
            for attempt in 0..<5 {
                await #expect(throws: Refusal.wrongCredentials) {
                    _ = try await office.signIn(nil, "faux", at: now.adding(seconds: attempt * 60), in: stores[attempt % 2])
                }
            }
            for store in stores {
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await office.signIn(from: "198.51.100.7", at: now.adding(seconds: 300), in: store)
                }
                #expect(refusal?.kind == .tooMany && refusal?.sentence.contains("10\u{A0}minutes") == true)
            }
            _ = try await office.signIn(at: now.adding(seconds: 900), in: stores[1])
            for store in stores { await store.close() }
        }
    }

    @Test("a good password forgets the failures", arguments: Engine.available)
    func forgiven(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            for _ in 0..<4 { _ = try? await office.signIn(nil, "faux", in: store) }
            _ = try await office.signIn(in: store)
            for _ in 0..<4 { _ = try? await office.signIn(nil, "faux", in: store) }
            _ = try await office.signIn(in: store)
            #expect(try await store.number("SELECT count(*) FROM sign_in_failure") == 8, "those of the address stay")
        }
    }

    @Test("an address that fails thirty times waits, whatever the accounts it tries; others do not", arguments: Engine.available)
    func address(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            for number in 0..<30 { _ = try? await office.signIn("nobody\(number)@example.org", in: store) }
            let refusal = await #expect(throws: Refusal.self) { _ = try await office.signIn(in: store) }
            #expect(refusal?.kind == .tooMany)
            _ = try await office.signIn(from: "192.0.2.2", in: store)
        }
    }

    @Test("forty tries made at once on two nodes compare five passwords at most", arguments: Engine.available)
    func atOnce(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let office = try await Office.make(in: stores[0])
            let hasher = PasswordHasher(cost: .light)
            let codes = await withTaskGroup(of: String.self) { group in
                for number in 0..<40 {
                    group.addTask {
                        do {
                            _ = try await office.signIn(nil, "faux", from: "192.0.2.\(number)", hasher: hasher, in: stores[number % 2])
                            return "in"
                        } catch { return (error as? Refusal)?.code ?? "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(codes == ["wrong-credentials": 5, "too-many-sign-ins": 35])
            #expect(hasher.count == 5)
            for store in stores { await store.close() }
        }
    }

    @Test("what no longer counts is purged", arguments: Engine.available)
    func purged(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            _ = try? await office.signIn(nil, "faux", in: store)
            _ = try await office.signIn(from: "192.0.2.9", at: now.adding(seconds: 60), in: store)
            try await Purge.sessions.run(at: now.adding(seconds: 120), in: store)
            #expect(try await store.number("SELECT count(*) FROM sign_in_failure") == 1)
            #expect(try await store.number("SELECT count(*) FROM session") == 1)
            try await Purge.sessions.run(at: now.adding(seconds: 60 + Session.idle), in: store)
            #expect(try await store.number("SELECT count(*) FROM sign_in_failure") == 0)
            #expect(try await store.number("SELECT count(*) FROM session") == 0)
        }
    }
}
