import Core
import Scheduling
import Store
import TestKit
import Testing

@Suite("Reasons for whom they know")
struct FollowUpTests {
    let now = World.now

    /// A follow-up reason that both agents open, and the person's referent in its service.
    private struct Followed {
        let world: World
        let reason: Reason
        let reception: Acting

        static func make(in store: Store, referent: Bool = true, _ change: (inout Reason) -> Void = { _ in }) async throws -> Followed {
            let world = try await World.make(in: store)
            var reason = Reason(serviceID: world.social.id, name: "Suivi", minutes: 30, how: .site)
            reason.isFollowUp = true
            change(&reason)
            try await store.write { [reason] db in
                try reason.insert(of: world.territory.id, in: db)
                for agent in [world.worker, world.colleague] {
                    var opening = world.opening(of: agent, 9 * 60..<12 * 60)
                    opening.reasonIDs = [reason.id]
                    try opening.insert(of: world.territory.id, in: db)
                }
                if referent {
                    try db.run(
                        """
                        INSERT INTO referent (territory_id, person_id, service_id, agent_id, since)
                        VALUES (64, \(world.person.id), \(world.social.id), \(world.colleague.id), \(World.now))
                        """)
                }
            }
            return Followed(world: world, reason: reason, reception: try await world.acting(world.reception, in: store))
        }

        func booking(with agent: Agent, at start: Instant = World.at(0, 9)) -> Booking {
            Booking(
                reasonID: reason.id, agentID: agent.id, personIDs: [world.person.id], startsAt: start,
                organizationID: world.organization.id, siteID: world.site.id)
        }

        func find(_ change: (inout SlotQuery) -> Void = { _ in }, in store: Store) async throws -> FoundSlots {
            var query = SlotQuery(reasonID: reason.id)
            change(&query)
            return try await store.read { [query] db in try Calendars().find(query, for: reception, now: World.now, in: db) }
        }
    }

