import Core
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Idempotency-Key")
struct IdempotencyTests {
    @Test("the same creation asked twice is done once, and answered alike", arguments: Engine.available)
    func twice(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let first = try await program.post("/appointments", site.booking(), key: "a")
            let second = try await program.post("/appointments", site.booking(), key: "a")
            #expect(first.status == 201 && second.status == 201 && first.text == second.text)
            #expect(first.location == second.location && second.location != nil)
            #expect(try await site.count("SELECT count(*) FROM appointment") == 1)
        }
    }

    @Test("a key that served for something else is refused, at another address too", arguments: Engine.available)
    func reused(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let booked = try await program.post("/appointments", site.booking(), key: "a")
            let other = try await program.post("/appointments", site.booking(at: World.at(0, 10)), key: "a")
            #expect(other.status == 422 && other.code == "idempotency-key-reused")
            let person = try await program.post("/people", ["last_name": "Arrieta"], key: "a")
            #expect(person.code == "idempotency-key-reused")
            #expect(try await site.count("SELECT count(*) FROM appointment") == 1 && booked.status == 201)
        }
    }

    @Test("the key of one agent is not another’s, and a refusal keeps none", arguments: Engine.available)
    func ofWhom(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let wrong = site.booking { $0["phone"] = "12" }
            #expect(try await program.post("/appointments", wrong, key: "a").status == 422)
            #expect(try await program.post("/appointments", site.booking(), key: "a").status == 201)
            let colleague = try await site.program(of: site.world.worker)
            let other = try await colleague.post("/appointments", site.booking(at: World.at(0, 10)) { $0["again"] = true }, key: "a")
            #expect(other.status == 201, "\(other.text)")
        }
    }

    @Test("a key is kept a day", arguments: Engine.available)
    func aDay(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let body: JSONValue = ["last_name": "Arrieta", "create_anyway": true]
            let first = try await program.post("/people", body, key: "a")
            site.deskful.clock.advance(minutes: 23 * 60)
            #expect(try await program.post("/people", body, key: "a").text == first.text)
            site.deskful.clock.advance(minutes: 61)
            let later = try await program.post("/people", body, key: "a")
            #expect(later.status == 201 && later.id != first.id)
            try await Purge.idempotency.run(at: site.deskful.clock.now.adding(days: 2), in: site.store)
            #expect(try await site.count("SELECT count(*) FROM idempotency") == 0)
        }
    }

    @Test("of many at once with one key, one does it and all hear the same", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await APISite.with(engine) { site in
            let program = try await site.program(of: site.world.reception)
            let answers = try await withThrowingTaskGroup(of: Program.Answer.self) { group in
                for _ in 0..<6 { group.addTask { try await program.post("/appointments", site.booking(), key: "a") } }
                for _ in 0..<6 {
                    group.addTask { try await program.post("/people", ["last_name": "Arrieta", "create_anyway": true], key: "b") }
                }
                return try await group.reduce(into: []) { $0.append($1) }
            }
            #expect(answers.allSatisfy { $0.status == 201 }, "\(answers.map(\.text))")
            #expect(Set(answers.map(\.text)).count == 2)
            #expect(try await site.count("SELECT count(*) FROM appointment") == 1)
            #expect(try await site.count("SELECT count(*) FROM person WHERE last_name = 'Arrieta'") == 1)
        }
    }

    @Test("a key that cannot be one is refused")
    func unreadable() async throws {
        try await APISite.with(.sqlite) { site in
            let program = try await site.program(of: site.world.reception)
            for key in ["é", String(repeating: "a", count: 256), "a b"] {
                #expect(try await program.post("/people", ["last_name": "Arrieta"], key: key).code == "invalid-idempotency-key", "\(key)")
            }
        }
    }
}
