import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Recent changes to one’s agenda")
struct RecentChangesTests {
    private func changes(for acting: Acting, at now: Instant = World.now, _ store: Store) async throws -> RecentChanges {
        try await store.read { db in try RecentChanges.read(for: acting, at: now, in: db) }
    }

    @Test("name what was booked, moved, given to a colleague and cancelled, by whom, and undo it", arguments: Engine.available)
    func appointments(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, now = World.now
            let worker = try await world.acting(world.worker, in: store)
            let reception = try await world.acting(world.reception, in: store)
            let booked = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            let later = AppointmentFact.Place(agentID: world.worker.id, startsAt: World.at(0, 11))
            let moved = try await booked.move(to: later, by: reception, at: now.adding(minutes: 1), in: store)
            try await moved.cancel(.cancelledByPerson, why: "", by: reception, at: now.adding(minutes: 2), in: store)
            let found = try await changes(for: worker, at: now.adding(minutes: 3), store)
            #expect(found.lines.map(\.by) == [world.reception.id, world.reception.id, world.reception.id])
            guard case .status(.cancelledByPerson, _, false) = found.lines[0].what, case .moved = found.lines[1].what,
                case .booked = found.lines[2].what
            else { throw Refusal.notFound }
            // Only the last holds: before it, the others are no longer the appointment's last change.
            #expect(found.lines.map { $0.undo != nil } == [true, false, false])
            guard case .fact(let fact, let id) = found.lines[0].undo else { throw Refusal.notFound }
            let cancelled = try await store.read { db in try Appointment.find(id, seenBy: worker, in: db) }
            try await cancelled.undo(fact, by: worker, at: now.adding(minutes: 4), in: store)
            let again = try await changes(for: worker, at: now.adding(minutes: 5), store)
            #expect(again.lines.count == 4 && again.lines[0].by == world.worker.id)
            let given = AppointmentFact.Place(agentID: world.colleague.id, startsAt: World.at(0, 11))
            _ = try await moved.move(to: given, by: reception, at: now.adding(minutes: 6), in: store)
            guard case .moved(_, let after, false) = try await changes(for: worker, at: now.adding(minutes: 7), store).lines[0].what else {
                throw Refusal.notFound
            }
            #expect(after.agentID == world.colleague.id, "what is taken away is told too")
        }
    }

    @Test("an opening made, changed or deleted is put back as it was, once", arguments: Engine.available)
    func openings(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = try await agendas.world.acting(agendas.world.worker, in: store), now = World.now
            let made = try await Opening.create(agendas.draft(), by: worker, at: now, in: store)
            var draft = agendas.draft(1020..<1140)
            draft.version = 0
            _ = try await Opening.update(made.id, draft, by: worker, at: now.adding(minutes: 1), in: store)
            try await Opening.delete(made.id, by: worker, at: now.adding(minutes: 2), in: store)
            let ids: [ID<AgendaChange>] = try await store.read { db in
                try db.all("SELECT id FROM agenda_change WHERE thing_id = \(made.id) ORDER BY at") { try $0[0] }
            }
            #expect(ids.count == 3)
            // The last first: each finds what the one before it left.
            for (id, end) in zip(ids.reversed(), [Optional(1140), 1080, nil]) {
                try await AgendaChange.undo(id, by: worker, at: now.adding(minutes: 3), in: store)
                let found = try await store.read { db in try Opening.of(worker.agent.id, of: 64, in: db).first { $0.id == made.id } }
                #expect(found?.stretch.to == end)
                await #expect(throws: Refusal.agendaChanged) {
                    try await AgendaChange.undo(id, by: worker, at: now.adding(minutes: 4), in: store)
                }
            }
        }
    }

    @Test("are undone by who may fill that agenda alone", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = try await agendas.world.acting(agendas.world.worker, in: store)
            _ = try await Opening.create(agendas.draft(), by: worker, at: World.now, in: store)
            let change: ID<AgendaChange> = try #require(
                try await store.read { db in try db.first("SELECT id FROM agenda_change") { try $0[0] } })
            for agent in [agendas.world.colleague, agendas.world.reception, agendas.stranger] {
                let acting = try await agendas.world.acting(agent, in: store)
                let refusal = await #expect(throws: Refusal.self) {
                    try await AgendaChange.undo(change, by: acting, at: World.now, in: store)
                }
                #expect([.forbidden, .notFound].contains(refusal?.kind))
            }
        }
    }

    @Test("are counted when others made them, as far as they are wanted, until they are seen", arguments: Engine.available)
    func counts(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, now = World.now, counts = ChangeCounts()
            let worker = try await world.acting(world.worker, in: store)
            let reception = try await world.acting(world.reception, in: store)
            func count(_ minutes: Int) async throws -> Int {
                try await store.read { db in try counts.count(for: worker, now: now.adding(minutes: minutes), in: db) }
            }
            #expect(try await count(0) == 0)
            _ = try await world.booking(at: World.at(2, 9)).book(by: reception, at: now, in: store)
            _ = try await world.booking(at: World.at(3, 9)).booked(again: true, by: worker, at: now, in: store)
            #expect(try await count(1) == 1, "one’s own are not counted")
            try await store.write { db in try AgendaPreference(changes: .soon).save(by: worker, at: now, in: db) }
            #expect(try await count(1) == 0)
            try await store.write { db in try AgendaPreference.usual.save(by: worker, at: now, in: db) }
            try await store.write { db in try RecentChanges.see(by: worker, at: now.adding(minutes: 2), in: db) }
            #expect(try await count(3) == 0)
        }
    }
}
