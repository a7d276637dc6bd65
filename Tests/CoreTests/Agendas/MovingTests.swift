import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Moving and stretching from an agenda")
struct MovingTests {
    private func durations(_ appointment: Appointment, _ store: Store) async throws -> (Appointment, [AppointmentFact]) {
        try await store.read { db in
            let found = try #require(try Appointment.find(appointment.id, of: 64, in: db))
            return (found, try AppointmentFact.of(found, in: db))
        }
    }

    @Test("a longer appointment takes the time, tells nobody, and is undone", arguments: Engine.available)
    func stretch(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let booked = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            let before = try await store.read { db in try Message.due(about: booked, in: db) }
            let place = AppointmentFact.Place(agentID: booked.agentID, startsAt: booked.startsAt, endsAt: World.at(0, 10))
            _ = try await booked.move(to: place, by: reception, at: World.now, in: store)
            let (longer, facts) = try await durations(booked, store)
            #expect(longer.endsAt == World.at(0, 10) && longer.startsAt == booked.startsAt)
            #expect(try await store.read { db in try Message.due(about: booked, in: db) } == before)
            #expect(facts.map(\.change) == [.moved(from: booked.standing, to: place)])
            var next = world.booking(at: World.at(0, 9, 30))
            next.personIDs = [try await world.anotherPerson(in: store).id]
            let other = next
            await #expect(throws: Refusal.slotTaken) { _ = try await other.booked(again: true, by: reception, at: World.now, in: store) }
            try await longer.undo(facts[0].id, by: reception, at: World.now, in: store)
            #expect(try await durations(booked, store).0.endsAt == booked.endsAt)
        }
    }

    @Test("what would overlap, or last no time, is refused and nothing changes", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let booked = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            _ = try await world.booking(at: World.at(0, 10)).booked(again: true, by: reception, at: World.now, in: store)
            let ends: [(Instant, String)] = [
                (World.at(0, 10, 30), "slot-taken"), (World.at(0, 9, 3), "invalid-length"), (World.at(0, 9), "invalid-length"),
                (World.at(0, 20), "invalid-length"),
            ]
            for (end, code) in ends {
                let place = AppointmentFact.Place(agentID: booked.agentID, startsAt: booked.startsAt, endsAt: end)
                let refusal = await #expect(throws: Refusal.self) {
                    _ = try await booked.move(to: place, by: reception, at: World.now, in: store)
                }
                #expect(refusal?.code == code)
            }
            #expect(try await durations(booked, store).0.endsAt == booked.endsAt)
        }
    }

    @Test("the database keeps no move to hours that end before they begin", arguments: Engine.available)
    func constraint(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let booked = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            let wrong = AppointmentFact.Place(agentID: booked.agentID, startsAt: World.at(0, 10), endsAt: World.at(0, 9))
            for other in [wrong, AppointmentFact.Place(agentID: booked.agentID, startsAt: World.at(0, 10))] {
                let fact = AppointmentFact(.moved(from: booked.standing, to: other), of: booked.id, why: "", at: World.now, by: nil)
                let refused = await #expect(throws: ConstraintViolation.self) {
                    try await store.write { db in try fact.insert(of: 64, in: db) }
                }
                #expect(refused?.name == "appointment_fact_ends")
            }
        }
    }

    @Test("one day of an opening that recurs moves alone; one that happens once moves whole", arguments: Engine.available)
    func openings(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = try await agendas.world.acting(agendas.world.worker, in: store)
            let (monday, tuesday) = (World.monday, World.monday.adding(days: 1))
            let weekly = try await Opening.create(
                agendas.draft(pattern: .weekly(every: 1, on: [.monday])), by: worker, at: World.now, in: store)
            try await Opening.reschedule(
                weekly.id, shownOn: monday, at: 1020..<1080, to: tuesday, minutes: 1035..<1095, version: 0, by: worker, at: World.now,
                in: store)
            try await Opening.reschedule(
                weekly.id, shownOn: tuesday, at: 1035..<1095, to: tuesday, minutes: 1050..<1080, by: worker, at: World.now, in: store)
            let found = try await store.read { db in try Opening.find(weekly.id, seenBy: worker, in: db).opening.opening }
            #expect(found.stretch.recurrence.exceptions == [monday: .moved(to: tuesday, minutes: 1050..<1080)])
            let once = try await Opening.create(agendas.draft(1080..<1140), by: worker, at: World.now, in: store)
            try await Opening.reschedule(
                once.id, shownOn: monday, at: 1080..<1140, to: tuesday, minutes: 1100..<1200, by: worker, at: World.now, in: store)
            let moved = try await store.read { db in try Opening.find(once.id, seenBy: worker, in: db).opening.opening.stretch }
            #expect(moved.recurrence.first == tuesday && moved.from == 1100 && moved.to == 1200)
            await #expect(throws: Refusal.changedMeanwhile) {
                try await Opening.reschedule(
                    once.id, shownOn: tuesday, at: 1100..<1200, to: monday, minutes: 1100..<1200, version: 0, by: worker, at: World.now,
                    in: store)
            }
            await #expect(throws: Refusal.shownInPart) {
                try await Opening.reschedule(
                    once.id, shownOn: tuesday, at: 1100..<1150, to: monday, minutes: 1100..<1150, by: worker, at: World.now, in: store)
            }
        }
    }
}
