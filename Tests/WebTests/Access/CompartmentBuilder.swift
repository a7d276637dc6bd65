import Core
import Scheduling
import Store
import TestKit

@testable import Core

/// Fills one compartment: what the endpoints are asked about, and beside it what its words guard.
struct CompartmentBuilder {
    let mark: String
    let territory: Territory
    let organization: Organization
    let service: Service
    let shared: Person
    let double: ID<Agent>
    let isAtHome: Bool

    private var rank: Int { Compartment.marks.firstIndex(of: mark) ?? 0 }
    private func word(_ kind: String) -> String { kind + mark }

    func build(in store: Store) async throws -> Compartment {
        let world = try await world(in: store), colleague = agent("Lagun")
        let openings = [opening(at: 9, of: world), opening(at: 10, of: world), opening(at: 14, of: world, at: world.site)]
        try await store.write { db in
            for opening in openings { try opening.insert(of: territory.id, in: db) }
            try insert(colleague, .worker, db)
        }
        let worker = try await world.acting(world.worker, in: store), author = try await world.acting(world.reception, in: store)
        let absences = try await absences(of: worker, in: store)
        let appointment = try await book(for: world, by: author, in: store)
        try await leaveMemo(for: worker, by: author, in: store)
        return Compartment(
            name: "\(organization.name)/\(service.name)", mark: mark, territory: territory, organization: organization, service: service,
            worker: world.worker, colleague: colleague, shared: shared, double: double,
            things: try await Things.make(world, mark, in: store), appointment: appointment,
            reply: try await answer(about: appointment, in: store), message: try await message(about: appointment, in: store),
            absence: absences[0],
            spareOpening: openings[1].id, spareAbsence: absences[1], link: try await write(by: worker, author, in: store),
            isAtHome: isAtHome,
            isForeign: territory.id != 64)
    }

    private func message(about appointment: Appointment, in store: Store) async throws -> ID<Message> {
        try await store.read { db in try Message.due(about: appointment, in: db).first?.id ?? .new() }
    }

    private func answer(about appointment: Appointment, in store: Store) async throws -> ID<Reply> {
        let reply = Reply(
            id: .new(), gateway: "essai", sender: Compartment.number(1, of: mark), text: word("Réponse"), receivedAt: World.now,
            meaning: .words, effect: .toRead, personID: shared.id, appointmentID: appointment.id, forStart: appointment.startsAt,
            settledAt: nil)
        try await store.write { db in try reply.insert(nil, of: territory.id, in: db) }
        return reply.id
    }

    private func world(in store: Store) async throws -> World {
        let site = Site(organizationID: organization.id, name: word("Etxe"))
        let reason = Reason(
            serviceID: service.id, name: word("Motif"), minutes: 30, how: .phone, bookableBy: .service, instructions: word("Avoir"))
        let (elsewhere, spare) = (Organization(name: word("Organisation")), Service(name: word("Service")))
        let (worker, colleague, reception) = (agent("Etche"), agent("Bezero"), agent("Secretari"))
        let person = try await store.write { db in
            try site.insert(of: territory.id, in: db)
            try reason.insert(of: territory.id, in: db)
            try elsewhere.insert(of: territory.id, in: db)
            try spare.insert(of: territory.id, in: db)
            for agent in [worker, colleague] { try insert(agent, .worker, db) }
            try insert(reception, .reception, db)
            return try AccessWorld.person(word("Haristoy"), Compartment.number(0, of: mark), of: territory, in: [organization], db)
        }
        return World(
            territory: territory, organization: organization, elsewhere: elsewhere, social: service, pmi: spare, site: site, worker: worker,
            colleague: colleague, reception: reception, reason: reason, person: person)
    }

    private func agent(_ name: String) -> Agent {
        Agent(territoryID: territory.id, firstName: "Ane", lastName: word(name), email: "\(word(name).lowercased())@example.org")
    }

    private func insert(_ agent: Agent, _ role: Role, _ db: Writer) throws {
        try agent.insert(at: World.now, in: db)
        try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(agent.id), \(role))")
        if role == .worker { try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(service.id))") }
    }
}

extension CompartmentBuilder {
    /// At the site, or in a place of its own.
    private func opening(at hour: Int, of world: World, at site: Site? = nil) -> Opening {
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: [.monday, .tuesday, .thursday]))
        let stretch = try? Stretch(recurrence: recurrence, from: hour * 60, to: hour * 60 + 60)
        return Opening(
            agentID: world.worker.id, organizationID: organization.id, siteID: site?.id, place: site == nil ? word("Mairie") : "",
            stretch: stretch!, reasonIDs: [world.reason.id])
    }

    private func absences(of worker: Acting, in store: Store) async throws -> [ID<Absence>] {
        var made: [ID<Absence>] = []
        for hour in [17, 18] {
            let hours = StretchDraft(
                date: World.monday, from: hour * 60, to: hour * 60 + 30, pattern: .weekly(every: 1, on: [.monday]))
            let draft = AbsenceDraft(agentID: worker.agent.id, title: word("Cure"), stretch: hours)
            made.append(try await Absence.create(draft, by: worker, at: World.now, in: store).id)
        }
        return made
    }

    /// Everyone follows the same person: each hour is another’s.
    private func book(for world: World, by author: Acting, in store: Store) async throws -> Appointment {
        var booking = Booking(
            reasonID: world.reason.id, agentID: world.worker.id, personIDs: [shared.id], startsAt: World.at(0, 10 + rank),
            organizationID: organization.id, phone: Compartment.number(1, of: mark))
        booking.said = word("Dit")
        return try await booking.book(by: author, at: World.now, in: store)
    }

    private func leaveMemo(for worker: Acting, by author: Acting, in store: Store) async throws {
        try await store.claim { db in
            _ = try MemoDraft(
                agentID: worker.agent.id, organizationID: organization.id, caller: word("Madame"), phone: "", text: word("Mot"),
                dueAt: World.now.adding(minutes: 60)
            ).leave(by: author, at: World.now, in: db)
        }
    }

    /// What the worker writes of whom everyone follows.
    /// - Returns: the secret of a link with which the author chooses a password.
    private func write(by worker: Acting, _ author: Acting, in store: Store) async throws -> String {
        let administrator = Acting(territory: territory, agent: author.agent, roles: [:], territoryRoles: [.administrator])
        return try await store.write { db in
            _ = try Note.add(word("Note"), of: service.id, on: shared.id, by: worker, at: World.now, in: db)
            _ = try Note.add(word("Prive"), of: service.id, seenBy: .secret, on: shared.id, by: worker, at: World.now, in: db)
            try Referent.set(worker.agent.id, of: service.id, for: shared.id, by: worker, at: World.now, in: db)
            return try PasswordLink.issue(for: author.agent.id, by: administrator, at: World.now, in: db).text
        }
    }
}
