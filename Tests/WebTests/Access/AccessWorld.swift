import Core
import Foundation
import Scheduling
import Store
import TestKit

/// Two organizations of one territory with a social service and a PMI in each, and a PMI in another territory.
struct AccessWorld: Sendable {
    let compartments: [Compartment]

    static func make(in store: Store) async throws -> AccessWorld {
        let (here, there) = (World(territoryID: 64).territory, World(territoryID: 65).territory)
        let (social, pmi) = (Service(name: "Service social"), Service(name: "Maternellegorri", secret: true))
        let foreign = Service(name: "Maternellehori", secret: true)
        let orthez = Organization(name: "MDS d’Orthez"), pau = Organization(name: "MDS de Pau"),
            tarbes = Organization(name: "MDS de Tarbes")
        let shared = try await store.write { db in
            try here.insert(in: db)
            try there.insert(in: db)
            for service in [social, pmi] { try service.insert(of: here.id, in: db) }
            try foreign.insert(of: there.id, in: db)
            for house in [orthez, pau] { try house.insert(of: here.id, in: db) }
            try tarbes.insert(of: there.id, in: db)
            return (
                try person("Uhaldezuri", "+33639988000", of: here, in: [orthez, pau], db),
                try person("Uhaldehori", "+33639988001", of: there, in: [tarbes], db)
            )
        }
        let houses = [
            ("zuri", here, orthez, social, shared.0), ("gorri", here, orthez, pmi, shared.0), ("beltz", here, pau, social, shared.0),
            ("urdin", here, pau, pmi, shared.0), ("hori", there, tarbes, foreign, shared.1),
        ]
        let double = Agent(territoryID: here.id, firstName: "Bi", lastName: "Bikote")
        var compartments: [Compartment] = []
        for (mark, territory, house, service, person) in houses {
            let builder = CompartmentBuilder(
                mark: mark, territory: territory, organization: house, service: service, shared: person, double: double.id,
                isAtHome: house.id == orthez.id)
            compartments.append(try await builder.build(in: store))
        }
        let (first, second) = (compartments[1], compartments[2])
        try await store.write { db in
            try double.insert(at: World.now, in: db)
            for part in [first, second] { try part.add(double, opening: 15, db) }
        }
        return AccessWorld(compartments: compartments)
    }

    /// With what finds them.
    static func person(_ name: String, _ number: String, of territory: Territory, in houses: [Organization], _ db: Writer) throws -> Person
    {
        var draft = PersonDraft()
        (draft.firstName, draft.lastName, draft.phones) = ("Maddi", name, [.init(number)])
        let agent = Agent(territoryID: territory.id, firstName: "Agent", lastName: "Passant")
        try agent.insert(at: World.now, in: db)
        let acting = Acting(territory: territory, agent: agent, roles: [houses[0].id: [.reception]])
        let person = try NewPerson(draft, organizationID: houses[0].id, informed: true).create(by: acting, at: World.now, in: db)
        for house in houses.dropFirst() {
            try db.run("INSERT INTO person_organization VALUES (\(territory.id), \(person.id), \(house.id))")
        }
        return person
    }
}

extension AccessWorld {
    /// Signs someone in as a walker.
    /// - Returns: `nil` for nobody.
    func agent(for walker: Walker, in store: Store) async throws -> Agent? {
        let home = compartments[0], territory = home.territory.id
        let agent = Agent(territoryID: territory, firstName: "Peio", lastName: "Promeneur", email: "promeneur@example.org")
        switch walker {
        case .nobody: return nil
        case .owner: return home.worker
        case .over(let role):
            try await store.write { db in
                try agent.insert(at: World.now, in: db)
                try db.run("INSERT INTO territory_role (territory_id, agent_id, role) VALUES (\(territory), \(agent.id), \(role))")
            }
        case .role(let role, let secret):
            let service = compartments[secret ? 1 : 0].service
            try await store.write { db in
                try agent.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (\(territory), \(home.organization.id), \(agent.id), \(role))")
                try db.run("INSERT INTO agent_service VALUES (\(territory), \(agent.id), \(service.id))")
            }
        }
        return agent
    }
}

