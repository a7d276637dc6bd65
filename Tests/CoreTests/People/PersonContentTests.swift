import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Notes, referents and appointments of a person") struct PersonContentTests {
    @Test("a note is read by the agents of its service, and by no one else", arguments: Engine.available)
    func notes(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let nurse = try await world.acting(try await world.hire(.worker, in: world.organization, [world.pmi], store: store), in: store)
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let person = world.person.id
            try await store.write { db in
                _ = try Note.add("  Vue ce matin.\r\nVa mieux. ", of: world.pmi.id, on: person, by: nurse, at: World.now, in: db)
                _ = try Note.add("Dossier RSA ouvert.", of: world.social.id, on: person, by: worker, at: World.now, in: db)
            }
            func read(by acting: Acting) async throws -> [String] {
                try await store.read { db in try Note.of(person, readBy: acting, in: db).map(\.text) }
            }
            #expect(try await read(by: nurse) == ["Vue ce matin.\nVa mieux."])
            #expect(try await read(by: worker) == ["Dossier RSA ouvert."])
            #expect(try await read(by: reception) == [])
            let stranger = try await world.acting(try await world.hire(.worker, in: world.elsewhere, [world.pmi], store: store), in: store)
            #expect(try await read(by: stranger) == [])
            #expect(try await world.journal(about: person, in: store).allSatisfy { !$0.payload.contains("RSA") })
        }
    }

    @Test("a note says something, within 5,000 characters, for a service of its author", arguments: Engine.available)
    func wrongNotes(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let cases: [(String, ID<Service>, Acting, String)] = [
                (" ", world.social.id, worker, "empty-note"),
                (String(repeating: "é", count: 5001), world.social.id, worker, "note-too-long"),
                ("Bien.", world.pmi.id, worker, "not-your-service"), ("Bien.", world.social.id, reception, "forbidden"),
                ("\0", world.social.id, worker, "not-text"),
            ]
            for (text, service, acting, code) in cases {
                await #expect {
                    try await store.write { db in
                        _ = try Note.add(text, of: service, on: world.person.id, by: acting, at: World.now, in: db)
                    }
                } throws: { ($0 as? Refusal)?.code == code }
            }
        }
    }

    @Test("a person has one referent a service, and a secret service's is hidden from strangers", arguments: Engine.available)
    func referents(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let nurseAgent = try await world.hire(.worker, in: world.organization, [world.pmi], store: store)
            let nurse = try await world.acting(nurseAgent, in: store), worker = try await world.acting(world.worker, in: store)
            let person = world.person.id
            try await store.write { db in
                try Referent.set(world.worker.id, of: world.social.id, for: person, by: worker, at: World.now, in: db)
                try Referent.set(world.colleague.id, of: world.social.id, for: person, by: worker, at: World.now, in: db)
                try Referent.set(nurseAgent.id, of: world.pmi.id, for: person, by: nurse, at: World.now, in: db)
            }
            func names(seenBy acting: Acting) async throws -> [String] {
                try await store.read { db in try Referent.of(person, seenBy: acting, in: db).map { "\($0.serviceName) \($0.agentName)" } }
            }
            #expect(try await names(seenBy: worker) == ["Service social Beñat Idiart"])
            #expect(try await names(seenBy: nurse) == ["PMI Agent worker", "Service social Beñat Idiart"])
            await #expect(throws: Refusal.notFound) {
                try await store.write { db in try Referent.set(nil, of: world.pmi.id, for: person, by: worker, at: World.now, in: db) }
            }
            await #expect {
                try await store.write { db in
                    try Referent.set(nurseAgent.id, of: world.social.id, for: person, by: worker, at: World.now, in: db)
                }
            } throws: { ($0 as? Refusal)?.code == "not-of-service" }
            try await store.write { db in try Referent.set(nil, of: world.social.id, for: person, by: worker, at: World.now, in: db) }
            #expect(try await names(seenBy: worker) == [])
            #expect(try await world.journal(about: person, in: store).map(\.act) == [.changed, .changed, .changed, .changed])
            let choices = try await store.read { db in try Referent.choices(for: person, seenBy: worker, in: db) }
            #expect(choices.map(\.agentName) == ["Beñat Idiart", "Maïté Ithurralde"])
        }
    }

    @Test(
        "appointments of others show their day and hour, their service when it is no secret, and nothing else", arguments: Engine.available)
    func appointments(_ engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let worker = try await world.acting(world.worker, in: store), reception = try await world.acting(world.reception, in: store)
            let soon = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            _ = try await world.booking(at: World.at(1, 9)).booked(again: true, by: reception, at: World.now, in: store)
            func seen(by acting: Acting, at now: Instant = World.now) async throws -> PersonFile {
                try await store.read { db in try PersonFile.read(world.person, by: acting, at: now, in: db) }
            }
            let own = try await seen(by: worker)
            #expect(own.appointments.map(\.startsAt) == [World.at(0, 9), World.at(1, 9)])
            #expect(own.appointments.first?.full?.reasonName == "Premier contact RSA" && own.messages.count == 2)
            #expect(try await seen(by: worker, at: World.at(0, 12)).appointments.map(\.startsAt) == [World.at(1, 9), World.at(0, 9)])
            let caller = try await world.acting(try await world.hire(.caller, in: world.organization, store: store), in: store)
            let masked = try await seen(by: caller)
            #expect(masked.appointments.first == .masked(.init(startsAt: World.at(0, 9), serviceName: "Service social")))
            #expect(masked.messages.isEmpty)
            try await store.write { db in try db.run("UPDATE service SET secret = TRUE WHERE id = \(world.social.id)") }
            #expect(try await seen(by: caller).appointments.first == .masked(.init(startsAt: World.at(0, 9), serviceName: nil)))
            try await soon.cancel(.cancelledByPerson, why: "", by: reception, at: World.now, in: store)
            #expect(try await seen(by: caller).appointments.map(\.startsAt) == [World.at(1, 9)])
            #expect(try await seen(by: worker).appointments.count == 2)
        }
    }
}
