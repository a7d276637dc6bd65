import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A return mailbox")
struct ReturnReadingTests {
    @Test("is read by one at a time, and what one left half done another goes on with", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let world = try await ReturnWorld.make(try await Outbox.make(in: stores[0]))
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            let readings = try await withThrowingTaskGroup(of: ReturnReading?.self) { group in
                for number in 0..<6 { group.addTask { try await world.reading(in: stores[number % 2]) } }
                return try await group.reduce(into: []) { $0 += [$1].compactMap { $0 } }
            }
            #expect(readings.count == 1)
            let first = try #require(readings.first), late = World.now.adding(seconds: 121)
            let second = try #require(try await world.reading(at: late, in: stores[1]))
            let found = ReturnReading.Found(validity: 7, uid: 1, delivery: sent[0].id, mail: .answer("Bonjour"))
            async let one = first.record(found, at: late, in: stores[0])
            async let other = second.record(found, at: late, in: stores[1])
            let kinds = try await [one, other]
            #expect(kinds == [nil, .answered], "whose time was over does nothing any more")
            #expect(try await replies(world).count == 1)
            for store in stores { await store.close() }
        }
    }

    @Test("goes on after the last letter that was dealt with, until its numbers begin again", arguments: Engine.available)
    func progress(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            try await world.comesBack(.answer("?"), to: nil, uid: 41)
            let next = try #require(try await world.reading(at: World.now.adding(minutes: 1)))
            #expect(next.validity == 7 && next.lastUID == 41)
            try await next.end(.credentials, at: World.now.adding(minutes: 1), in: world.store)
            #expect(try await world.reading(at: World.now.adding(seconds: 80)) == nil, "not at once after a failure")
            let reception = world.outbox.reception
            await #expect(throws: Refusal.self) {
                try await world.store.read { db in try ReturnFigures.read(since: World.now, for: reception, in: db) }
            }
            let (count, trouble): (Int?, String?) = try await world.store.read { db in
                (
                    try db.first("SELECT count(*) FROM return_mail WHERE kind = 'unknown' AND uid = 41") { try $0[0] },
                    try db.first("SELECT trouble FROM return_mailbox") { try $0[0] }
                )
            }
            #expect(count == 1 && trouble == "credentials")
        }
    }

    private func replies(_ world: ReturnWorld) async throws -> [ReplyDetails] {
        let acting = try await world.outbox.world.acting(world.outbox.world.worker, in: world.store)
        return try await world.store.read { db in try ReplyDetails.all(seenBy: acting, settledSince: World.now, in: db) }
    }

    @Test("brings an answer to who sees the appointment; it changes nothing by itself", arguments: Engine.available)
    func answer(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            let appointment = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            let mail = ReturnedMail.answer("NON\n\nLe 29 nov. 2026 à 12:00, X a écrit :\n> Bonjour", from: "autre@example.org")
            #expect(try await world.comesBack(mail, to: sent[0].id) == .answered)
            let brought = try await replies(world)
            #expect(brought.map(\.reply.text) == ["NON"] && brought.map(\.personName) == ["Jean Adresse"])
            let reply = try #require(brought.first?.reply)
            #expect(reply.meaning == .no && reply.effect == .toRead && reply.settledAt == nil && reply.isByEmail)
            #expect(reply.appointmentID == appointment.id && reply.forStart == appointment.startsAt && reply.sender == "autre@example.org")
            let statuses = try await world.store.read { db in try Participation.of(appointment, in: db).map(\.status) }
            #expect(statuses == [.upcoming])
            // The same letter, brought twice by the servers: one answer.
            #expect(try await world.comesBack(mail, to: sent[0].id, uid: 2, at: World.now.adding(minutes: 1)) == .answered)
            #expect(try await replies(world).count == 1)
            #expect(
                try await world.comesBack(.answer("Bonjour", id: "<2@x>"), to: sent[0].id, uid: 3, at: World.now.adding(minutes: 2))
                    == .answered)
            #expect(try await replies(world).count == 2)
        }
    }

    @Test("drops what machines answer, and keeps for a human what nothing ties to a message", arguments: Engine.available)
    func rest(on engine: Engine) async throws {
        try await ReturnWorld.with(engine) { world in
            _ = try await world.book(World.at(3, 9))
            let sent = try await world.send()
            let absent = ReturnedMail(head: [.init("Auto-Submitted", "auto-replied")], sender: "jean@example.org", plain: "Je suis absent")
            let tries: [(ReturnedMail?, ID<Delivery>?, ReturnReading.Kind)] = [
                (absent, sent[0].id, .automatic), (.answer("Bonjour"), nil, .unknown), (.bounce(), .new(), .unknown), (nil, nil, .unknown),
                (.answer(String(repeating: "long \0", count: 9_000)), sent[0].id, .answered),
            ]
            for (number, (mail, delivery, kind)) in tries.enumerated() {
                let found = try await world.comesBack(mail, to: delivery, uid: Int64(number + 1), at: World.now.adding(minutes: number))
                #expect(found == kind, "\(number)")
            }
            #expect(try await world.messages().map(\.state) == [.handed])
            #expect(try await replies(world).map(\.reply.text.count) == [Reply.longest])
        }
    }
}
