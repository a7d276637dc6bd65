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
        var compartments: [Compartment] = []
        for (mark, territory, house, service, person) in houses {
            let builder = CompartmentBuilder(
                mark: mark, territory: territory, organization: house, service: service, shared: person, isAtHome: house.id == orthez.id)
            compartments.append(try await builder.build(in: store))
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

/// Fills one compartment.
private struct CompartmentBuilder {
    let mark: String
    let territory: Territory
    let organization: Organization
    let service: Service
    let shared: Person
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
        var things = Things(
            organization: organization, spareOrganization: Organization(areaID: area.id, name: word("Organisation")), service: service,
            spareService: Service(name: word("Service")), site: site, worker: worker, colleague: agent("Bezero"), reason: reason,
            spareReason: Reason(serviceID: service.id, name: word("Rebut"), minutes: 60, how: .home, bookableBy: .service),
            person: shared, area: area, appointment: try await book(reason, of: worker, by: author, in: store),
            openings: [], absences: [], token: .new())
        let link = try await fill(&things, author, in: store)
        return Compartment(
            name: "\(organization.name)/\(service.name)", mark: mark, territory: territory, organization: organization, service: service,
            worker: worker, author: author, colleague: colleague, shared: shared, things: things, link: link, isAtHome: isAtHome,
            isForeign: territory.id != 64)
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
    /// - Returns: the secret of a link to choose a password.
    private func fill(_ things: inout Things, _ author: Agent, in store: Store) async throws -> String {
        let worker = try await acting(things.worker, in: store), now = World.now
        let administrator = Acting(territory: territory, agent: author, roles: [:], territoryRoles: [.administrator])
        for day in [9, 10, 11] {
            let hours = StretchDraft(date: World.monday.adding(days: day), from: 600, to: 660)
            let draft = AbsenceDraft(agentID: worker.agent.id, title: word("Cure"), stretch: hours)
            things.absences.append(try await Absence.create(draft, by: worker, at: now, in: store).id)
        }
        let openings = [9, 10, 11, 14].map { opening(from: $0, of: things, at: $0 == 14 ? things.site : nil) }
        things.openings = [openings[0].id, openings[1].id, openings[3].id, openings[2].id]
        let made = things
        let (person, token, link) = try await store.write { db in
            for opening in openings { try opening.insert(of: territory.id, in: db) }
            try made.area.insert(of: territory.id, in: db)
            try made.spareOrganization.insert(of: territory.id, in: db)
            try made.spareService.insert(of: territory.id, in: db)
            try made.spareReason.insert(of: territory.id, in: db)
            try insert(made.colleague, .worker, db)
            _ = try Note.add(word("Note"), of: service.id, on: shared.id, by: worker, at: now, in: db)
            try Referent.set(worker.agent.id, of: service.id, for: shared.id, by: worker, at: now, in: db)
            _ = try ApiToken.create(.init(name: word("Jeton"), scope: .read, days: 30), by: worker, at: now, in: db)
            return (
                try AccessWorld.person(word("Haristoy"), Compartment.number(0, of: mark), of: territory, in: [organization], db),
                try ApiToken.all(of: worker, now: now, in: db)[0].id,
                try PasswordLink.issue(for: author.id, by: administrator, at: now, in: db).text
            )
        }
        (things.person, things.token) = (person, token)
        return link
    }

    /// At the site, or in a place of its own.
    private func opening(from hour: Int, of things: Things, at site: Site?) -> Opening {
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: [.monday, .tuesday, .thursday]))
        let stretch = try? Stretch(recurrence: recurrence, from: hour * 60, to: hour * 60 + 60)
        return Opening(
            agentID: things.worker.id, organizationID: organization.id, siteID: site?.id, place: site == nil ? word("Mairie") : "",
            stretch: stretch!, reasonIDs: [things.reason.id])
    }
}
