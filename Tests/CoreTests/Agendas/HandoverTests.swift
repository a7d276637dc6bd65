import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Une passation")
struct HandoverTests {
    let now = World.now

    private func follow(_ person: ID<Person>, by agent: Agent, in service: Service, _ store: Store) async throws {
        try await store.write { db in
            try db.run("INSERT INTO referent VALUES (\(64), \(person), \(service.id), \(agent.id), \(now))")
        }
    }

    private func administrator(_ world: World) -> Acting {
        Acting(territory: world.territory, agent: world.reception, roles: [:], territoryRoles: [.administrator])
    }

    @Test("gives appointments, people and openings to a colleague in one act, and tells", arguments: Engine.available)
    func gives(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store)
            let before = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            let after = try await world.booking(at: World.at(2, 9)).booked(again: true, by: reception, at: now, in: store)
            // Outside any opening of the colleague's: a handover goes wherever they are free.
            let late = try await world.booking(at: World.at(2, 19)).booked(again: true, by: reception, at: now, in: store)
            try await follow(world.person.id, by: world.worker, in: world.social, store)
            let manager = try await world.acting(agendas.manager, in: store)
            var handover = Handover(
                from: world.worker.id, to: world.colleague.id, organizationID: world.organization.id, date: World.monday.adding(days: 1),
                openings: .give)
            let asked = handover
            let plan = try await store.read { db in try asked.plan(Calendars(), by: manager, now: now, in: db) }
            #expect(plan.covered.appointments.map(\.id) == [after.id, late.id])
            #expect(plan.load == Workload(appointments: 3, people: 1, openings: 2))
            #expect(plan.offers.values.allSatisfy { $0.colleagues.first?.id == world.colleague.id })
            handover.remedies = Remedies(
                Dictionary(
                    uniqueKeysWithValues: [after, late].map { ($0.id, .move(.init(agentID: world.colleague.id, startsAt: $0.startsAt))) }))
            let done = try await handover.give(by: manager, at: now, in: store)
            #expect((done.appointments, done.people, done.openings) == (2, 1, 2))
            #expect(done.left.appointments == 1 && done.left.people == 0)
            let agents = try await store.read { db in
                try [before, after, late].map { try Appointment.find($0.id, seenBy: manager, in: db).agentID }
            }
            #expect(agents == [world.worker.id, world.colleague.id, world.colleague.id])
            #expect(
                try await store.read { db in try Referent.of(world.person.id, seenBy: manager, in: db).map(\.agentID) } == [
                    world.colleague.id
                ])
            let told = try await store.number("SELECT count(*) FROM tidings WHERE cause = 'handover'")
            #expect(told == 2)
            let openings = try await store.read { db in
                (try Opening.of(world.worker.id, of: 64, in: db), try Opening.of(world.colleague.id, of: 64, in: db))
            }
            #expect(openings.0.map(\.stretch.recurrence.until) == [World.monday, World.monday])
            #expect(openings.1.count == 4)
            #expect(openings.1.filter { $0.stretch.recurrence.first == World.monday.adding(days: 1) }.count == 2)
        }
    }

    @Test("is for those responsible, between colleagues of the house, from today on", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let handover = Handover(
                from: world.worker.id, to: world.colleague.id, organizationID: world.organization.id, date: World.monday)
            for (agent, expected) in [(world.colleague, Refusal.forbidden), (world.reception, .forbidden), (agendas.stranger, .notFound)] {
                let acting = try await world.acting(agent, in: store)
                #expect(await refused { _ = try await handover.give(by: acting, at: now, in: store) } == expected, "\(agent.name)")
            }
            let manager = try await world.acting(agendas.manager, in: store)
            var wrong = handover
            wrong.to = world.worker.id
            #expect(await refused { _ = try await wrong.give(by: manager, at: now, in: store) }?.fields["to"] != nil)
            wrong = handover
            wrong.date = World.monday.adding(days: -5)
            #expect(await refused { _ = try await wrong.give(by: manager, at: now, in: store) }?.fields["date"] != nil)
        }
    }

    @Test("comes before an agent is disabled: nobody is left to nobody", arguments: Engine.available)
    func disabling(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world, admin = administrator(world)
            let reception = try await world.acting(world.reception, in: store)
            try await store.write { db in
                try db.run("INSERT INTO territory_role VALUES (\(64), \(world.reception.id), \(TerritoryRole.administrator))")
                try db.run("UPDATE agent SET password = 'scrypt$' WHERE id = \(world.reception.id)")
            }
            let appointment = try await world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            try await follow(world.person.id, by: world.worker, in: world.social, store)
            let busy = await refused { try await store.write { db in try Agent.disable(world.worker.id, by: admin, at: now, in: db) } }
            #expect(busy?.code == "agent-busy")
            #expect(busy?.sentence.contains("1\u{A0}rendez-vous à venir et 1\u{A0}personne suivie") == true)
            for (code, act): (String, @Sendable (Writer) throws -> Void) in [
                ("agent-busy", { db in try Agent.setServices([], of: world.worker.id, by: admin, at: now, in: db) }),
                (
                    "agent-busy",
                    { db in
                        try Membership(organizationID: world.organization.id, agentID: world.worker.id, roles: []).save(
                            by: admin, at: now, in: db)
                    }
                ),
            ] {
                #expect(await refused { try await store.write { db in try act(db) } }?.code == code)
            }
            let manager = try await world.acting(agendas.manager, in: store)
            let handover = Handover(
                from: world.worker.id, to: world.colleague.id, organizationID: world.organization.id, date: World.monday,
                remedies: Remedies([appointment.id: .move(.init(agentID: world.colleague.id, startsAt: appointment.startsAt))]))
            _ = try await handover.give(by: manager, at: now, in: store)
            try await store.write { db in try Agent.disable(world.worker.id, by: admin, at: now.adding(minutes: 1), in: db) }
            #expect(try await store.number("SELECT count(*) FROM agent WHERE disabled_at IS NOT NULL") == 1)
        }
    }

    @Test("an account can be shut at once, whatever its agent leaves", arguments: Engine.available)
    func shutOut(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let office = try await Office.make(in: store)
            let worker = office.world.worker
            try await office.give(worker, in: store)
            let reception = try await office.world.acting(office.world.reception, in: store)
            _ = try await office.world.booking(at: World.at(0, 9)).book(by: reception, at: now, in: store)
            let session = try await office.signIn(worker.email, in: store)
            _ = session
            try await store.write { db in try Agent.shutOut(worker.id, by: office.admin, at: now, in: db) }
            #expect(try await store.number("SELECT count(*) FROM session WHERE agent_id = \(worker.id)") == 0)
            await #expect(throws: Refusal.self) { _ = try await office.signIn(worker.email, in: store) }
            #expect(try await store.number("SELECT count(*) FROM agent WHERE disabled_at IS NOT NULL") == 0)
            await #expect(throws: Refusal.self, "the command line too says what is left") {
                try await Agent.disable(email: worker.email ?? "", at: now, in: store)
            }
        }
    }

    @Test("the database itself leaves nobody to nobody", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let disable: @Sendable (Agent) async throws -> Void = { agent in
                try await store.write { db in _ = try db.run("UPDATE agent SET disabled_at = \(now) WHERE id = \(agent.id)") }
            }
            let opened = await #expect(throws: ConstraintViolation.self) { try await disable(world.worker) }
            #expect(opened?.name == "agent_orphans", "openings without an end")
            try await follow(world.person.id, by: agendas.midwife, in: world.pmi, store)
            let followed = await #expect(throws: ConstraintViolation.self) { try await disable(agendas.midwife) }
            #expect(followed?.name == "agent_orphans", "someone followed")
            let service = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in
                    _ = try db.run("DELETE FROM agent_service WHERE agent_id = \(agendas.midwife.id) AND service_id = \(world.pmi.id)")
                }
            }
            #expect(service?.name == "agent_service_orphans")
            let manager = try await world.acting(agendas.manager, in: store)
            var booking = world.booking(at: World.at(0, 9), of: agendas.manager)
            booking.overbookBecause = nil
            _ = try await booking.book(by: manager, at: now, in: store)
            let booked = await #expect(throws: ConstraintViolation.self) { try await disable(agendas.manager) }
            #expect(booked?.name == "agent_orphans", "an appointment to come")
        }
    }
}