extension Compartment {
    /// Someone works here too.
    fileprivate func add(_ agent: Agent, opening hour: Int, _ db: Writer) throws {
        try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(agent.id), \(Role.worker))")
        try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(service.id))")
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: [.monday]))
        let stretch = try? Stretch(recurrence: recurrence, from: hour * 60, to: hour * 60 + 60)
        try Opening(
            agentID: agent.id, organizationID: organization.id, siteID: nil, place: word("Bikotx"), stretch: stretch!,
            reasonIDs: [things.world.reason.id]
        ).insert(of: territory.id, in: db)
    }
}

/// Fills one compartment.
private struct CompartmentBuilder {
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
        let (worker, author, colleague) = (agent("Etche"), agent("Secretari"), agent("Lagun"))
        let site = Site(organizationID: organization.id, name: word("Etxe")), area = Area(name: word("Aire"))
        let reason = Reason(
            serviceID: service.id, name: word("Motif"), minutes: 30, how: .phone, bookableBy: .service, instructions: word("Avoir"))
        try await store.write { db in
            try site.insert(of: territory.id, in: db)
            try reason.insert(of: territory.id, in: db)
            try insert(worker, .worker, db)
            try insert(colleague, .worker, db)
            try insert(author, .reception, db)
        }
        let house = Things.House(
            organization: organization, elsewhere: Organization(areaID: area.id, name: word("Organisation")), social: service,
            pmi: Service(name: word("Service")), site: site, worker: worker, colleague: agent("Bezero"), reception: author, reason: reason,
            person: shared)
        let appointment = try await book(reason, of: worker, by: author, in: store)
        return try await fill(house, area, appointment, colleague, in: store)
    }

    private func agent(_ name: String) -> Agent {
        Agent(territoryID: territory.id, firstName: "Ane", lastName: word(name), email: "\(word(name).lowercased())@example.org")
    }

    private func insert(_ agent: Agent, _ role: Role, _ db: Writer) throws {
        try agent.insert(at: World.now, in: db)
        try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(agent.id), \(role))")
        if role == .worker { try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(service.id))") }
    }

    private func book(_ reason: Reason, of worker: Agent, by author: Agent, in store: Store) async throws -> Appointment {
        var booking = Booking(
            reasonID: reason.id, agentID: worker.id, personIDs: [shared.id], startsAt: World.at(0, 9 + rank),
            organizationID: organization.id, phone: Compartment.number(1, of: mark))
        booking.said = word("Dit")
        return try await booking.book(by: try await acting(author, in: store), at: World.now, in: store)
    }

    private func acting(_ agent: Agent, in store: Store) async throws -> Acting {
        try await store.read { db in try Acting.load(agent.id, of: territory.id, in: db)! }
    }
}

extension CompartmentBuilder {
    private func fill(
        _ house: Things.House, _ area: Area, _ appointment: Appointment, _ colleague: Agent, in store: Store
    ) async throws -> Compartment {
        let worker = try await acting(house.worker, in: store), author = try await acting(house.reception, in: store)
        let absences = try await absences(of: worker, in: store), openings = [9, 10, 11, 14].map { opening(from: $0, of: house) }
        var house = house
        let made = house
        let (person, quiet, spareReason, tag, token, link) = try await store.write { db in
            for opening in openings { try opening.insert(of: territory.id, in: db) }
            try area.insert(of: territory.id, in: db)
            try made.elsewhere.insert(of: territory.id, in: db)
            try made.pmi.insert(of: territory.id, in: db)
            try insert(made.colleague, .worker, db)
            try write(by: worker, db)
            return (
                try AccessWorld.person(word("Haristoy"), Compartment.number(0, of: mark), of: territory, in: [organization], db),
                try AccessWorld.person(word("Bakea"), Compartment.number(2, of: mark), of: territory, in: [organization], db),
                try insertReason(db), try insertTag(db), try ApiToken.all(of: worker, now: World.now, in: db)[0].id,
                try PasswordLink.issue(for: author.agent.id, by: administrator(author.agent), at: World.now, in: db).text
            )
        }
        house.person = person
        let (relation, protection) = try await surround(quiet, with: person, by: worker, in: store)
        let things = Things(
            world: house, area: area, appointment: appointment, opening: openings[0].id, absence: absences[0], token: token,
            pmiReason: spareReason, quiet: quiet, relation: relation, protection: protection, tag: tag,
            memo: try await memo(for: worker, by: author, in: store))
        return Compartment(
            name: "\(organization.name)/\(service.name)", mark: mark, territory: territory, organization: organization, service: service,
            worker: house.worker, author: house.reception, colleague: colleague, shared: shared, double: double, things: things,
            spareOpening: openings[1].id, spareAbsence: absences[1], link: link, isAtHome: isAtHome, isForeign: territory.id != 64)
    }

