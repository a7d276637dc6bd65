import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A slot being written down")
struct HoldTests {
    let now = World.now

    private func slots(_ world: World, _ calendars: Calendars, by acting: Acting, at now: Instant, in store: Store) async throws -> [Slot] {
        var query = SlotQuery(reasonID: world.reason.id)
        query.agentIDs = [world.worker.id]
        return try await store.read { [query] db in try calendars.find(query, for: acting, now: now, in: db).slots }
    }

    private func other(_ world: World, at start: Instant, in store: Store) async throws -> Booking {
        var booking = world.booking(at: start)
        booking.personIDs = [try await world.anotherPerson(in: store).id]
        return booking
    }

    @Test("is nobody else's until it runs out, and is offered again then", arguments: Engine.available)
    func held(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), calendars = Calendars()
            let (reception, colleague) = (
                try await world.acting(world.reception, in: store), try await world.acting(world.colleague, in: store)
            )
            let hold = try await world.booking(at: World.at(0, 9)).hold(by: reception, at: now, in: store)
            let standing = try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }
            #expect(standing.count == 1 && standing.first == hold && hold?.heldBy == world.reception.id)
            #expect(try await slots(world, calendars, by: colleague, at: now, in: store).first?.start == World.at(0, 9, 30))
            let booking = try await other(world, at: World.at(0, 9), in: store)
            await #expect(throws: Refusal.slotTaken) { _ = try await booking.book(by: colleague, at: now, in: store) }
            await #expect(throws: Refusal.slotTaken) { _ = try await booking.hold(by: colleague, at: now, in: store) }
            let later = now.adding(minutes: Hold.minutes)
            #expect(
                try await slots(world, calendars, by: colleague, at: later, in: store).first?.start == World.at(0, 9),
                "nothing was written since, and the calendar that was built is stale all the same")
            _ = try await booking.book(by: colleague, at: later, in: store)
        }
    }

    @Test("is booked by who holds it, and leaves nothing behind", arguments: Engine.available)
    func booked(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).hold(by: reception, at: now, in: store)
            var booking = world.booking(at: World.at(0, 9))
            booking.asSlot = true
            _ = try await booking.book(by: reception, at: now, in: store)
            #expect(try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }.isEmpty)
        }
    }

    @Test("one at a time: another slot gives the first back, and leaving gives it back too", arguments: Engine.available)
    func released(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store), calendars = Calendars()
            let reception = try await world.acting(world.reception, in: store)
            let colleague = try await world.acting(world.colleague, in: store)
            _ = try await world.booking(at: World.at(0, 9)).hold(by: reception, at: now, in: store)
            let second = try await world.booking(at: World.at(0, 10), of: world.colleague).hold(by: reception, at: now, in: store)
            let free = try await slots(world, calendars, by: colleague, at: now, in: store)
            #expect(free.first?.start == World.at(0, 9))
            let again = try await world.booking(at: World.at(0, 10), of: world.colleague)
                .hold(by: reception, at: now.adding(minutes: 2), in: store)
            #expect(again?.id == second?.id && again?.expiresAt == now.adding(minutes: 2 + Hold.minutes))
            guard let id = second?.id else { return }
            try await Hold.release(id, by: colleague, in: store)
            #expect(try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }.count == 1, "it is not theirs to give")
            try await Hold.release(id, by: reception, in: store)
            #expect(try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }.isEmpty)
        }
    }

    @Test("with two agents is held whole: neither is anybody else's, and both are given back", arguments: Engine.available)
    func pair(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let (reception, colleague) = (
                try await world.acting(world.reception, in: store), try await world.acting(world.colleague, in: store)
            )
            var both = world.booking(at: World.at(0, 9))
            both.colleagueIDs = [world.colleague.id]
            let asked = try await both.hold(by: reception, at: now, in: store)
            let hold = try #require(asked)
            let standing = try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }
            #expect(Set(standing.map(\.agentID)) == [world.worker.id, world.colleague.id] && hold.agentID == world.worker.id)
            var other = world.booking(at: World.at(0, 9), of: world.colleague)
            other.personIDs = [try await world.anotherPerson(in: store).id]
            let refused = other
            await #expect(throws: Refusal.slotTaken) { _ = try await refused.book(by: colleague, at: now, in: store) }
            let again = try await both.hold(by: reception, at: now.adding(minutes: 1), in: store)
            #expect(again?.id == hold.id)
            try await Hold.release(hold.id, by: reception, in: store)
            #expect(try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }.isEmpty)
            _ = try await both.hold(by: reception, at: now, in: store)
            _ = try await both.book(by: reception, at: now, in: store)
            #expect(try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }.isEmpty)
        }
    }

    @Test("with what is booked in the same act is held whole", arguments: Engine.available)
    func act(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let (reception, colleague) = (
                try await world.acting(world.reception, in: store), try await world.acting(world.colleague, in: store)
            )
            let next = [NextBooking(personIDs: []), NextBooking(agentID: world.colleague.id)]
            let first = try await world.booking(at: World.at(0, 9)).hold(then: next, by: reception, at: now, in: store)
            let standing = try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }
            #expect(standing.map(\.time.lowerBound) == [World.at(0, 9), World.at(0, 9, 30), World.at(0, 10)])
            #expect(standing.map(\.agentID) == [world.worker.id, world.worker.id, world.colleague.id] && standing.first == first)
            let sibling = try await other(world, at: World.at(0, 9, 30), in: store)
            await #expect(throws: Refusal.slotTaken) { _ = try await sibling.book(by: colleague, at: now, in: store) }
            _ = try await world.booking(at: World.at(0, 9)).book(.inARow, then: [next[1]], by: reception, at: now, in: store)
            let left = try await store.read { db in try Hold.standing(of: 64, now: now, in: db) }
            #expect(left.isEmpty)
        }
    }

    @Test("twenty hold one slot at once: one has it", arguments: Engine.available)
    func races(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let agents = (0..<20).map { Agent(territoryID: 64, firstName: "Agent", lastName: "\($0)") }
            try await store.write { db in
                for agent in agents {
                    try agent.insert(at: now, in: db)
                    try db.run("INSERT INTO membership VALUES (64, \(world.organization.id), \(agent.id), \(Role.reception))")
                }
            }
            let outcomes = try await withThrowingTaskGroup(of: String.self) { group in
                for agent in agents {
                    let acting = try await world.acting(agent, in: store)
                    group.addTask {
                        do {
                            _ = try await world.booking(at: World.at(0, 10)).hold(by: acting, at: now, in: store)
                            return "held"
                        } catch let refusal as Refusal { return refusal.code }
                    }
                }
                return try await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
            }
            #expect(outcomes == ["held": 1, "slot-taken": 19])
        }
    }

    @Test("only an open slot is held, and it is shown in the agenda with who writes it down", arguments: Engine.available)
    func shown(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let reception = try await world.acting(world.reception, in: store)
            await #expect(throws: Refusal.slotClosed) {
                _ = try await world.booking(at: World.at(0, 12)).hold(by: reception, at: now, in: store)
            }
            _ = try await world.booking(at: World.at(0, 9)).hold(by: reception, at: now, in: store)
            let worker = try await world.acting(world.worker, in: store)
            let agenda = try await store.read { db in
                try Agenda.read(
                    of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: worker, now: now, in: db)
            }
            #expect(agenda.agents[0].holds == [Agenda.Held(time: World.at(0, 9)..<World.at(0, 9, 30), by: "Odile Bordenave")])
            #expect(agenda.agents[0].busy.isEmpty)
            let day = agenda.byDay(of: world.territory, now: now)[0][0]
            #expect(day.free.first == 570..<720 && day.holds.map(\.minutes) == [540..<570])
        }
    }
}
