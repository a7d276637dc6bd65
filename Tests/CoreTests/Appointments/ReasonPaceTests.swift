import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A reason’s step and gap")
struct ReasonPaceTests {
    let now = World.now

    /// A visit of forty-five minutes, every day from 9 to 12 and from 14 to 17 with the worker.
    private func visit(_ world: World, in store: Store, _ change: (inout Reason) -> Void) async throws -> Reason {
        var reason = Reason(serviceID: world.social.id, name: "Visite", minutes: 45, how: .site)
        change(&reason)
        try await store.write { [reason] db in
            try reason.insert(of: world.territory.id, in: db)
            for hours in [9 * 60..<12 * 60, 14 * 60..<17 * 60] {
                var opening = world.opening(of: world.worker, hours)
                opening.reasonIDs = [reason.id]
                try opening.insert(of: world.territory.id, in: db)
            }
        }
        return reason
    }

    private func starts(_ reason: Reason, _ world: World, by acting: Acting, in store: Store) async throws -> [Instant] {
        var query = SlotQuery(reasonID: reason.id)
        query.dates = World.monday..<World.monday.adding(days: 1)
        return try await store.read { [query] db in try Calendars().find(query, for: acting, now: now, in: db).slots.map(\.start) }
    }

    private func booking(_ reason: Reason, _ world: World, at start: Instant, for person: Person? = nil) -> Booking {
        Booking(
            reasonID: reason.id, agentID: world.worker.id, personIDs: [(person ?? world.person).id], startsAt: start,
            organizationID: world.organization.id, siteID: world.site.id, phone: "+33639981234")
    }

