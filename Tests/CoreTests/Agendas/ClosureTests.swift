import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("A closure")
struct ClosureTests {
    let now = World.now

    private func draft(_ world: World, site: Bool = true, _ minutes: Range<Int> = 0..<1440) -> ClosureDraft {
        ClosureDraft(
            organizationID: world.organization.id, siteID: site ? world.site.id : nil, title: "Travaux",
            stretch: StretchDraft(date: World.monday, from: minutes.lowerBound, to: minutes.upperBound))
    }

    private func slots(_ world: World, by acting: Acting, _ calendars: Calendars, in store: Store) async throws -> [Instant] {
        try await store.read { db in
            var query = SlotQuery(reasonID: world.reason.id)
            query.dates = World.monday..<World.monday.adding(days: 1)
            return try calendars.find(query, for: acting, now: now, in: db).slots.map(\.start)
        }
    }

    @Test("takes the slots of every agent there, and gives them back when it is deleted", arguments: Engine.available)
    func slots(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, calendars = Calendars()
            let manager = try await world.acting(agendas.manager, in: store)
            let before = try await slots(world, by: manager, calendars, in: store)
            #expect(before.count == 12)
            let versions = try await agendas.version(of: world.colleague, in: store)
            let closure = try await Closure.create(draft(world, 0..<720), by: manager, at: now, in: store)
            #expect(try await agendas.version(of: world.colleague, in: store) > versions)
            #expect(try await slots(world, by: manager, calendars, in: store) == before.filter { $0 >= World.at(0, 12) })
            var booking = world.booking(at: World.at(0, 9))
            booking.asSlot = true
            #expect(await refused { _ = try await booking.book(by: manager, at: now, in: store) } == .slotClosed)
            try await Closure.delete(closure.id, by: manager, at: now, in: store)
            #expect(try await slots(world, by: manager, calendars, in: store) == before)
        }
    }

    @Test("of another site takes nothing here; of the whole organization, everything", arguments: Engine.available)
    func places(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, calendars = Calendars()
            let annex = Site(organizationID: world.organization.id, name: "Salies")
            try await store.write { db in try annex.insert(of: 64, in: db) }
            let manager = try await world.acting(agendas.manager, in: store)
            var elsewhere = draft(world)
            elsewhere.siteID = annex.id
            _ = try await Closure.create(elsewhere, by: manager, at: now, in: store)
            #expect(try await slots(world, by: manager, calendars, in: store).count == 12)
            _ = try await Closure.create(draft(world, site: false), by: manager, at: now, in: store)
            #expect(try await slots(world, by: manager, calendars, in: store).isEmpty)
        }
    }

    @Test("stands in the agendas of those it concerns", arguments: Engine.available)
    func agendas(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let manager = try await world.acting(agendas.manager, in: store)
            _ = try await Closure.create(draft(world, 0..<720), by: manager, at: now, in: store)
            let agenda = try await store.read { db in
                try Agenda.read(
                    of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: manager, now: now, in: db)
            }
            #expect(agenda.agents[0].closures.map(\.title) == ["Travaux"])
            #expect(agenda.agents[0].openings.map(\.time) == [World.at(0, 14)..<World.at(0, 17)])
            #expect(agenda.byDay(of: world.territory, now: now)[0][0].free == [840..<1020])
        }
    }

    @Test("lists the appointments it covers, with all its agents away at once, and deals with them in one act", arguments: Engine.available)
    func remedies(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let mine = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            var other = world.booking(at: World.at(0, 9), of: world.colleague)
            other.personIDs = [try await world.anotherPerson(in: store).id]
            let theirs = try await other.book(by: reception, at: now, in: store)
            let manager = try await world.acting(agendas.manager, in: store)
            let offers = try await store.read { db in
                try draft(world).checked(of: world.territory, at: now).offers(Calendars(), by: manager, now: now, in: db)
            }
            #expect(offers.values.allSatisfy { $0.colleagues.isEmpty }, "everyone is away")
            let nexts = offers.values.compactMap(\.next).map { "\($0.start.rawValue) \($0.agent.id)" }
            #expect(Set(nexts).count == 2, "nobody is offered twice")
            #expect(offers[mine.id]?.next?.start == World.at(1, 9))
            let next = try #require(offers[mine.id]?.next)
            let closure = try await Closure.create(
                draft(world),
                remedies: Remedies([mine.id: .move(.init(agentID: next.agent.id, startsAt: next.start)), theirs.id: .cancel]), by: manager,
                at: now, in: store)
            #expect(try await store.read { db in try closure.covered(seenBy: manager, now: now, in: db) }.isEmpty)
            #expect(try await store.number("SELECT count(*) FROM tidings WHERE cause = 'closure'") == 2)
        }
    }

    @Test("is for those responsible for the house", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            for (agent, expected) in [
                (world.worker, Refusal.forbidden), (world.reception, .forbidden), (agendas.stranger, .notFound),
            ] {
                let acting = try await world.acting(agent, in: store)
                #expect(await refused { _ = try await Closure.create(draft(world), by: acting, at: now, in: store) } == expected)
            }
            let manager = try await world.acting(agendas.manager, in: store)
            let other = try await World.make(in: store, territoryID: 65)
            var foreign = draft(world)
            foreign.siteID = other.site.id
            #expect(await refused { _ = try await Closure.create(foreign, by: manager, at: now, in: store) } == .notFound)
        }
    }

    @Test("of a house and a site that do not go together cannot be stored", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO closure (territory_id, id, organization_id, site_id, title, first_date, start_minute, end_minute, nights,
                          pattern, every, weekdays, nth)
                        VALUES (\(64), \(ID<Closure>.new()), \(world.elsewhere.id), \(world.site.id), 'Travaux', '2026-11-30', 0, 1440, 0,
                          'once', 1, 0, 0)
                        """)
                }
            }
            #expect(violation?.name.contains("foreign") == true || violation?.name.contains("fkey") == true, "\(violation?.name ?? "")")
        }
    }
}
