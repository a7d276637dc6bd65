import Core
import Foundation
import Scheduling
import Store

/// A small territory to test in: one organization in Orthez, two services, one worker, one reception, one person, one phone reason,
/// open every weekday from 9 to 12 and from 14 to 17.
public struct World: Sendable {
    public let territory: Territory
    public let organization: Organization
    public let elsewhere: Organization
    public let social: Service
    public let pmi: Service
    public let site: Site
    public let worker: Agent
    public let colleague: Agent
    public let reception: Agent
    public let reason: Reason
    public let person: Person

    /// Sunday 29 November 2026, 12:00 in Paris.
    public static let now = paris.instant(CivilDate(year: 2026, month: 11, day: 29)!, minute: 720)
    public static let paris = Zone("Europe/Paris")!
    /// Monday 30 November 2026.
    public static let monday = CivilDate(year: 2026, month: 11, day: 30)!

    public static func at(_ day: Int = 0, _ hour: Int, _ minute: Int = 0) -> Instant {
        paris.instant(monday.adding(days: day), minute: hour * 60 + minute)
    }

    public init(territoryID: Int64 = 64) {
        territory = Territory(
            id: territoryID, slug: "territoire-\(territoryID)", name: "Département d’essai", departement: nil, zone: World.paris,
            holidayZone: .metropole, colour: "#0a6b5d", organizationLabel: "MDS", privacyNotice: "Nous gardons vos coordonnées deux ans.",
            attemptsBeforeMissed: 2, minutesBetweenAttempts: 10)
        organization = Organization(name: "MDS d’Orthez")
        elsewhere = Organization(name: "MDS de Pau")
        social = Service(name: "Service social")
        pmi = Service(name: "PMI", secret: true)
        site = Site(organizationID: organization.id, name: "Orthez", address: "1 rue des Essais", commune: "Orthez")
        worker = Agent(territoryID: territoryID, firstName: "Maïté", lastName: "Ithurralde", email: "maite.\(territoryID)@example.org")
        colleague = Agent(territoryID: territoryID, firstName: "Beñat", lastName: "Idiart", email: "benat.\(territoryID)@example.org")
        reception = Agent(territoryID: territoryID, firstName: "Odile", lastName: "Bordenave", email: "odile.\(territoryID)@example.org")
        reason = Reason(serviceID: social.id, name: "Premier contact RSA", minutes: 30, how: .phone)
        person = Person(
            territoryID: territoryID, firstName: "Jeanne", lastName: "Lacoste", createdAt: World.now,
            phones: [Person.Phone(number: "+33639981234", label: "", mobile: true)])
    }

    /// A world of parts that are in the store already.
    public init(
        territory: Territory, organization: Organization, elsewhere: Organization, social: Service, pmi: Service, site: Site, worker: Agent,
        colleague: Agent, reception: Agent, reason: Reason, person: Person
    ) {
        (self.territory, self.organization, self.elsewhere) = (territory, organization, elsewhere)
        (self.social, self.pmi, self.site) = (social, pmi, site)
        (self.worker, self.colleague, self.reception) = (worker, colleague, reception)
        (self.reason, self.person) = (reason, person)
    }

    /// Makes it, openings included.
    public static func make(in store: Store, territoryID: Int64 = 64) async throws -> World {
        let world = World(territoryID: territoryID)
        try await store.write { db in try world.insert(in: db) }
        return world
    }

    public func acting(_ agent: Agent, in store: Store) async throws -> Acting {
        try await store.read { db in try Acting.load(agent.id, of: territory.id, in: db)! }
    }

    /// A booking of the worker's time by phone for the person.
    public func booking(at start: Instant, of agent: Agent? = nil) -> Booking {
        Booking(
            reasonID: reason.id, agentID: (agent ?? worker).id, personIDs: [person.id], startsAt: start, organizationID: organization.id,
            siteID: site.id, phone: "+33639981234")
    }
}

extension World {
    private func insert(in db: Writer) throws {
        try territory.insert(in: db)
        for organization in [organization, elsewhere] { try organization.insert(of: territory.id, in: db) }
        for service in [social, pmi] { try service.insert(of: territory.id, in: db) }
        try site.insert(of: territory.id, in: db)
        try insertAgents(in: db)
        try reason.insert(of: territory.id, in: db)
        for agent in [worker, colleague] {
            for hours in [9 * 60..<12 * 60, 14 * 60..<17 * 60] { try opening(of: agent, hours).insert(of: territory.id, in: db) }
        }
        try person.insertForTests(in: [organization.id], db: db)
    }

    private func insertAgents(in db: Writer) throws {
        for agent in [worker, colleague, reception] { try agent.insert(at: World.now, in: db) }
        for agent in [worker, colleague] {
            try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(agent.id), \(Role.worker))")
            try db.run("INSERT INTO agent_service VALUES (\(territory.id), \(agent.id), \(social.id))")
        }
        try db.run("INSERT INTO membership VALUES (\(territory.id), \(organization.id), \(reception.id), \(Role.reception))")
    }

    public func opening(of agent: Agent, _ hours: Range<Int>) -> Opening {
        let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]
        let recurrence = Recurrence(first: World.monday, pattern: .weekly(every: 1, on: weekdays))
        let stretch = try? Stretch(recurrence: recurrence, from: hours.lowerBound, to: hours.upperBound)
        return Opening(
            agentID: agent.id, organizationID: organization.id, siteID: site.id, stretch: stretch!, reasonIDs: [reason.id])
    }
}

extension Person {
    /// The bare rows, without search tokens.
    public func insertForTests(in organizations: [ID<Organization>], db: Writer) throws {
        try db.run(
            """
            INSERT INTO person (territory_id, id, first_name, last_name, birth_date, channel, language, address, postal_code, commune,
              needs, created_at) VALUES (\(territoryID), \(id), \(firstName), \(lastName), \(birthDate), \(channel), \(language), \(address),
              \(postalCode), \(commune), \(needs), \(createdAt))
            """)
        for organization in organizations { try db.run("INSERT INTO person_organization VALUES (\(territoryID), \(id), \(organization))") }
        for (rank, phone) in phones.enumerated() {
            try db.run("INSERT INTO person_phone VALUES (\(territoryID), \(id), \(rank), \(phone.number), \(phone.label), \(phone.mobile))")
        }
    }
}

extension World {
    /// Someone else, of the same organization.
    public func anotherPerson(named name: String = "Dupouy", in store: Store) async throws -> Person {
        let person = Person(territoryID: territory.id, firstName: "Jean", lastName: name, createdAt: World.now)
        try await store.write { db in try person.insertForTests(in: [organization.id], db: db) }
        return person
    }
}

extension Booking {
    /// The same, although an appointment for that reason is already upcoming.
    public func booked(again: Bool, by acting: Acting, at now: Instant, in store: Store) async throws -> Appointment {
        var booking = self
        booking.again = again
        return try await booking.book(by: acting, at: now, in: store)
    }
}