    private func administrator(_ agent: Agent) -> Acting {
        Acting(territory: territory, agent: agent, roles: [:], territoryRoles: [.administrator])
    }

    private func absences(of worker: Acting, in store: Store) async throws -> [ID<Absence>] {
        var made: [ID<Absence>] = []
        for day in [9, 10] {
            let hours = StretchDraft(date: World.monday.adding(days: day), from: 600, to: 660)
            let draft = AbsenceDraft(agentID: worker.agent.id, title: word("Cure"), stretch: hours)
            made.append(try await Absence.create(draft, by: worker, at: World.now, in: store).id)
        }
        return made
    }

    /// At the site in the afternoon, in a place of its own in the morning.
    private func opening(from hour: Int, of house: Things.House) -> Opening {
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: [.monday, .tuesday, .thursday]))
        let stretch = try? Stretch(recurrence: recurrence, from: hour * 60, to: hour * 60 + 60), isAtSite = hour > 12
        return Opening(
            agentID: house.worker.id, organizationID: organization.id, siteID: isAtSite ? house.site.id : nil,
            place: isAtSite ? "" : word("Mairie"), stretch: stretch!, reasonIDs: [house.reason.id])
    }

    /// What the worker writes of whom everyone follows.
    private func write(by worker: Acting, _ db: Writer) throws {
        _ = try Note.add(word("Note"), of: service.id, on: shared.id, by: worker, at: World.now, in: db)
        _ = try Note.add(word("Prive"), of: service.id, seenBy: .secret, on: shared.id, by: worker, at: World.now, in: db)
        try Referent.set(worker.agent.id, of: service.id, for: shared.id, by: worker, at: World.now, in: db)
        _ = try ApiToken.create(.init(name: word("Jeton"), scope: .read, days: 30), by: worker, at: World.now, in: db)
    }

    private func insertReason(_ db: Writer) throws -> Reason {
        let reason = Reason(serviceID: service.id, name: word("Rebut"), minutes: 60, how: .home, bookableBy: .service)
        try reason.insert(of: territory.id, in: db)
        return reason
    }

    private func insertTag(_ db: Writer) throws -> PersonTag {
        let tag = PersonTag(name: word("Atelier"))
        try tag.insert(of: territory.id, in: db)
        return tag
    }

    private func surround(
        _ quiet: Person, with person: Person, by worker: Acting, in store: Store
    ) async throws -> (ID<Relation>, ID<Protection>) {
        try await store.write { db in
            var kind = RelationDraft(), measure = ProtectionDraft()
            kind.kind = Relation.Kind.spouse.rawValue
            (measure.measure, measure.startsOn) = (Protection.Measure.tutelle.rawValue, "01/01/2026")
            return (
                try Relation.add(kind, from: quiet.id, to: person.id, by: worker, at: World.now, in: db).id,
                try Protection.save(measure, for: quiet.id, by: worker, at: World.now, in: db).id
            )
        }
    }

    private func memo(for worker: Acting, by author: Acting, in store: Store) async throws -> ID<Memo> {
        try await store.claim { db in
            try MemoDraft(
                agentID: worker.agent.id, organizationID: organization.id, caller: word("Madame"), phone: "", text: word("Mot"),
                dueAt: World.now.adding(minutes: 60)
            ).leave(by: author, at: World.now, in: db).id
        }
    }
}
