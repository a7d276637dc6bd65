import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("An absence")
struct AbsenceTests {
    let now = World.now

    private func draft(of agent: Agent, _ first: Int = 0, _ last: Int = 0, _ minutes: Range<Int> = 0..<1440) -> AbsenceDraft {
        let end = last == first ? nil : World.monday.adding(days: last)
        return AbsenceDraft(
            agentID: agent.id, title: "Formation",
            stretch: StretchDraft(
                date: World.monday.adding(days: first), from: minutes.lowerBound, endDate: end, to: minutes.upperBound))
    }

    @Test("is created, changed and deleted, each with its entry in the journal and a new calendar version", arguments: Engine.available)
    func lifecycle(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = agendas.world.worker
            let acting = try await agendas.world.acting(worker, in: store)
            let before = try await agendas.version(of: worker, in: store)
            let absence = try await Absence.create(draft(of: worker), by: acting, at: now, in: store)
            let updated = try await Absence.update(absence.id, draft(of: worker, 0, 4), by: acting, at: now, in: store)
            #expect(try await store.read { db in try Absence.of(worker.id, of: 64, in: db) } == [updated])
            #expect(updated.stretch.days == 4)
            try await Absence.delete(absence.id, by: acting, at: now, in: store)
            #expect(try await agendas.version(of: worker, in: store) == before + 3)
            #expect(try await store.read { db in try Absence.of(worker.id, of: 64, in: db) }.isEmpty)
            let acts = try await store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(absence.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "changed", "deleted"])
        }
    }

    @Test("of one’s own takes one right, of others another", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let outcomes: [(Agent, Refusal?)] = [
                (world.worker, nil), (agendas.manager, nil), (world.colleague, .forbidden), (world.reception, .forbidden),
                (agendas.midwife, .notFound), (agendas.stranger, .notFound),
            ]
            let own = try await world.acting(world.worker, in: store)
            let absence = try await Absence.create(draft(of: world.worker, 3, 3), by: own, at: now, in: store)
            for (agent, expected) in outcomes {
                let acting = try await world.acting(agent, in: store)
                #expect(
                    await refused { _ = try await Absence.create(draft(of: world.worker), by: acting, at: now, in: store) } == expected,
                    "\(agent.name)")
                guard expected != nil else { continue }
                #expect(await refused { try await Absence.delete(absence.id, by: acting, at: now, in: store) } == expected)
            }
        }
    }

    @Test("lists the upcoming appointments that it covers, and only counts those that may not be seen", arguments: Engine.available)
    func covers(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            try await store.write { db in try agendas.join(world.worker, .caller, world.pmi, in: db) }
            let covered = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            _ = try await world.booking(at: World.at(1, 9)).booked(again: true, by: reception, at: now, in: store)
            var hidden = agendas.visitBooking(at: World.at(0, 10, 30))
            hidden.agentID = world.worker.id
            _ = try await hidden.book(by: reception, at: now, in: store)
            let own = try await world.acting(world.worker, in: store)
            let absence = try await Absence.create(draft(of: world.worker, 0, 0, 555..<660), by: own, at: now, in: store)
            let seen = try await store.read { db in try absence.covered(seenBy: reception, now: now, in: db) }
            #expect(seen.appointments.count == 2 && seen.hidden == 0)
            let colleague = try await world.acting(world.colleague, in: store)
            let masked = try await store.read { db in try absence.covered(seenBy: colleague, now: now, in: db) }
            #expect(masked.appointments.map(\.id) == [covered.id])
            #expect(masked.hidden == 1)
        }
    }

    @Test("says beside each field what is wrong", arguments: Engine.available)
    func complaints(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let worker = agendas.world.worker
            let acting = try await agendas.world.acting(worker, in: store)
            let spring = CivilDate(year: 2027, month: 3, day: 28)!
            let wrong: [(String, (inout AbsenceDraft) -> Void)] = [
                ("end_date", { $0.stretch.endDate = World.monday.adding(days: -1) }),
                ("end_date", { $0.stretch.endDate = World.monday.adding(days: 401) }),
                ("to", { ($0.stretch.from, $0.stretch.to) = (600, 600) }),
                ("from", { $0.stretch = StretchDraft(date: spring, from: 150, to: 240) }),
                ("title", { $0.title = String(repeating: "a", count: 101) }),
            ]
            for (field, change) in wrong {
                var draft = draft(of: worker)
                change(&draft)
                let refusal = await refused { _ = try await Absence.create(draft, by: acting, at: now, in: store) }
                #expect(refusal?.fields.keys.contains(field) == true, "\(field): \(refusal?.fields ?? [:])")
            }
        }
    }
}
