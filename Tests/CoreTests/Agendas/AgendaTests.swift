import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("An agenda")
struct AgendaTests {
    let now = World.now
    let week = World.monday..<World.monday.adding(days: 7)

    private func read(_ agents: [Agent], by agent: Agent, _ world: AgendaWorld, _ store: Store) async throws -> Agenda {
        let acting = try await world.world.acting(agent, in: store)
        return try await store.read { db in
            try Agenda.read(of: agents.map(\.id), week, seenBy: acting, now: now, in: db)
        }
    }

    @Test("shows who, when, why, how, where and the number to call", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            var booking = world.booking(at: World.at(0, 9))
            booking.said = "Appelez après 9 h 15."
            let reception = try await world.acting(world.reception, in: store)
            let appointment = try await booking.book(by: reception, at: now, in: store)
            let agenda = try await read([world.worker], by: world.worker, agendas, store)
            let shown = try #require(agenda.agents.first?.appointments.first)
            #expect(shown.id == appointment.id)
            #expect(shown.time == World.at(0, 9)..<World.at(0, 9, 30))
            #expect(shown.people.map(\.name) == ["Jeanne Lacoste"])
            #expect(shown.reason == "Premier contact RSA")
            #expect(shown.how == .phone)
            #expect(shown.place == "Orthez")
            #expect(shown.phone == "+33639981234")
            #expect(shown.said == "Appelez après 9 h 15.")
            #expect(shown.status == .upcoming)
            #expect(!shown.isOverbooked)
            #expect(agenda.agents.first?.busy.isEmpty == true)
            #expect(agenda.agents.first?.openings.count == 10)
            #expect(agenda.agents.first?.openings.first?.opening.reasons == ["Premier contact RSA"])
            #expect(agenda.agents.first?.openings.first?.opening.place == "Orthez")
        }
    }

    @Test("shows what was said to the agent and the author alone", arguments: Engine.available)
    func said(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            var booking = world.booking(at: World.at(0, 9))
            booking.said = "En confidence."
            let reception = try await world.acting(world.reception, in: store)
            _ = try await booking.book(by: reception, at: now, in: store)
            for (agent, seen) in [
                (world.worker, "En confidence."), (world.reception, "En confidence."), (world.colleague, nil), (agendas.manager, nil),
            ] {
                let agenda = try await read([world.worker], by: agent, agendas, store)
                #expect(agenda.agents.first?.appointments.first?.said == seen, "\(agent.name)")
            }
        }
    }

    @Test("is opened by its agent, by colleagues of the service, by reception and by managers; by nobody else", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            for agent in [world.worker, world.colleague, world.reception, agendas.manager] {
                let agenda = try await read([world.worker], by: agent, agendas, store)
                #expect(agenda.agents.count == 1, "\(agent.name)")
            }
            for agent in [agendas.stranger, agendas.midwife] {
                await #expect(throws: Refusal.notFound, "\(agent.name)") {
                    _ = try await read([world.worker], by: agent, agendas, store)
                }
            }
            await #expect(throws: Refusal.notFound, "one of several that may not be seen") {
                _ = try await read([world.worker, agendas.midwife], by: world.worker, agendas, store)
            }
        }
    }

    @Test("of another territory does not exist", arguments: Engine.available)
    func otherTerritory(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let other = try await World.make(in: store, territoryID: 65)
            let acting = try await other.acting(other.reception, in: store)
            await #expect(throws: Refusal.notFound) {
                _ = try await store.read { db in
                    try Agenda.read(of: [agendas.world.worker.id], week, seenBy: acting, now: now, in: db)
                }
            }
        }
    }

    @Test("shows a social worker nothing of a PMI appointment but that the time is taken", arguments: Engine.available)
    func masks(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            // The midwife also belongs to the social service, so that the worker may open her agenda.
            try await store.write { db in
                try db.run("INSERT INTO agent_service VALUES (\(64), \(agendas.midwife.id), \(world.social.id))")
                var opening = world.opening(of: agendas.midwife, 540..<720)
                opening.reasonIDs = [agendas.visit.id, world.reason.id]
                try opening.insert(of: 64, in: db)
            }
            let midwife = try await world.acting(agendas.midwife, in: store)
            _ = try await agendas.visitBooking(at: World.at(1, 9)).book(by: midwife, at: now, in: store)
            let agenda = try await read([agendas.midwife], by: world.worker, agendas, store)
            let seen = try #require(agenda.agents.first)
            #expect(seen.appointments.isEmpty)
            #expect(seen.busy == [World.at(1, 9)..<World.at(1, 10)])
            #expect(seen.openings.first?.opening.reasons == ["Premier contact RSA"])
            #expect(seen.owner.services.map(\.name) == ["Service social"])
            let text = String(describing: agenda)
            for word in ["Lacoste", "postnatale", "PMI", world.person.id.description] {
                #expect(!text.contains(word), "\(word) leaks")
            }
            let own = try await read([agendas.midwife], by: agendas.midwife, agendas, store)
            #expect(own.agents.first?.appointments.map(\.reason) == ["Visite postnatale"])
        }
    }

    @Test("shows an absence’s title to its agent, reception and managers, and to others that they are away", arguments: Engine.available)
    func absences(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let draft = AbsenceDraft(
                agentID: world.worker.id, title: "Dentiste",
                stretch: StretchDraft(date: World.monday.adding(days: 2), from: 0, endDate: World.monday.adding(days: 3), to: 1440))
            _ = try await Absence.create(draft, by: acting, at: now, in: store)
            for (agent, title) in [(world.worker, "Dentiste"), (world.reception, "Dentiste"), (world.colleague, "")] {
                let away = try await read([world.worker], by: agent, agendas, store).agents.first?.absences
                #expect(away?.map(\.title) == [title], "\(agent.name)")
                #expect(away?.first?.time == World.at(2, 0)..<World.at(4, 0))
            }
        }
    }

    @Test("splits into days, with holidays, free time and cancelled appointments apart", arguments: Engine.available)
    func days(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let kept = try await world.booking(at: World.at(0, 9, 30)).book(by: reception, at: now, in: store)
            let freed = try await world.booking(at: World.at(0, 11)).booked(again: true, by: reception, at: now, in: store)
            try await freed.cancel(.cancelledByPerson, why: "", by: reception, at: now, in: store)
            let agenda = try await read([world.worker], by: world.worker, agendas, store)
            let monday = try #require(agenda.byDay(of: world.territory, now: now).first?.first)
            #expect(monday.appointments.map(\.item.id) == [kept.id])
            #expect(monday.cancelled.map(\.item.id) == [freed.id])
            #expect(monday.free == [540..<570, 600..<720, 840..<1020])
            #expect(monday.openings.map(\.minutes) == [540..<720, 840..<1020])
            let later = agenda.byDay(of: world.territory, now: World.at(0, 14, 2)).first?.first
            #expect(later?.free == [845..<1020], "nothing is free in the past")
        }
    }

    @Test("is closed on public holidays", arguments: Engine.available)
    func holidays(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let christmas = CivilDate(year: 2026, month: 12, day: 25)!
            let days = try await store.read { db in
                try Agenda.read(of: [world.worker.id], christmas..<christmas.adding(days: 1), seenBy: acting, now: now, in: db)
            }.byDay(of: world.territory, now: now)
            let day = try #require(days.first?.first)
            #expect(day.holiday == "Jour de Noël")
            #expect(day.openings.isEmpty && day.free.isEmpty)
        }
    }

    @Test("counts what is left to close, and forgets nothing when a status changes", arguments: Engine.available)
    func toClose(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let acting = try await world.acting(world.worker, in: store)
            let first = try await world.booking(at: World.at(0, 9)).book(by: acting, at: now, in: store)
            let second = try await world.booking(at: World.at(0, 10)).booked(again: true, by: acting, at: now, in: store)
            let counts = ToCloseCounts()
            for (moment, expected) in [(now, 0), (World.at(0, 9, 29), 0), (World.at(0, 9, 30), 1), (World.at(3, 0), 2)] {
                #expect(try await store.read { db in try counts.count(for: acting, now: moment, in: db) } == expected)
            }
            let list = try await store.read { db in try ToClose.read(for: acting, now: World.at(1, 8), in: db) }
            #expect(list.count == 2)
            #expect(list.appointments.map(\.id) == [first.id, second.id])
            try await first.close(.attended, for: world.person.id, by: acting, at: World.at(1, 8), in: store)
            #expect(try await store.read { db in try counts.count(for: acting, now: World.at(1, 8), in: db) } == 1)
            #expect(try await store.read { db in try ToClose.read(for: acting, now: World.at(1, 8), in: db) }.count == 1)
            let colleague = try await world.acting(world.colleague, in: store)
            #expect(try await store.read { db in try counts.count(for: colleague, now: World.at(1, 8), in: db) } == 0)
        }
    }
}
