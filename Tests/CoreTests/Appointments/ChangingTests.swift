import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Moving, cancelling, closing and undoing")
struct ChangingTests {
    let now = World.now

    /// A world with one appointment on Monday at 9.
    private func withAppointment(
        on engine: Engine, _ test: (World, Acting, Appointment, Store) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            try await test(world, acting, appointment, store)
        }
    }

    private func isFree(_ start: Instant, _ world: World, _ acting: Acting, _ store: Store) async throws -> Bool {
        var booking = world.booking(at: start)
        booking.personIDs = [try await world.anotherPerson(in: store).id]
        do {
            _ = try await booking.book(by: acting, at: now, in: store)
            return true
        } catch let refusal as Refusal where refusal == .slotTaken { return false }
    }

    private func status(_ appointment: Appointment, _ store: Store) async throws -> Participation.Status? {
        try await store.read { db in try Participation.of(appointment, in: db).map(\.status).derived }
    }

    private func purposes(_ appointment: Appointment, _ store: Store) async throws -> [Message.Purpose] {
        try await store.read { db in try Message.due(about: appointment, in: db).map(\.purpose) }
    }

    @Test("moving frees the old time, keeps the new one and tells the person once", arguments: Engine.available)
    func moves(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            let place = AppointmentFact.Place(agentID: world.colleague.id, startsAt: World.at(1, 10))
            let moved = try await appointment.move(to: place, why: "empêchée", by: acting, at: now, in: store)
            #expect(moved.startsAt == World.at(1, 10) && moved.endsAt == World.at(1, 10, 30) && moved.agentID == world.colleague.id)
            #expect(try await purposes(moved, store) == [.change], "the confirmation that is no longer true is withdrawn")
            #expect(try await isFree(World.at(0, 9), world, acting, store))
        }
    }

    @Test("moving onto a taken time is refused and changes nothing", arguments: Engine.available)
    func movesOntoTaken(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            #expect(try await isFree(World.at(0, 10), world, acting, store))
            let place = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 10))
            await #expect(throws: Refusal.slotTaken) { _ = try await appointment.move(to: place, by: acting, at: now, in: store) }
            let unchanged = try await store.read { db in try Appointment.find(appointment.id, seenBy: acting, in: db) }
            #expect(unchanged.startsAt == World.at(0, 9))
            #expect(try await isFree(World.at(0, 9), world, acting, store) == false)
        }
    }

    @Test("cancelling frees the time at once; undoing takes it back", arguments: Engine.available)
    func cancelsAndUndoes(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            try await appointment.cancel(.cancelledByPerson, why: "guérie", by: acting, at: now, in: store)
            #expect(try await status(appointment, store) == .cancelledByPerson)
            #expect(try await purposes(appointment, store) == [.cancellation])
            let fact = try await store.read { db in try appointment.lastFact(in: db) }
            try await appointment.undo(try #require(fact).id, by: acting, at: now, in: store)
            #expect(try await status(appointment, store) == .upcoming)
            #expect(try await isFree(World.at(0, 9), world, acting, store) == false)
        }
    }

    @Test("a cancellation cannot be undone once the time was given to someone else", arguments: Engine.available)
    func undoesTooLate(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            try await appointment.cancel(.cancelledByService, why: "", by: acting, at: now, in: store)
            #expect(try await isFree(World.at(0, 9), world, acting, store))
            let fact = try #require(try await store.read { db in try appointment.lastFact(in: db) })
            await #expect(throws: Refusal.slotTaken) { try await appointment.undo(fact.id, by: acting, at: now, in: store) }
            #expect(try await status(appointment, store) == .cancelledByService)
        }
    }

    @Test("undoing a move goes back to the old time", arguments: Engine.available)
    func undoesMove(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            let place = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(2, 15))
            let moved = try await appointment.move(to: place, by: acting, at: now, in: store)
            let fact = try #require(try await store.read { db in try moved.lastFact(in: db) })
            try await moved.undo(fact.id, by: acting, at: now, in: store)
            let back = try await store.read { db in try Appointment.find(appointment.id, seenBy: acting, in: db) }
            #expect(back.startsAt == World.at(0, 9))
            #expect(try await store.read { db in try back.lastFact(in: db) } == nil, "nothing is left to undo")
        }
    }

    @Test("what has not taken place cannot be closed", arguments: Engine.available)
    func closesTooEarly(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            let refusal = await #expect(throws: Refusal.self) {
                try await appointment.close(.attended, for: world.person.id, by: acting, at: now, in: store)
            }
            #expect(refusal?.code == "too-early")
        }
    }

    @Test("« manqué » by phone follows two calls ten minutes apart", arguments: Engine.available)
    func missedAfterAttempts(on engine: Engine) async throws {
        try await withAppointment(on: engine) { world, acting, appointment, store in
            for (minute, enough) in [(0, false), (5, false), (10, true)] {
                let at = World.at(0, 9, minute)
                try await store.write { db in try CallAttempt.record(for: appointment, by: acting, at: at, in: db) }
                let attempts = try await store.read { db in try CallAttempt.of(appointment, in: db) }
                #expect(CallAttempt.areEnough(attempts, of: world.territory) == enough)
                guard !enough else { continue }
                await #expect(throws: Refusal.self) {
                    try await appointment.close(.missed, for: world.person.id, by: acting, at: at, in: store)
                }
            }
            try await appointment.close(.missed, for: world.person.id, by: acting, at: World.at(0, 9, 20), in: store)
            #expect(try await status(appointment, store) == .missed)
        }
    }

    @Test("an appointment in another territory does not exist", arguments: Engine.available)
    func foreign(on engine: Engine) async throws {
        try await withAppointment(on: engine) { _, _, appointment, store in
            let other = try await World.make(in: store, territoryID: 40)
            let stranger = try await other.acting(other.reception, in: store)
            await #expect(throws: Refusal.notFound) {
                _ = try await store.read { db in try Appointment.find(appointment.id, seenBy: stranger, in: db) }
            }
            await #expect(throws: Refusal.notFound) {
                try await appointment.cancel(.cancelledByPerson, why: "", by: stranger, at: now, in: store)
            }
        }
    }

    @Test("what the person said is for the agent and the author alone", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let author = try await world.acting(world.reception, in: store)
            var booking = world.booking(at: World.at(0, 9))
            booking.said = "Coupure d’électricité."
            let appointment = try await booking.book(by: author, at: now, in: store)
            for (agent, reads) in [(world.worker, true), (world.reception, true), (world.colleague, false)] {
                let acting = try await world.acting(agent, in: store)
                let seen = try await store.read { db in try Appointment.find(appointment.id, seenBy: acting, in: db) }
                #expect((seen.said != nil) == reads)
            }
        }
    }
}

@Suite("An appointment’s status")
struct DerivedStatusTests {
    @Test("is what is still open first, then what took place")
    func derived() {
        typealias Status = Participation.Status
        #expect([Status.attended, .upcoming].derived == .upcoming)
        #expect([Status.missed, .attended].derived == .attended)
        #expect([Status.cancelledByPerson, .missed].derived == .missed)
        #expect([Status.cancelledByPerson, .cancelledByPerson].derived == .cancelledByPerson)
        #expect([Status]().derived == nil)
    }

    @Test("shows « à renseigner » once it is over")
    func toClose() {
        let end = Instant(1000)
        #expect(Participation.Status.upcoming.label(endingAt: end, now: Instant(999)) == "à venir")
        #expect(Participation.Status.upcoming.label(endingAt: end, now: end) == "à renseigner")
    }
}
