import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Une semaine type")
struct WeekTemplateTests {
    let now = World.now

    @Test("is kept from a week as it is, and laid in a colleague’s agenda for some weeks", arguments: Engine.available)
    func lays(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let manager = try await world.acting(agendas.manager, in: store)
            let morning = try await store.read { db in try Opening.of(world.worker.id, of: 64, in: db)[0] }
            try await Opening.change(morning.id, on: World.monday, .delete, .one, by: manager, at: now, in: store)
            let template = try await store.write { db in
                try WeekTemplate.keep(
                    "Semaine A", of: world.worker.id, in: world.organization.id, week: World.monday.adding(days: 2), by: manager, at: now,
                    in: db)
            }
            #expect(template.lines.count == 9, "the Monday morning that was deleted is not in it")
            #expect(template.lines.first?.weekday == .monday && template.lines.first?.minutes == 840..<1020)
            #expect(try await store.read { db in try WeekTemplate.all(for: manager, in: db) } == [template])
            let later = World.monday.adding(days: 30)
            let laid = try await template.lay(for: world.colleague.id, week: later, weeks: 3, by: manager, at: now, in: store)
            #expect(laid.count == 9)
            let window = World.paris.instant(later.monday, minute: 0)..<World.paris.instant(later.monday.adding(days: 60), minute: 0)
            #expect(laid.reduce(0) { $0 + $1.stretch.ranges(in: window, zone: World.paris).count } == 27)
            let once = try await template.lay(for: world.colleague.id, week: later, weeks: 1, by: manager, at: now, in: store)
            #expect(once.allSatisfy { $0.stretch.recurrence.pattern == .once })
        }
    }

    @Test("is refused whole to who is not of its services, and keeps one name a house", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let manager = try await world.acting(agendas.manager, in: store)
            let keep = { (name: String, week: CivilDate) in
                await refused {
                    _ = try await store.write { db in
                        try WeekTemplate.keep(
                            name, of: world.worker.id, in: world.organization.id, week: week, by: manager, at: now, in: db)
                    }
                }
            }
            #expect(await keep("Semaine A", World.monday) == nil)
            #expect(await keep("Semaine A", World.monday)?.fields["name"] != nil)
            #expect(await keep("Semaine B", World.monday.adding(days: -14))?.fields["date"] != nil)
            let template = try await store.read { db in try WeekTemplate.all(for: manager, in: db)[0] }
            let midwife = await refused {
                _ = try await template.lay(for: agendas.midwife.id, week: World.monday, weeks: 1, by: manager, at: now, in: store)
            }
            #expect(midwife?.fields["template"] != nil)
            #expect(try await store.read { db in try Opening.of(agendas.midwife.id, of: 64, in: db) }.isEmpty)
            let stranger = try await world.acting(agendas.stranger, in: store)
            #expect(try await store.read { db in try WeekTemplate.all(for: stranger, in: db) }.isEmpty)
            try await store.write { db in try WeekTemplate.delete(template.id, by: manager, at: now, in: db) }
            #expect(try await store.read { db in try WeekTemplate.all(for: manager, in: db) }.isEmpty)
        }
    }
}
