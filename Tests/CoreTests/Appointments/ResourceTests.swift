import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Rooms, cars and interpreters")
struct ResourceTests {
    let now = World.now

    private struct House {
        let world: World
        let acting: Acting
        let room: Resource
        let interpreter: Resource
        let store: Store
    }

    private func withHouse(on engine: Engine, _ test: (House) async throws -> Void) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let room = Resource(organizationID: world.organization.id, kind: .room, name: "Salle des Gaves", siteID: world.site.id)
            let interpreter = Resource(
                organizationID: world.organization.id, kind: .interpreter, name: "Interprète arabe", languages: ["ar"],
                needsAcceptance: true)
            try await store.write { db in
                for one in [room, interpreter] { try one.insert(of: 64, in: db) }
            }
            try await test(House(world: world, acting: acting, room: room, interpreter: interpreter, store: store))
        }
    }

    private func booking(_ house: House, at start: Instant, of agent: Agent? = nil, _ resources: ResourceWish...) async throws -> Booking {
        var booking = house.world.booking(at: start, of: agent)
        booking.personIDs = [try await house.world.anotherPerson(in: house.store).id]
        booking.resources = resources
        return booking
    }

    private func book(_ house: House, at start: Instant, of agent: Agent? = nil, _ wish: ResourceWish) async throws -> Appointment {
        try await booking(house, at: start, of: agent, wish).book(by: house.acting, at: now, in: house.store)
    }

    private func standings(_ appointment: Appointment, _ store: Store) async throws -> [ReservedResource.Standing] {
        try await store.read { db in try appointment.resources(in: db).map(\.standing) }
    }

    @Test("a room is had once at a time, whoever the agents are", arguments: Engine.available)
    func once(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            _ = try await book(house, at: World.at(0, 9), .this(house.room.id))
            let other = try await booking(house, at: World.at(0, 9, 15), of: house.world.colleague, .this(house.room.id))
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.book(by: house.acting, at: now, in: house.store) }
            let any = try await booking(house, at: World.at(0, 9, 15), of: house.world.colleague, .any(.room))
            await #expect(throws: Refusal.noResource) { _ = try await any.book(by: house.acting, at: now, in: house.store) }
            _ = try await book(house, at: World.at(0, 9, 30), of: house.world.colleague, .any(.room))
        }
    }

    @Test(
        "a room is held with the slot: nobody else's, booked by who holds it, given back, moved to once run out",
        arguments: Engine.available)
    func held(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let (world, store) = (house.world, house.store), colleague = try await world.acting(world.colleague, in: store)
            let mine = try await booking(house, at: World.at(0, 9), .any(.room))
            let asked = try await mine.hold(by: house.acting, at: now, in: store)
            let hold = try #require(asked)
            let other = try await booking(house, at: World.at(0, 9, 15), of: world.colleague, .this(house.room.id))
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.book(by: colleague, at: now, in: store) }
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.hold(by: colleague, at: now, in: store) }
            #expect(try await mine.hold(by: house.acting, at: now, in: store)?.id == hold.id, "the same room, still theirs")
            try await Hold.release(hold.id, by: house.acting, in: store)
            _ = try await other.hold(by: colleague, at: now, in: store)
            let later = now.adding(minutes: Hold.minutes), free = try await booking(house, at: World.at(0, 11), .this(house.room.id))
            let standing = try await free.book(by: house.acting, at: now, in: store)
            let place = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 9, 30))
            await #expect(throws: Refusal.slotTaken) {
                _ = try await standing.move(to: place, by: house.acting, at: now, in: store)
            }
            _ = try await standing.move(to: place, by: house.acting, at: later, in: store)
            let third = try await booking(house, at: World.at(0, 10), .any(.room))
            _ = try await third.hold(by: house.acting, at: later, in: store)
            _ = try await third.book(by: house.acting, at: later, in: store)
            let left = try await store.read { db in
                try db.all("SELECT id FROM claim WHERE held_by = \(house.acting.agent.id)") { try $0[0] as ID<Hold> }
            }
            #expect(left.isEmpty)
        }
    }

    @Test("the database itself refuses a room twice", arguments: Engine.available)
    func byHand(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let first = try await book(house, at: World.at(0, 9), .this(house.room.id))
            await #expect(throws: ConstraintViolation(name: "claim_overlap")) {
                try await house.store.write { db in
                    try db.run(
                        """
                        INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, appointment_id, overbooked)
                        VALUES (\(64), \(house.room.id), \(World.at(0, 9, 15)), \(World.at(0, 9, 45)), \(ID<Appointment>.new()), 'resource',
                          \(first.id), \(false))
                        """)
                }
            }
        }
    }

    @Test("ten at once for one room, each with another agent’s time: one wins", arguments: Engine.available)
    func races(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            var bookings: [Booking] = []
            for index in 0..<10 {
                let agent = index % 2 == 0 ? house.world.worker : house.world.colleague
                bookings.append(try await booking(house, at: World.at(0, 10, index % 2 * 5), of: agent, .this(house.room.id)))
            }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for booking in bookings {
                    group.addTask {
                        do {
                            _ = try await booking.book(by: house.acting, at: now, in: house.store)
                            return "booked"
                        } catch let refusal as Refusal { return refusal.code } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes["booked"] == 1)
            #expect(outcomes["resource-taken", default: 0] + outcomes["slot-taken", default: 0] == 9)
        }
    }

    @Test("the search gives the times when one is free, and says which", arguments: Engine.available)
    func finds(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            _ = try await book(house, at: World.at(0, 10), .this(house.room.id))
            var query = SlotQuery(reasonID: house.world.reason.id)
            query.dates = World.monday..<World.monday.adding(days: 1)
            query.resources = [.any(.room)]
            let slots = try await house.store.read { [query] db in
                try Calendars().find(query, for: house.acting, now: now, in: db).slots
            }
            #expect(slots.count == 11 && !slots.map(\.start).contains(World.at(0, 10)))
            #expect(slots.allSatisfy { $0.resourceIDs == [house.room.id] })
            query.resources = [.any(.interpreter, language: "uk")]
            let none = try await house.store.read { [query] db in
                try Calendars().find(query, for: house.acting, now: now, in: db).slots
            }
            #expect(none.isEmpty, "nobody speaks it")
        }
    }

    @Test("an interpreter is to confirm until the answer; refused, they are free for another", arguments: Engine.available)
    func answers(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let store = house.store
            let first = try await book(house, at: World.at(0, 9), .any(.interpreter, language: "ar"))
            let second = try await book(house, at: World.at(0, 10), .this(house.interpreter.id))
            #expect(try await standings(first, store) == [.toConfirm])
            #expect(try await store.read { db in try ToConfirm.read(for: house.acting, now: now, in: db) }.count == 2)
            try await first.answer(house.interpreter.id, accepted: true, by: house.acting, at: now, in: store)
            try await second.answer(house.interpreter.id, accepted: false, why: "malade", by: house.acting, at: now, in: store)
            await #expect(throws: Refusal.alreadyAnswered) {
                try await second.answer(house.interpreter.id, accepted: true, by: house.acting, at: now, in: store)
            }
            let answered = try await store.read { db in try second.resources(in: db) }
            #expect(
                answered.map(\.standing) == [.refused] && answered[0].why == "malade" && answered[0].answeredBy == house.acting.agent.id)
            #expect(try await store.read { db in try ToConfirm.read(for: house.acting, now: now, in: db) }.isEmpty)
            _ = try await book(house, at: World.at(0, 10), of: house.world.colleague, .this(house.interpreter.id))
        }
    }

    @Test("moving takes it along and asks again; cancelling gives it back; undoing takes it back", arguments: Engine.available)
    func follows(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let store = house.store
            let appointment = try await book(house, at: World.at(0, 9), .this(house.interpreter.id))
            try await appointment.answer(house.interpreter.id, accepted: true, by: house.acting, at: now, in: store)
            let place = AppointmentFact.Place(agentID: house.world.worker.id, startsAt: World.at(0, 11))
            let moved = try await appointment.move(to: place, by: house.acting, at: now, in: store)
            #expect(try await standings(moved, store) == [.toConfirm], "the acceptance was for nine o’clock")
            let other = try await booking(house, at: World.at(0, 11), of: house.world.colleague, .this(house.interpreter.id))
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.book(by: house.acting, at: now, in: store) }
            try await moved.cancel(.cancelledByPerson, why: "", by: house.acting, at: now, in: store)
            #expect(try await store.read { db in try ToConfirm.read(for: house.acting, now: now, in: db) }.isEmpty)
            let fact = try #require(try await store.read { db in try moved.lastFact(in: db) })
            try await moved.undo(fact.id, by: house.acting, at: now, in: store)
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.book(by: house.acting, at: now, in: store) }
        }
    }

    @Test("reserved for an appointment that stands, and given back", arguments: Engine.available)
    func later(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let store = house.store
            let appointment = try await house.world.booking(at: World.at(0, 9)).book(by: house.acting, at: now, in: store)
            try await appointment.reserve(house.room.id, by: house.acting, at: now, in: store)
            #expect(try await standings(appointment, store) == [.reserved])
            #expect(
                try await store.read { db in try appointment.reservable(by: house.acting, at: now, in: db) }.map(\.id)
                    == [house.interpreter.id])
            try await appointment.release(house.room.id, by: house.acting, at: now, in: store)
            #expect(try await standings(appointment, store).isEmpty)
            _ = try await book(house, at: World.at(0, 9), of: house.world.colleague, .this(house.room.id))
        }
    }

    @Test("a pause keeps it from being booked, and is written over nothing booked", arguments: Engine.available)
    func pauses(on engine: Engine) async throws {
        try await withHouse(on: engine) { house in
            let store = house.store
            _ = try await book(house, at: World.at(1, 9), .this(house.room.id))
            let over = ResourcePause(resourceID: house.room.id, time: World.at(0, 8)..<World.at(3, 8), why: "Travaux")
            await #expect(throws: Refusal.pauseTaken) { try await over.begin(by: house.acting, at: now, in: store) }
            let pause = ResourcePause(resourceID: house.room.id, time: World.at(1, 14)..<World.at(4, 8), why: "Travaux")
            try await pause.begin(by: house.acting, at: now, in: store)
            let other = try await booking(house, at: World.at(3, 9), .this(house.room.id))
            await #expect(throws: Refusal.resourceTaken) { _ = try await other.book(by: house.acting, at: now, in: store) }
            try await ResourcePause.end(pause.id, of: house.room.id, by: house.acting, at: now, in: store)
            _ = try await other.book(by: house.acting, at: now, in: store)
        }
    }

    @Test("its week shows what takes it, without a word of what one may not see", arguments: Engine.available)
    func week(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let car = Resource(organizationID: world.organization.id, kind: .car, name: "Clio blanche")
            try await store.write { db in try car.insert(of: 64, in: db) }
            var visit = agendas.visitBooking(at: World.at(0, 9))
            visit.resources = [.this(car.id)]
            _ = try await visit.book(by: reception, at: now, in: store)
            let worker = try await world.acting(world.worker, in: store)
            let days = World.monday..<World.monday.adding(days: 7)
            for (acting, isSeen) in [(reception, true), (worker, false)] {
                let found = try await store.read { db in try ResourceDays.read(of: car.id, days, seenBy: acting, now: now, in: db) }
                #expect(found.appointments.map { $0.appointment != nil } == [isSeen])
            }
            let stranger = try await world.acting(agendas.stranger, in: store)
            await #expect(throws: Refusal.notFound) {
                _ = try await store.read { db in try ResourceDays.read(of: car.id, days, seenBy: stranger, now: now, in: db) }
            }
        }
    }
}
