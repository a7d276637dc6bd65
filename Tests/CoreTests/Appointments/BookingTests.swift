import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Booking an appointment")
struct BookingTests {
    let now = World.now

    @Test("takes the time, ties the person to it, queues the confirmation and writes the journal", arguments: Engine.available)
    func books(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            #expect(appointment.endsAt - appointment.startsAt == 30 * 60)
            let counts = try await store.read { db in
                try ["participation", "message", "journal_header", "journal_payload"].map { table in
                    try db.first("SELECT count(*) FROM \(identifier: table)") { try $0[0] as Int } ?? 0
                }
            }
            #expect(counts == [1, 1, 1, 1])
            let claims = try await store.read { db in try db.first("SELECT count(*) FROM claim") { try $0[0] as Int } }
            #expect(claims == 2)
        }
    }

    @Test("is refused on a time already taken, whatever the overlap", arguments: Engine.available)
    func refusesOverlap(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            let other = try await world.anotherPerson(in: store)
            for minute in [0, 5, 25] {
                await #expect(throws: Refusal.slotTaken) {
                    var booking = world.booking(at: World.at(0, 9, minute))
                    booking.personIDs = [other.id]
                    _ = try await booking.book(by: acting, at: now, in: store)
                }
            }
            var next = world.booking(at: World.at(0, 9, 30))
            next.personIDs = [other.id]
            _ = try await next.book(by: acting, at: now, in: store)
        }
    }

    @Test("twenty at once for one time: one wins, the others are told", arguments: Engine.available)
    func races(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            var people: [Person] = []
            for _ in 0..<20 { people.append(try await world.anotherPerson(in: store)) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for person in people {
                    group.addTask {
                        var booking = world.booking(at: World.at(0, 10))
                        booking.personIDs = [person.id]
                        do {
                            _ = try await booking.book(by: acting, at: now, in: store)
                            return "booked"
                        } catch let refusal as Refusal { return refusal.code } catch { return "\(error)" }
                    }
                }
                return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["booked": 1, "slot-taken": 19])
        }
    }

    @Test("an overlap inserted by hand is refused by the database itself", arguments: Engine.available)
    func refusedByHand(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            await #expect(throws: ConstraintViolation(name: "claim_overlap")) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, appointment_id, overbooked)
                        VALUES (\(64), \(world.worker.id), \(World.at(0, 9, 15)), \(World.at(0, 9, 45)), \(ID<Appointment>.new()), 'agent',
                          \(appointment.id), \(false))
                        """)
                }
            }
            await #expect(throws: ConstraintViolation(name: "claim_overlap"), "moved by hand onto another") {
                _ = try await world.booking(at: World.at(0, 11)).booked(again: true, by: acting, at: now, in: store)
                try await store.write { db in
                    try db.run("UPDATE claim SET starts_at = \(World.at(0, 9, 10)) WHERE starts_at = \(World.at(0, 11))")
                }
            }
        }
    }

    @Test("the same person at the same time is refused unless forced with a reason", arguments: Engine.available)
    func samePerson(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            var second = world.booking(at: World.at(0, 9, 15), of: world.colleague)
            second.again = true
            await #expect(throws: Refusal.personBusy) { _ = try await second.book(by: acting, at: now, in: store) }
            second.forceBecause = "Deux enfants, deux agents."
            _ = try await second.book(by: acting, at: now, in: store)
        }
    }

    @Test("an upcoming appointment for the same reason comes first", arguments: Engine.available)
    func alreadyUpcoming(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            await #expect(throws: Refusal.alreadyUpcoming) {
                _ = try await world.booking(at: World.at(1, 9)).book(by: acting, at: now, in: store)
            }
        }
    }

    @Test("by phone, needs the number to call", arguments: Engine.available)
    func needsNumber(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            var booking = world.booking(at: World.at(0, 9))
            booking.phone = nil
            let refusal = await #expect(throws: Refusal.self) { _ = try await booking.book(by: acting, at: now, in: store) }
            #expect(refusal?.fields["phone"] != nil)
        }
    }

    @Test("a slot that has closed since is refused", arguments: Engine.available)
    func closedSlot(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            for start in [World.at(0, 12), World.at(0, 11, 45), World.at(5, 9), World.at(25, 9)] {  // the last one is Christmas
                var booking = world.booking(at: start)
                booking.asSlot = true
                await #expect(throws: Refusal.slotClosed) { _ = try await booking.book(by: acting, at: now, in: store) }
            }
        }
    }

    @Test("overbooking asks for a right and a reason", arguments: Engine.available)
    func overbooking(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            let worker = try await world.acting(world.worker, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            var second = world.booking(at: World.at(0, 9))
            second.personIDs = [try await world.anotherPerson(in: store).id]
            second.overbookBecause = "Urgence : coupure d’électricité."
            await #expect(throws: Refusal.forbidden) { _ = try await second.book(by: reception, at: now, in: store) }
            let appointment = try await second.book(by: worker, at: now, in: store)
            #expect(appointment.overbookedBecause == "Urgence : coupure d’électricité.")
        }
    }
}