@Suite("A team")
struct TeamTests {
    @Test("is made, changed and deleted by who sets up its organization, of its own agents", arguments: Engine.available)
    func lifecycle(on engine: Engine) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let admin = Acting(territory: world.territory, agent: world.reception, roles: [:], territoryRoles: [.administrator])
            var team = Team(organizationID: world.organization.id, name: " Équipe  insertion ", agentIDs: [world.worker.id])
            let save = { (team: Team, acting: Acting) in
                await refused { try await store.write { db in try team.save(by: acting, at: World.now, in: db) } }
            }
            #expect(await save(team, admin) == nil)
            let find = { try await store.read { db in try Team.of([world.organization.id], of: 64, in: db) } }
            #expect(try await find().map(\.name) == ["Équipe insertion"])
            #expect(
                await save(Team(organizationID: world.organization.id, name: "Équipe insertion", agentIDs: [world.worker.id]), admin)?
                    .fields["name"] != nil)
            team.agentIDs = [world.worker.id, world.colleague.id]
            #expect(await save(team, admin) == nil)
            #expect(try await find().first?.agentIDs.count == 2)
            team.agentIDs = [agendas.stranger.id]
            #expect(await save(team, admin)?.fields["agents"] != nil)
            #expect(await save(team, try await world.acting(agendas.manager, in: store)) == .forbidden)
            let id = team.id
            try await store.write { db in try Team.delete(id, by: admin, at: World.now, in: db) }
            #expect(try await find().isEmpty)
        }
    }
}
