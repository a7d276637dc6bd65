import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Finding a slot")
struct SlotFinderTests {
    let now = World.now

    private func find(_ world: World, by acting: Acting, _ calendars: Calendars, in store: Store, for person: Person? = nil) async throws
        -> FoundSlots
    {
        var query = SlotQuery(reasonID: world.reason.id)
        query.dates = World.monday..<World.monday.adding(days: 1)
        query.personID = person?.id
        return try await store.read { [query] db in try calendars.find(query, for: acting, now: now, in: db) }
    }

    @Test("offers every free half-hour of the openings, with how many agents are free", arguments: Engine.available)
    func finds(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let calendars = Calendars()
            let before = try await find(world, by: acting, calendars, in: store)
            #expect(before.slots.count == 12)
            #expect(before.slots.allSatisfy { $0.count == 2 && $0.siteID == world.site.id })
            _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            let after = try await find(world, by: acting, calendars, in: store)
            #expect(after.slots.first?.count == 1)
            #expect(after.slots.first?.agentID == world.colleague.id)
            #expect(after.firstOfPlaces.map(\.start) == [World.at(0, 9)])
        }
    }

    @Test("another node sees a booking at once: versions, not messages", arguments: Engine.available)
    func twoNodes(on engine: Engine) async throws {
        try await engine.withDatabase(Schema.migrations) { url in
            let (here, there) = (try Store.open(url), try Store.open(url))
            let world = try await World.make(in: here)
            let acting = try await world.acting(world.reception, in: here)
            let calendars = Calendars()
            #expect(try await find(world, by: acting, calendars, in: there).slots.first?.count == 2)
            _ = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: here)
            #expect(try await find(world, by: acting, calendars, in: there).slots.first?.count == 1)
            await here.close()
            await there.close()
        }
    }

    @Test("proposes the referent, else who saw them last, else the least busy of the week", arguments: Engine.available)
    func proposes(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            let calendars = Calendars()
            let other = try await world.anotherPerson(in: store)
            var booking = world.booking(at: World.at(0, 16))
            booking.personIDs = [other.id]
            let seen = try await booking.book(by: acting, at: now, in: store)
            let idle = try await find(world, by: acting, calendars, in: store, for: world.person)
            #expect(idle.slots.first.map { [$0.agentID: $0.because] } == [world.colleague.id: .leastBusy])
            try await seen.close(.attended, for: other.id, by: acting, at: World.at(0, 16, 30), in: store)
            let again = try await find(world, by: acting, calendars, in: store, for: other)
            #expect(again.slots.first?.because == .leastBusy, "what is to come says nothing yet")
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO referent (territory_id, person_id, service_id, agent_id, since)
                    VALUES (\(64), \(world.person.id), \(world.social.id), \(world.worker.id), \(now))
                    """)
            }
            let referred = try await find(world, by: acting, calendars, in: store, for: world.person)
            #expect(referred.slots.first.map { [$0.agentID: $0.because] } == [world.worker.id: .referent])
        }
    }

    @Test("gives the three free slots nearest to the one that was lost", arguments: Engine.available)
    func nearest(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let acting = try await world.acting(world.reception, in: store)
            var query = SlotQuery(reasonID: world.reason.id)
            query.agentIDs = [world.worker.id]
            _ = try await world.booking(at: World.at(0, 10)).book(by: acting, at: now, in: store)
            let slots = try await store.read { [query] db in
                try Calendars().nearest(to: World.at(0, 10), query, for: acting, now: now, in: db)
            }
            #expect(
                Set(slots.map(\.start)) == [World.at(0, 9, 30), World.at(0, 10, 30), World.at(0, 9)].reduce(into: []) { $0.insert($1) })
        }
    }

    @Test("shows nothing of organizations where one does not book", arguments: Engine.available)
    func elsewhere(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let stranger = Acting(
                territory: world.territory, agent: world.reception, roles: [world.elsewhere.id: [.reception]], services: [world.social.id])
            #expect(try await find(world, by: stranger, Calendars(), in: store).slots.isEmpty)
        }
    }
}