    @Test("once the person is known, only their referent is proposed, unless others are asked for", arguments: Engine.available)
    func search(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let followed = try await Followed.make(in: store)
            let (world, anyone) = (followed.world, try await followed.find(in: store))
            #expect(anyone.following == .unknownPerson && anyone.slots.first?.count == 2)
            let known = try await followed.find({ $0.personID = world.person.id }, in: store)
            #expect(known.following == .referent(world.colleague.id))
            #expect(!known.slots.isEmpty && known.slots.allSatisfy { $0.agentID == world.colleague.id && $0.count == 1 })
            let others = try await followed.find({ ($0.personID, $0.otherAgents) = (world.person.id, true) }, in: store)
            #expect(others.following == .otherAgents && others.slots.first?.count == 2)
            let stranger = try await world.anotherPerson(in: store)
            let nobody = try await followed.find({ $0.personID = stranger.id }, in: store)
            #expect(nobody.following == .noReferent && nobody.slots.isEmpty)
        }
    }

    @Test("is refused with another agent, unless one says why; so is a move", arguments: Engine.available)
    func booking(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let followed = try await Followed.make(in: store)
            let (world, acting) = (followed.world, followed.reception)
            await #expect(throws: Refusal.notReferent) {
                _ = try await followed.booking(with: world.worker).book(by: acting, at: now, in: store)
            }
            var forced = followed.booking(with: world.worker)
            forced.otherAgentBecause = "Le référent est en formation."
            let odd = try await forced.book(by: acting, at: now, in: store)
            #expect(odd.otherAgentBecause == "Le référent est en formation.")
            let kept = try await store.read { db in try AppointmentDetails.find(odd.id, seenBy: acting, in: db) }
            #expect(kept.appointment.otherAgentBecause == odd.otherAgentBecause)
            let back = try await odd.move(to: .init(agentID: world.colleague.id, startsAt: World.at(0, 10)), by: acting, at: now, in: store)
            #expect(back.otherAgentBecause == nil)
            await #expect(throws: Refusal.notReferent) {
                _ = try await back.move(to: .init(agentID: world.worker.id, startsAt: World.at(0, 11)), by: acting, at: now, in: store)
            }
            let why = try await back.move(
                to: .init(agentID: world.worker.id, startsAt: World.at(0, 11)), why: "à sa demande", by: acting, at: now, in: store)
            #expect(why.otherAgentBecause == "à sa demande")
            _ = try await followed.booking(with: world.colleague).booked(again: true, by: acting, at: now, in: store)
        }
    }

    @Test("a reason for its service alone is not booked in another house because one is reception here", arguments: Engine.available)
    func ofItsService(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let visit = Reason(serviceID: world.pmi.id, name: "Visite", minutes: 30, how: .site, bookableBy: .service)
            let doctor = Agent(territoryID: 64, firstName: "Ane", lastName: "Etche")
            try await store.write { db in
                try visit.insert(of: 64, in: db)
                try doctor.insert(at: now, in: db)
                for house in [world.organization, world.elsewhere] {
                    try db.run("INSERT INTO membership VALUES (64, \(house.id), \(doctor.id), \(Role.worker))")
                    try db.run("INSERT INTO person_organization VALUES (64, \(world.person.id), \(house.id)) ON CONFLICT DO NOTHING")
                    var opening = world.opening(of: doctor, 9 * 60..<12 * 60)
                    (opening.organizationID, opening.siteID, opening.reasonIDs) = (house.id, nil, [visit.id])
                    if house.id == world.elsewhere.id { opening = Self.afternoon(opening, world, doctor) }
                    try opening.insert(of: 64, in: db)
                }
            }
            // Reception here, worker of another service there.
            let acting = Acting(
                territory: world.territory, agent: world.reception,
                roles: [world.organization.id: [.reception], world.elsewhere.id: [.worker]], services: [world.social.id])
            var query = SlotQuery(reasonID: visit.id)
            query.dates = World.monday..<World.monday.adding(days: 1)
            let found = try await store.read { [query] db in try Calendars().find(query, for: acting, now: now, in: db) }
            #expect(!found.slots.isEmpty && found.slots.allSatisfy { $0.organizationID == world.organization.id })
            let there = Booking(
                reasonID: visit.id, agentID: doctor.id, personIDs: [world.person.id], startsAt: World.at(0, 14),
                organizationID: world.elsewhere.id)
            await #expect(throws: Refusal.notFound) { _ = try await there.book(by: acting, at: now, in: store) }
            var here = there
            here.organizationID = world.organization.id
            _ = try await here.book(by: acting, at: now, in: store)
        }
    }

    private static func afternoon(_ opening: Opening, _ world: World, _ agent: Agent) -> Opening {
        var later = world.opening(of: agent, 14 * 60..<17 * 60)
        (later.organizationID, later.siteID, later.reasonIDs) = (opening.organizationID, nil, opening.reasonIDs)
        return later
    }

    private static func discreet(_ world: World) -> Reason {
        var reason = Reason(serviceID: world.social.id, name: "Écoute", minutes: 30, how: .site)
        reason.isDiscreet = true
        return reason
    }

    @Test("a relative asks in the person’s place only when they may book, and never for a discreet reason", arguments: Engine.available)
    func asking(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let followed = try await Followed.make(in: store) { $0.isFollowUp = false }
            let (world, acting) = (followed.world, followed.reception)
            let daughter = try await world.anotherPerson(named: "Lacoste", in: store)
            func ask(_ reason: ID<Reason>) async throws -> Appointment {
                var booking = followed.booking(with: world.worker)
                (booking.reasonID, booking.askedBy) = (reason, daughter.id)
                return try await booking.book(by: acting, at: now, in: store)
            }
            await #expect(throws: Refusal.mayNotBook) { _ = try await ask(followed.reason.id) }
            let discreet = Self.discreet(world)
            try await store.write { db in
                try discreet.insert(of: 64, in: db)
                try db.run(
                    """
                    INSERT INTO relation (territory_id, id, person_id, other_id, kind, receives, books, unaware_source, consent_how,
                      created_at, created_by)
                    VALUES (64, \(ID<Relation>.new()), \(world.person.id), \(daughter.id), 'other', FALSE, TRUE, '', '', 0, \(world.worker.id))
                    """)
            }
            await #expect(throws: Refusal.theyAskThemselves) { _ = try await ask(discreet.id) }
            let appointment = try await ask(followed.reason.id)
            #expect(try await store.read { db in try AppointmentDetails.asking(appointment, in: db) } == ["Jean Lacoste"])
        }
    }

    @Test("a discreet reason has no name in the lists of who is not of its service", arguments: Engine.available)
    func discreet(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let followed = try await Followed.make(in: store) {
                $0.isFollowUp = false
                $0.isDiscreet = true
            }
            let world = followed.world
            _ = try await followed.booking(with: world.worker).book(by: followed.reception, at: now, in: store)
            func said(_ acting: Acting) async throws -> [String] {
                try await store.read { db in
                    try Agenda.read(
                        of: [world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: acting, now: now, in: db
                    ).agents.flatMap { $0.appointments.map(\.reason) }
                }
            }
            #expect(try await said(followed.reception) == ["Motif discret"])
            #expect(try await said(try await world.acting(world.worker, in: store)) == ["Suivi"])
            #expect(try await said(try await world.acting(world.colleague, in: store)) == ["Suivi"], "of the same service")
        }
    }
}
