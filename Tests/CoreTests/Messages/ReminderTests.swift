import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Reminders")
struct ReminderTests {
    @Test("are found once, two days before, and asking twice changes nothing", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.now, in: outbox.store)
            #expect(try await outbox.reminders().isEmpty, "too early to look")
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            try await Reminder.find(at: World.at(4, 10), in: outbox.store)
            #expect(try await outbox.reminders().map(\.dueAt) == [World.at(7, 10)])
            let message = try #require(try await outbox.messages(.reminder).first)
            #expect(try await outbox.messages(.reminder).count == 1)
            #expect(message.dueAt == World.at(7, 10) && message.forStart == appointment.startsAt)
        }
    }

    @Test("of an appointment that moves are withdrawn and found again at its new time", arguments: Engine.available)
    func moved(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            _ = try await appointment.move(
                to: .init(agentID: appointment.agentID, startsAt: World.at(11, 15)), by: outbox.reception, at: World.at(4, 10),
                in: outbox.store)
            try await Reminder.find(at: World.at(7, 10), in: outbox.store)
            let messages = try await outbox.messages(.reminder)
            #expect(messages.map(\.state) == [.withdrawn, .waiting])
            #expect(messages.last?.dueAt == World.at(9, 15))
            #expect(try await outbox.reminders().map(\.startsAt) == [World.at(11, 15)])
        }
    }

    @Test("about an hour that is no longer the appointment's do not pass the door", arguments: Engine.available)
    func stale(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await outbox.send()
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            try await outbox.store.write { db in
                try db.run("UPDATE appointment SET starts_at = starts_at + 300 WHERE id = \(appointment.id)")
            }
            #expect(try await outbox.take(at: World.at(7, 10)).isEmpty)
            #expect(try await outbox.messages(.reminder).first?.because == .moved)
        }
    }

    @Test("of an appointment given to another agent at the same hour are found again", arguments: Engine.available)
    func givenOver(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            _ = try await appointment.move(
                to: .init(agentID: outbox.world.colleague.id, startsAt: appointment.startsAt), by: outbox.reception, at: World.at(4, 10),
                in: outbox.store)
            try await Reminder.find(at: World.at(4, 11), in: outbox.store)
            #expect(try await outbox.messages(.reminder).map(\.state) == [.withdrawn, .waiting])
        }
    }

    @Test("of a cancelled appointment are none", arguments: Engine.available)
    func cancelled(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            try await appointment.cancel(.cancelledByPerson, why: "", by: outbox.reception, at: World.at(4, 10), in: outbox.store)
            try await Reminder.find(at: World.at(4, 11), in: outbox.store)
            #expect(try await outbox.messages(.reminder).map(\.state) == [.withdrawn])
            #expect(try await outbox.reminders().isEmpty)
        }
    }

    @Test("are several when the reason says so, and found again when it says otherwise", arguments: Engine.available)
    func several(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            try await outbox.remind([2880, 120])
            try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            #expect(try await outbox.reminders().map(\.dueAt) == [World.at(7, 10), World.at(9, 8)])
            try await outbox.remind([2880, 1440])
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            #expect(try await outbox.messages(.reminder).map(\.dueAt).sorted() == [World.at(7, 10), World.at(8, 10), World.at(9, 8)])
        }
    }

    @Test("are one for each appointment, person, delay and start: the schema refuses a second", arguments: Engine.available)
    func rule(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            let appointment = try await outbox.book(World.at(9, 10))
            try await Reminder.find(at: World.at(4, 9), in: outbox.store)
            await #expect(throws: ConstraintViolation(name: "reminder_pkey")) {
                try await outbox.store.write { db in
                    try db.run(
                        """
                        INSERT INTO reminder (territory_id, appointment_id, person_id, purpose, minutes_before, starts_at, found_at)
                        VALUES (\(64), \(appointment.id), \(outbox.world.person.id), 'reminder', 2880, \(appointment.startsAt), 0)
                        """)
                }
            }
        }
    }

    @Test("found by two nodes at once are one", arguments: Engine.available)
    func race(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let stores = [try Store.open(url), try Store.open(url)]
            let outbox = try await Outbox.make(in: stores[0])
            for hour in [9, 10, 11, 14, 15] { try await outbox.book(World.at(9, hour)) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 0..<4 { group.addTask { try await Reminder.find(at: World.at(5, 9), in: stores[number % 2]) } }
                try await group.waitForAll()
            }
            #expect(try await outbox.messages(.reminder).count == 5)
            for store in stores { await store.close() }
        }
    }

    @Test("are late, once, when the appointment was booked after their time and one is still useful", arguments: Engine.available)
    func late(on engine: Engine) async throws {
        try await Outbox.with(engine) { outbox in
            // Monday 30 at 9 for Tuesday 15 h: half a day later is night, so the next morning at 8.
            try await outbox.book(World.at(1, 15), at: World.at(0, 9))
            // For the same Monday: the confirmation has said it.
            try await outbox.book(World.at(0, 15), at: World.at(0, 9))
            try await Reminder.find(at: World.at(0, 9), in: outbox.store)
            #expect(try await outbox.reminders().map(\.dueAt) == [nil, World.at(1, 8)])
            #expect(try await outbox.messages(.reminder).count == 1)
        }
    }
}

@Suite("When a reminder leaves")
struct ReminderPlanTests {
    private let quiet = Quiet(zone: World.paris, holidays: .metropole)

    private func plan(_ minutes: Int, isLast: Bool = true) -> ReminderPlan {
        ReminderPlan(quiet: quiet, minutesBefore: minutes, isLast: isLast)
    }

    @Test("at its delay, the evening before when that is at night, the Saturday when it is a Sunday")
    func hours() {
        let said = World.at(-20, 9)
        #expect(plan(2880).due(for: World.at(4, 10), said: said) == World.at(2, 10))
        #expect(plan(120).due(for: World.at(4, 9), said: said) == World.at(3, 19))
        // Tuesday 1 December, two days before: Sunday.
        #expect(plan(2880).due(for: World.at(1, 10), said: said) == World.at(-2, 19))
    }

    @Test("never for what was said just before, but for the last delay, half a day later")
    func late() {
        let start = World.at(3, 15)
        #expect(plan(2880, isLast: false).due(for: start, said: World.at(2, 9)) == nil)
        #expect(plan(2880).due(for: start, said: World.at(2, 9)) == World.at(3, 8))
        #expect(plan(2880).due(for: start, said: World.at(3, 9)) == nil)
        #expect(plan(120).due(for: start, said: World.at(3, 9)) == World.at(3, 13))
    }

    @Test("on Sundays too where the territory says so")
    func sundays() {
        let open = Quiet(zone: World.paris, holidays: .metropole, sundays: true)
        #expect(!open.holds(at: World.now) && quiet.holds(at: World.now))
        #expect(quiet.next(from: World.now) == World.at(0, 8))
        #expect(quiet.next(from: World.at(0, 21)) == World.at(1, 8))
        #expect(quiet.next(from: World.at(0, 7)) == World.at(0, 8))
        #expect(quiet.next(from: World.at(0, 12)) == World.at(0, 12))
        // Christmas, a Friday.
        #expect(quiet.next(from: World.at(25, 12)) == World.at(26, 8))
    }
}
