import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Two agents in one appointment")
struct PairTests {
    let now = World.now

    private func withPair(
        on engine: Engine, _ test: (World, Acting, Appointment, Store) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let appointment = try await pair(world).book(by: acting, at: now, in: store)
            try await test(world, acting, appointment, store)
        }
    }

    private func pair(_ world: World, at start: Instant = World.at(0, 9)) -> Booking {
        var booking = world.booking(at: start)
        booking.colleagueIDs = [world.colleague.id]
        return booking
    }

    private func holders(_ appointment: Appointment, _ store: Store) async throws -> Set<ID<Agent>> {
        try await store.read { db in
            Set(try db.all("SELECT holder_id FROM claim WHERE appointment_id = \(appointment.id) AND holder = 'agent'") { try $0[0] })
        }
    }

    private func refusal(of booking: Booking, by acting: Acting, _ store: Store) async -> Refusal? {
        do {
            _ = try await booking.book(by: acting, at: now, in: store)
            return nil
        } catch { return error as? Refusal }
    }

    private func find(_ world: World, _ acting: Acting, _ store: Store, _ change: (inout SlotQuery) -> Void) async throws -> [Slot] {
        var query = SlotQuery(reasonID: world.reason.id)
        query.dates = World.monday..<World.monday.adding(days: 1)
        change(&query)
        return try await store.read { [query] db in try Calendars().find(query, for: acting, now: now, in: db).slots }
    }

    @Test("takes the time of each; the colleague is booked by nobody else", arguments: Engine.available)
    func claims(on engine: Engine) async throws {
        try await withPair(on: engine) { world, acting, appointment, store in
            #expect(try await holders(appointment, store) == [world.worker.id, world.colleague.id])
            var other = world.booking(at: World.at(0, 9, 15), of: world.colleague)
            other.personIDs = [try await world.anotherPerson(in: store).id]
            #expect(await refusal(of: other, by: acting, store) == .slotTaken)
        }
    }

    @Test("twenty at once for two agents’ one hour, crossed: one wins, the others are told", arguments: Engine.available)
    func races(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            var people: [Person] = []
            for _ in 0..<20 { people.append(try await world.anotherPerson(in: store)) }
            let outcomes = await withTaskGroup(of: String.self) { group in
                for (index, person) in people.enumerated() {
                    group.addTask {
                        let (first, second) = index % 2 == 0 ? (world.worker, world.colleague) : (world.colleague, world.worker)
                        var booking = world.booking(at: World.at(0, 10, index % 3 * 5), of: first)
                        booking.personIDs = [person.id]
                        booking.colleagueIDs = [second.id]
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

    @Test("nobody is their own colleague, in the database itself", arguments: Engine.available)
    func other(on engine: Engine) async throws {
        try await withPair(on: engine) { world, _, appointment, store in
            await #expect(throws: ConstraintViolation(name: "appointment_colleague_other")) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO appointment_colleague (territory_id, appointment_id, agent_id)
                        VALUES (\(64), \(appointment.id), \(world.worker.id))
                        """)
                }
            }
            await #expect(throws: ConstraintViolation(name: "appointment_colleague_other")) {
                try await store.write { db in
                    try db.run("UPDATE appointment SET agent_id = \(world.colleague.id) WHERE id = \(appointment.id)")
                }
            }
        }
    }

    @Test("the search gives the times when both are free, and says who", arguments: Engine.available)
    func finds(on engine: Engine) async throws {
        try await withPair(on: engine) { world, acting, _, store in
            var alone = world.booking(at: World.at(0, 14), of: world.colleague)
            alone.personIDs = [try await world.anotherPerson(in: store).id]
            _ = try await alone.book(by: acting, at: now, in: store)
            let free = try await find(world, acting, store) { $0.forTwo = true }
            let both = [570, 600, 630, 660, 690, 870, 900, 930, 960, 990].map { World.at(0, $0 / 60, $0 % 60) }
            #expect(free.map(\.start) == both)
            #expect(free.allSatisfy { Set([$0.agentID] + $0.colleagueIDs) == [world.worker.id, world.colleague.id] })
            let named = try await find(world, acting, store) { $0.colleagueIDs = [world.colleague.id] }
            #expect(named.map(\.start) == free.map(\.start))
            #expect(named.allSatisfy { $0.agentID == world.worker.id && $0.colleagueIDs == [world.colleague.id] })
            var slot = pair(world, at: World.at(0, 14))
            (slot.asSlot, slot.again) = (true, true)
            #expect(await refusal(of: slot, by: acting, store) == .slotTaken)
            slot.startsAt = World.at(0, 12)
            #expect(await refusal(of: slot, by: acting, store) == .slotClosed)
        }
    }

    @Test("an hour made of two halves of two colleagues is none", arguments: Engine.available)
    func halves(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let third = Agent(territoryID: 64, firstName: "Kattin", lastName: "Harispe")
            try await store.write { db in
                try third.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (\(64), \(world.organization.id), \(third.id), \(Role.worker))")
                try world.opening(of: third, 9 * 60..<9 * 60 + 15).insert(of: 64, in: db)
            }
            var busy = world.booking(at: World.at(0, 9), of: world.colleague)
            (busy.minutes, busy.personIDs) = (15, [try await world.anotherPerson(in: store).id])
            _ = try await busy.book(by: acting, at: now, in: store)
            let free = try await find(world, acting, store) {
                $0.forTwo = true
                $0.agentIDs = [world.worker.id]
            }
            #expect(free.first?.start == World.at(0, 9, 15), "both can from a quarter past, on the colleague’s own time")
            #expect(free.first?.colleagueIDs == [world.colleague.id])
        }
    }

    @Test("stands in both agendas, and both see it", arguments: Engine.available)
    func seen(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            var booking = agendas.visitBooking(at: World.at(0, 9))
            booking.colleagueIDs = [world.worker.id]
            let appointment = try await booking.book(by: reception, at: now, in: store)
            let worker = try await world.acting(world.worker, in: store)
            _ = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: worker, in: db) }
            let other = try await world.acting(world.colleague, in: store)
            await #expect(throws: Refusal.notFound, "a colleague of another service, who receives nobody here") {
                _ = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: other, in: db) }
            }
            let days = World.monday..<World.monday.adding(days: 1)
            let agenda = try await store.read { db in try Agenda.read(of: [world.worker.id], days, seenBy: worker, now: now, in: db) }
            let one = try #require(agenda.agents[0].appointments.first)
            #expect(one.id == appointment.id && agenda.agents[0].busy.isEmpty)
            #expect(one.others(than: world.worker.id) == [agendas.midwife.name])
        }
    }

    @Test("moving takes both along, and frees both", arguments: Engine.available)
    func moves(on engine: Engine) async throws {
        try await withPair(on: engine) { world, acting, appointment, store in
            var busy = world.booking(at: World.at(0, 15), of: world.colleague)
            busy.personIDs = [try await world.anotherPerson(in: store).id]
            _ = try await busy.book(by: acting, at: now, in: store)
            let taken = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 15))
            await #expect(throws: Refusal.slotTaken) { _ = try await appointment.move(to: taken, by: acting, at: now, in: store) }
            let free = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 16))
            let moved = try await appointment.move(to: free, by: acting, at: now, in: store)
            #expect(try await holders(moved, store) == [world.worker.id, world.colleague.id])
            let mine = AppointmentFact.Place(agentID: world.colleague.id, startsAt: World.at(0, 16))
            await #expect(throws: Refusal.alreadyTogether) { _ = try await moved.move(to: mine, by: acting, at: now, in: store) }
        }
    }

    @Test("cancelling frees both; undoing takes both back", arguments: Engine.available)
    func cancels(on engine: Engine) async throws {
        try await withPair(on: engine) { world, acting, appointment, store in
            try await appointment.cancel(.cancelledByPerson, why: "", by: acting, at: now, in: store)
            #expect(try await holders(appointment, store).isEmpty)
            let fact = try #require(try await store.read { db in try appointment.lastFact(in: db) })
            try await appointment.undo(fact.id, by: acting, at: now, in: store)
            #expect(try await holders(appointment, store) == [world.worker.id, world.colleague.id])
        }
    }

    @Test("a colleague joins and leaves; when the first leaves, the colleague receives and the person is told", arguments: Engine.available)
    func joins(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            try await appointment.join(world.colleague.id, by: acting, at: now, in: store)
            #expect(try await holders(appointment, store) == [world.worker.id, world.colleague.id])
            await #expect(throws: Refusal.alreadyTogether) {
                try await appointment.join(world.colleague.id, by: acting, at: now, in: store)
            }
            try await appointment.leave(world.worker.id, why: "réunion", by: acting, at: now, in: store)
            #expect(try await holders(appointment, store) == [world.colleague.id])
            let after = try await store.read { db in try AppointmentDetails.find(appointment.id, seenBy: acting, in: db) }
            #expect(after.appointment.agentID == world.colleague.id && after.colleagues.isEmpty)
            #expect(try await store.read { db in try Message.due(about: appointment, in: db).map(\.purpose) } == [.change])
            await #expect(throws: Refusal.notTogether, "someone receives") {
                try await appointment.leave(world.colleague.id, by: acting, at: now, in: store)
            }
        }
    }
}
