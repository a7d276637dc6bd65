import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// The small territory with a past: five agents of two services in two organizations, and appointments of October and November 2026 that
/// became all that an appointment can become. Deterministic: a booking's number decides everything of it.
struct FigureWorld: Sendable {
    let world: World
    let agents: [Agent]
    let manager: Agent
    let reasons: [Reason]
    let people: [Person]

    static let monday = CivilDate(year: 2026, month: 10, day: 5)!
    static let now = World.paris.instant(CivilDate(year: 2026, month: 12, day: 1)!, minute: 480)

    static func make(_ count: Int = 240, in store: Store) async throws -> FigureWorld {
        let world = try await World.make(in: store)
        let more = (0..<3).map { Agent(territoryID: 64, firstName: "Agent", lastName: "Numéro \($0)") }
        let manager = Agent(territoryID: 64, firstName: "Paul", lastName: "Barrère")
        let reasons = [
            world.reason, Reason(serviceID: world.social.id, name: "Suivi", minutes: 60, how: .site),
            Reason(serviceID: world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home),
        ]
        let people = (0..<7).map { Person(territoryID: 64, firstName: "Jean", lastName: "Essai \($0)", createdAt: World.now) }
        let made = FigureWorld(
            world: world, agents: [world.worker, world.colleague] + more, manager: manager, reasons: reasons, people: people)
        try await store.write { db in
            try made.insertStaff(more, in: db)
            for person in people { try person.insertForTests(in: [world.organization.id, world.elsewhere.id], db: db) }
            for number in 0..<count { try made.insert(number, in: db) }
            try db.run("UPDATE agent SET calendar_version = calendar_version + 1 WHERE territory_id = 64")
        }
        return made
    }

    private func insertStaff(_ more: [Agent], in db: Writer) throws {
        for reason in reasons.dropFirst() { try reason.insert(of: 64, in: db) }
        for agent in more + [manager] { try agent.insert(at: World.now, in: db) }
        try db.run("INSERT INTO membership VALUES (64, \(world.organization.id), \(manager.id), 'manager')")
    }

    /// All that is known of a booking.
    struct Fact: Sendable {
        let number: Int
        let agent: Agent
        let organization: ID<Organization>
        let reason: Reason
        let start: Instant
        let created: Instant
        let origin: Origin
        let people: [(Person, Participation.Status)]
    }

    func fact(_ number: Int) -> Fact {
        let agent = agents[number % agents.count]
        let day = Self.monday.adding(days: number * 7 % 57)
        let start = World.paris.instant(day, minute: 480 + number % 9 * 60)
        let statuses = Participation.Status.allCases
        let present = (0...(number % 11 == 0 ? 1 : 0)).map { place in
            (people[(number + place) % people.count], statuses[(number / 3 + place) % statuses.count])
        }
        return Fact(
            number: number, agent: agent, organization: number % 4 == 0 ? world.elsewhere.id : world.organization.id,
            reason: reasons[number % 3], start: start, created: start.adding(seconds: -(number * 37_000) % (75 * 86_400)),
            origin: Origin.allCases[number % Origin.allCases.count], people: present)
    }

    private func insert(_ number: Int, in db: Writer) throws {
        let fact = fact(number)
        var appointment = Appointment(
            territoryID: 64, id: .new(), agentID: fact.agent.id, organizationID: fact.organization, reasonID: fact.reason.id,
            serviceID: fact.reason.serviceID, siteID: nil, place: "", how: fact.reason.how, phone: "+33639981234", link: nil,
            startsAt: fact.start, endsAt: fact.start.adding(minutes: 30), said: nil, overbookedBecause: nil, replacesID: nil,
            createdBy: nil, createdAt: fact.created)
        appointment.origin = fact.origin
        try appointment.insert(in: db)
        for (person, status) in fact.people { try Participation(personID: person.id, status: status).insert(for: appointment, in: db) }
    }

    /// Someone who sees the figures of the whole territory.
    var administrator: Acting {
        Acting(territory: world.territory, agent: manager, roles: [:], territoryRoles: [.administrator])
    }

    func territory(_ set: (inout Territory) -> Void) -> Acting {
        var territory = world.territory
        set(&territory)
        return Acting(territory: territory, agent: manager, roles: [:], territoryRoles: [.administrator])
    }

    func figures(
        _ grain: Grain = .month, of acting: Acting? = nil, in store: Store, _ narrow: (inout FigureQuery) -> Void = { _ in }
    ) async throws -> Figures {
        var query = try FigureQuery(grain, from: Self.monday, to: Self.monday.adding(days: 56))
        narrow(&query)
        let (asked, acting) = (query, acting ?? territory { $0.agentFigures = true })
        return try await store.read { db in try Figures.read(asked, for: acting, now: Self.now, in: db) }
    }
}

func withFigures(on engine: Engine, _ count: Int = 240, _ test: (FigureWorld, Store) async throws -> Void) async throws {
    try await engine.withStore(Schema.migrations) { store in try await test(try await FigureWorld.make(count, in: store), store) }
}