    @Test("starts are a step apart, and a slot ends before what is next", arguments: Engine.available)
    func step(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let reason = try await visit(world, in: store) { $0.stepMinutes = 15 }
            let free = try await starts(reason, world, by: acting, in: store)
            #expect(free.prefix(3) == [World.at(0, 9), World.at(0, 9, 15), World.at(0, 9, 30)])
            #expect(free.count == 20)
            _ = try await booking(reason, world, at: World.at(0, 10)).book(by: acting, at: now, in: store)
            let left = try await starts(reason, world, by: acting, in: store).filter { $0 < World.at(0, 13) }
            #expect(left == [World.at(0, 9), World.at(0, 9, 15), World.at(0, 10, 45), World.at(0, 11), World.at(0, 11, 15)])
        }
    }

    @Test("the gap is kept free after each, outside openings too, and before what is booked already", arguments: Engine.available)
    func gap(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let reason = try await visit(world, in: store) { $0.gapMinutes = 30 }
            let free = try await starts(reason, world, by: acting, in: store)
            #expect(free == [(9, 0), (10, 15), (14, 0), (15, 15)].map { World.at(0, $0.0, $0.1) })
            let other = try await world.anotherPerson(in: store)
            var lunch = world.booking(at: World.at(0, 11))
            lunch.personIDs = [other.id]
            _ = try await lunch.book(by: acting, at: now, in: store)
            #expect(try await starts(reason, world, by: acting, in: store).first == World.at(0, 9))
            #expect(try await starts(reason, world, by: acting, in: store).contains(World.at(0, 10, 15)) == false, "its gap is taken")
        }
    }

    @Test("of several people in a row, only the times with room for all are found, gaps between them", arguments: Engine.available)
    func inARow(on engine: Engine) async throws {
        for (gap, expected) in [(0, [(9, 0), (9, 45), (14, 0), (14, 45)]), (30, [(9, 0), (14, 0)])] {
            try await engine.withStore(Schema.migrations) { store in
                let world = try await World.make(in: store)
                let acting = try await world.acting(world.reception, in: store)
                let reason = try await visit(world, in: store) { $0.gapMinutes = gap }
                var query = SlotQuery(reasonID: reason.id)
                query.dates = World.monday..<World.monday.adding(days: 1)
                query.inARow = gap == 0 ? 3 : 2
                let found = try await store.read { [query] db in try Calendars().find(query, for: acting, now: now, in: db).slots }
                #expect(found.map(\.start) == expected.map { World.at(0, $0.0, $0.1) } && found.allSatisfy { $0.minutes == 45 })
                let other = try await world.anotherPerson(in: store)
                let both = try await booking(reason, world, at: World.at(0, 9)).book(
                    .inARow, then: [NextBooking(personIDs: [other.id])], by: acting, at: now, in: store)
                #expect(both.map(\.startsAt) == [World.at(0, 9), World.at(0, 9, 45 + gap)])
            }
        }
    }

    @Test("nothing else is booked in the gap: the database says so, and says so again when moved or undone", arguments: Engine.available)
    func protected(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let reason = try await visit(world, in: store) { $0.gapMinutes = 30 }
            let other = try await world.anotherPerson(in: store)
            let first = try await booking(reason, world, at: World.at(0, 9)).book(by: acting, at: now, in: store)
            #expect(first.endsAt == World.at(0, 9, 45), "the person leaves when it ends")
            var next = world.booking(at: World.at(0, 10))
            next.personIDs = [other.id]
            await #expect(throws: Refusal.slotTaken) { _ = try await next.book(by: acting, at: now, in: store) }
            try await byHand(world, at: World.at(0, 10), first, in: store)
            let moved = try await first.move(
                to: .init(agentID: world.worker.id, startsAt: World.at(0, 14)), by: acting, at: now, in: store)
            try await byHand(world, at: World.at(0, 15), moved, in: store)
            try await moved.close(.cancelledByPerson, for: world.person.id, by: acting, at: now, in: store)
            let fact = try await store.read { db in try moved.lastFact(in: db) }
            try await moved.undo(fact!.id, by: acting, at: now, in: store)
            try await byHand(world, at: World.at(0, 15), moved, in: store)
        }
    }

    /// A claim written by hand at this time is refused.
    private func byHand(_ world: World, at start: Instant, _ appointment: Appointment, in store: Store) async throws {
        await #expect(throws: ConstraintViolation(name: "claim_overlap")) {
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, appointment_id, overbooked)
                    VALUES (64, \(world.worker.id), \(start), \(start.adding(minutes: 5)), \(ID<Appointment>.new()), 'agent',
                      \(appointment.id), FALSE)
                    """)
            }
        }
    }

    @Test("the person is free as soon as it ends", arguments: Engine.available)
    func personIsFree(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let reason = try await visit(world, in: store) { $0.gapMinutes = 30 }
            _ = try await booking(reason, world, at: World.at(0, 9)).book(by: acting, at: now, in: store)
            _ = try await world.booking(at: World.at(0, 9, 45), of: world.colleague).book(by: acting, at: now, in: store)
        }
    }

    @Test("no slot is offered to a colleague in the gap of what they have", arguments: Engine.available)
    func remedies(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let reason = try await visit(world, in: store) { $0.gapMinutes = 30 }
            let other = try await world.anotherPerson(in: store)
            let first = try await booking(reason, world, at: World.at(0, 9)).book(by: acting, at: now, in: store)
            var after = world.booking(at: World.at(0, 15))
            after.personIDs = [other.id]
            _ = try await after.book(by: acting, at: now, in: store)
            let next = try await store.read { db in
                try Calendars().nextSlots(for: [first.id], by: acting, now: now, in: db)[first.id]?.map(\.start)
            }
            #expect(next == [World.at(0, 10, 15), World.at(0, 15, 30), World.at(1, 9)], "at 14 h its gap would meet the next")
        }
    }

    @Test("are checked and kept", arguments: Engine.available)
    func settings(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            func reason(_ step: Int, _ gap: Int) -> Reason {
                var reason = Reason(serviceID: office.world.social.id, name: "Visite", minutes: 45, how: .site)
                (reason.stepMinutes, reason.gapMinutes) = (step, gap)
                return reason
            }
            let (wrong, right) = (reason(7, 300), reason(15, 20))
            let refusal = await #expect(throws: Refusal.self) {
                try await store.write { db in _ = try wrong.create(by: office.admin, at: now, in: db) }
            }
            #expect(refusal?.fields.keys.sorted() == ["gap_minutes", "step_minutes"])
            try await store.write { db in _ = try right.create(by: office.admin, at: now, in: db) }
            let kept = try await store.read { db in try Reason.find(right.id, of: 64, in: db) }
            #expect(kept == right)
        }
    }
}
