import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("How agents look at agendas") struct AgendaViewTests {
    @Test("a group is one’s own, holds who may be seen, and its name is taken once", arguments: Engine.available) func groups(
        on engine: Engine
    ) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let worker = try await world.acting(world.worker, in: store)
            let reception = try await world.acting(world.reception, in: store)
            let group = AgendaGroup(name: " Le  jeudi ", agentIDs: [world.colleague.id, world.worker.id, world.colleague.id])
            try await store.write { db in try group.save(by: worker, at: World.now, in: db) }
            let kept = try await store.read { db in try AgendaGroup.find(group.id, of: worker, in: db) }
            #expect(kept.name == "Le jeudi")
            #expect(kept.agentIDs == [world.colleague.id, world.worker.id])
            #expect(try await store.read { db in try AgendaGroup.all(of: reception, in: db) } == [])
            await #expect(throws: Refusal.notFound) { try await store.read { db in try AgendaGroup.find(group.id, of: reception, in: db) } }
            let same = AgendaGroup(name: "Le jeudi", agentIDs: [world.worker.id])
            let taken = await #expect(throws: Refusal.self) {
                try await store.write { db in try same.save(by: worker, at: World.now, in: db) }
            }
            #expect(taken?.fields.keys.sorted() == ["name"])
            try await store.write { db in try same.save(by: reception, at: World.now, in: db) }
            let hidden = AgendaGroup(name: "Les autres", agentIDs: [agendas.stranger.id])
            await #expect(throws: Refusal.notFound) { try await store.write { db in try hidden.save(by: worker, at: World.now, in: db) } }
            try await store.write { db in try AgendaGroup.delete(group.id, by: worker, at: World.now, in: db) }
            #expect(try await store.read { db in try AgendaGroup.all(of: worker, in: db) } == [])
        }
    }

    @Test("the database keeps no preference for hours that end before they begin", arguments: Engine.available) func hours(
        on engine: Engine
    ) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = try await agendas.world.acting(agendas.world.worker, in: store)
            for preference in [
                AgendaPreference(
                    hours: 7..<20, weekend: true, colours: .status, legend: false, arrivals: false, changes: .soon, emails: .soon), .usual,
            ] {
                try await store.write { db in try preference.save(by: worker, at: World.now, in: db) }
                #expect(try await store.read { db in try AgendaPreference.of(worker, in: db) } == preference)
            }
            let wrong = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in try db.run("UPDATE agenda_preference SET first_hour = 18 WHERE agent_id = \(worker.agent.id)")
                }
            }
            #expect(wrong?.name == "agenda_preference_hours")
            #expect(throws: Refusal.self) { try AgendaPreference.hours(18, 8) }
            #expect(try AgendaPreference.hours(0, 24) == 0..<24)
        }
    }

    @Test("a filter and what is left out of sight hide, and free no time", arguments: Engine.available) func filters(on engine: Engine)
        async throws
    {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            let agenda = try await store.read { db in
                try Agenda.read(
                    of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: reception, now: World.now, in: db)
            }
            let day = try #require(agenda.byDay(of: world.territory, now: World.now).first?.first)
            #expect(day.appointments.count == 1 && !day.free.isEmpty && !day.openings.isEmpty)
            let other = day.showing(AgendaFilter(reasonID: .new()), at: World.now)
            #expect(other.appointments.isEmpty && other.openings.isEmpty && other.free.isEmpty)
            let same = day.showing(AgendaFilter(reasonID: world.reason.id, serviceID: world.social.id, how: .phone), at: World.now)
            #expect(same == day)
            let missed = day.showing(AgendaFilter(state: .missed), at: World.now)
            #expect(missed.appointments.isEmpty && missed.free == day.free, "its time is not free because it is not looked for")
            let bare = day.showing(.none, without: [.appointments], at: World.now)
            #expect(bare.appointments.isEmpty && bare.openings == day.openings && bare.free == day.free)
        }
    }

    @Test("a slot being written down is a hold, until it runs out", arguments: Engine.available) func holds(on engine: Engine) async throws
    {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let worker = try await world.acting(world.worker, in: store)
            let (start, end) = (World.at(0, 10), World.at(0, 10, 30))
            try await store.write { db in
                try db.run(
                    """
                    INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked)
                    VALUES (64, \(world.worker.id), \(start), \(end), \(ID<Claim>.new()), 'agent', \(World.now.adding(minutes: 5)), FALSE)
                    """)
            }
            for (now, holds) in [(World.now, [600..<630]), (World.now.adding(minutes: 6), [])] {
                let agenda = try await store.read { db in
                    try Agenda.read(of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: worker, now: now, in: db)
                }
                let day = try #require(agenda.byDay(of: world.territory, now: now).first?.first)
                #expect(day.holds.map(\.minutes) == holds && day.busy.isEmpty)
            }
        }
    }
}
