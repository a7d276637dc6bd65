import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("What must not wait leaves at any hour, for a reason")
struct UrgentTests {
    private func cancel(_ appointment: Appointment, urgent: String?, in outbox: Outbox, at now: Instant) async throws {
        try await appointment.cancel(
            .cancelledByService, .alone, why: "Agent absent", urgent: urgent, by: outbox.reception, at: now, in: outbox.store)
    }

    @Test("a cancellation on a Sunday waits for Monday, unless someone says why not", arguments: Engine.available)
    func sunday(on engine: Engine) async throws {
        for (why, leaves) in [(nil, false), ("Accident grave", true)] as [(String?, Bool)] {
            try await Outbox.with(engine) { outbox in
                let appointment = try await outbox.book(World.at(3, 9))
                try await outbox.send()
                #expect(Message.wouldWait(about: [appointment.startsAt], of: outbox.world.territory, at: World.now))
                try await cancel(appointment, urgent: why, in: outbox, at: World.now)
                #expect(try await outbox.send().count == (leaves ? 1 : 0))
                let message = try #require(try await outbox.messages(.cancellation).first)
                #expect(message.urgentBecause == why && message.state == (leaves ? .handed : .waiting))
                let kept = try await outbox.store.read { db in
                    try db.all("SELECT payload FROM journal_payload") { try $0[0] as String }.filter { $0.contains("Accident grave") }
                }
                #expect(kept.count == (leaves ? 1 : 0))
            }
        }
    }

    @Test("so does a move; nothing is written when the why is too short", arguments: Engine.available)
    func move(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(3, 9))
            try await outbox.send()
            let place = AppointmentFact.Place(agentID: outbox.world.worker.id, startsAt: World.at(2, 9))
            await #expect(throws: Refusal.urgentWhy) {
                try await appointment.move(
                    to: place, .alone, urgent: "  ok ", by: outbox.reception, at: World.now, in: outbox.store)
            }
            #expect(try await outbox.store.read { db in try Appointment.find(appointment.id, of: 64, in: db) }?.startsAt == World.at(3, 9))
            try await appointment.move(
                to: place, .alone, urgent: " Neige annoncée ", by: outbox.reception, at: World.now, in: outbox.store)
            #expect(try await outbox.send().count == 1)
            #expect(try await outbox.messages(.change).map(\.urgentBecause) == ["Neige annoncée"])
        }
    }

    @Test("and an agent away this very day, early in the morning", arguments: Engine.available)
    func today(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(0, 19))
            try await outbox.send()
            let early = World.at(0, 6)
            _ = try await Absence.declareToday(
                of: outbox.world.worker.id, wholeDay: true, urgent: "Accident de la route", by: outbox.reception, at: early,
                in: outbox.store)
            #expect(try await outbox.send(at: early).count == 1)
        }
    }

    @Test("only a change or a cancellation is urgent, and never without a reason: the schema refuses it", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.book(World.at(3, 9))
            for (purpose, why) in [("confirmation", "Assez long"), ("cancellation", "   "), ("change", "ok")] {
                await #expect(throws: ConstraintViolation(name: "message_urgent")) {
                    try await outbox.store.write { db in try db.run("UPDATE message SET purpose = \(purpose), urgent_because = \(why)") }
                }
            }
        }
    }

    @Test("is not offered by day, nor for what is in hours", arguments: Engine.available)
    func offered(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let territory = outbox.world.territory
            #expect(!Message.wouldWait(about: [World.at(3, 9)], of: territory, at: World.at(0, 10)))
            #expect(!Message.wouldWait(about: [World.at(0, 9)], of: territory, at: World.at(-1, 22)))
            #expect(Message.wouldWait(about: [World.at(0, 9), World.at(1, 9)], of: territory, at: World.at(-1, 22)))
        }
    }
}
