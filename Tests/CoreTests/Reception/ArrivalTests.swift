import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("The waiting room")
struct ArrivalTests {
    /// An appointment of today at the site, and everyone who has to do with it.
    private func withAppointment(
        _ engine: Engine, _ test: (AgendaWorld, Store, Appointment, _ reception: Acting, _ worker: Acting) async throws -> Void
    ) async throws {
        try await withAgendas(on: engine) { agendas, store in
            let world = agendas.world
            let reception = try await world.acting(world.reception, in: store), worker = try await world.acting(world.worker, in: store)
            let reason = Reason(serviceID: world.social.id, name: "Entretien", minutes: 30, how: .site)
            try await store.write { db in try reason.insert(of: 64, in: db) }
            let booking = Booking(
                reasonID: reason.id, agentID: world.worker.id, personIDs: [world.person.id],
                startsAt: World.now.adding(minutes: 60).onTheHour,
                organizationID: world.organization.id, siteID: world.site.id)
            try await test(agendas, store, booking.book(by: reception, at: World.now, in: store), reception, worker)
        }
    }

    private func waiting(_ acting: Acting, _ store: Store) async throws -> [WaitingRoom.Present] {
        let today = World.paris.civil(World.now).date
        return try await store.read { db in try WaitingRoom.forOneself(acting, on: today, in: db) }.present
    }

    @Test("who arrives is on top of the agent's day, with whom, until they are received", arguments: Engine.available)
    func arrives(_ engine: Engine) async throws {
        try await withAppointment(engine) { agendas, store, appointment, reception, worker in
            let world = agendas.world, before = try await agendas.version(of: world.worker, in: store)
            let arrival = try await store.claim { db in
                try Arrival.record(world.person.id, for: appointment, companion: "sa fille", by: reception, at: World.now, in: db)
            }
            #expect(try await agendas.version(of: world.worker, in: store) > before, "open screens hear of it")
            let there = try await waiting(worker, store)
            #expect(there.map(\.arrival.companion) == ["sa fille"])
            #expect(there.map(\.name) == [world.person.name])
            try await store.claim { db in try Arrival.follow(arrival.id, .received, by: worker, at: World.now, in: db) }
            #expect(try await waiting(worker, store).isEmpty)
            try await store.claim { db in try Arrival.follow(arrival.id, .undone, by: worker, at: World.now, in: db) }
            #expect(try await waiting(worker, store).count == 1)
        }
    }

    @Test("nobody arrives twice for one appointment, whatever the code does", arguments: Engine.available)
    func once(_ engine: Engine) async throws {
        try await withAppointment(engine) { agendas, store, appointment, reception, _ in
            let person = agendas.world.person.id
            let arrive: @Sendable () async throws -> Void = {
                try await store.claim { db in
                    _ = try Arrival.record(person, for: appointment, companion: "", by: reception, at: World.now, in: db)
                }
            }
            try await arrive()
            await #expect(throws: Refusal.alreadyThere) { try await arrive() }
            let violation = await #expect(throws: ConstraintViolation.self) {
                try await store.write { db in
                    try db.run(
                        """
                        INSERT INTO arrival (territory_id, id, organization_id, site_id, appointment_id, person_id, service_id, name, companion,
                          at, by_agent_id)
                        SELECT territory_id, \(ID<Arrival>.new()), organization_id, site_id, appointment_id, person_id, service_id, name,
                          companion, at, by_agent_id FROM arrival
                        """)
                }
            }
            #expect(violation?.name == "arrival_of_appointment")
        }
    }

    @Test(
        "someone without an appointment, even anonymous, waits for the service; another service does not see them",
        arguments: Engine.available)
    func walksIn(_ engine: Engine) async throws {
        try await withAppointment(engine) { agendas, store, _, reception, worker in
            let world = agendas.world, midwife = try await world.acting(agendas.midwife, in: store)
            let stranger = try await world.acting(agendas.stranger, in: store)
            let arrival = try await store.claim { db in
                try Arrival.walkIn(
                    at: world.site.id, for: world.social.id, name: "", companion: "", by: reception, at: World.now, in: db)
            }
            #expect(try await waiting(worker, store).map(\.arrival.id) == [arrival.id])
            #expect(try await waiting(midwife, store).isEmpty)
            await #expect(throws: Refusal.notFound) {
                try await store.claim { db in try Arrival.follow(arrival.id, .received, by: stranger, at: World.now, in: db) }
            }
        }
    }

    @Test("of two agents who receive someone at once, one is told that a colleague did", arguments: Engine.available)
    func race(_ engine: Engine) async throws {
        try await withAppointment(engine) { agendas, store, _, reception, worker in
            let world = agendas.world, colleague = try await world.acting(world.colleague, in: store)
            let arrival = try await store.claim { db in
                try Arrival.walkIn(
                    at: world.site.id, for: world.social.id, name: "M. Pomès", companion: "", by: reception, at: World.now, in: db)
            }
            let received = await withTaskGroup(of: Bool.self, returning: Int.self) { group in
                for acting in [worker, colleague] {
                    group.addTask {
                        do {
                            try await store.claim { db in try Arrival.follow(arrival.id, .received, by: acting, at: World.now, in: db) }
                            return true
                        } catch {
                            return false
                        }
                    }
                }
                return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
            }
            #expect(received == 1)
        }
    }
}

extension Instant {
    fileprivate var onTheHour: Instant { Instant(rawValue / 3600 * 3600) }
}
