import Core
import Scheduling
import Store

/// A territory of organizations of fifty agents or fewer, each with one site, one service, one reason and a receptionist who books
/// everywhere.
struct Houses: Sendable {
    static let agentsInEach = 50

    let territory: Territory
    let organizations: [Organization]
    let sites: [Site]
    let service: Service
    let reason: Reason
    let receptionist: Agent
    let agents: [Agent]

    init(agents count: Int, _ ids: inout SeededIDs) {
        let territoryID: Int64 = 6_401
        territory = Territory(
            id: territoryID, slug: "mesures", name: "Département des Mesures", zone: AgendaShape.zone, holidayZone: .metropole,
            colour: "#0a6b5d", organizationLabel: "MDS", privacyNotice: "Nous gardons vos coordonnées deux ans.")
        let houses = 1...max(1, (count + Self.agentsInEach - 1) / Self.agentsInEach)
        organizations = houses.map { Organization(id: ids.next(), name: "MDS \($0)") }
        sites = organizations.map { Site(id: ids.next(), organizationID: $0.id, name: "Accueil", commune: "Orthez") }
        service = Service(id: ids.next(), name: "Service social")
        reason = Reason(
            id: ids.next(), serviceID: service.id, name: "Premier contact", minutes: AgendaShape.minutes, how: .phone,
            latestMinutes: 180 * 1440)
        receptionist = Agent(
            territoryID: territoryID, id: ids.next(), firstName: "Odile", lastName: "Bordenave", email: "odile.bordenave@example.org")
        agents = (1...count).map { Agent(territoryID: territoryID, id: ids.next(), firstName: "Agent", lastName: "\($0)") }
    }

    /// The site of the agent of this rank.
    func site(of rank: Int) -> Site { sites[rank / Self.agentsInEach] }

    func acting(in store: Store) async throws -> Acting {
        let found = try await store.read { db in try Acting.load(receptionist.id, of: territory.id, in: db) }
        guard let found else { throw BenchFailure("the receptionist was not loaded") }
        return found
    }

    /// Writes everyone and their weekly openings and absences.
    func insert(_ ids: inout SeededIDs, in db: Writer) throws {
        try territory.insert(in: db)
        for organization in organizations { try organization.insert(of: territory.id, in: db) }
        for site in sites { try site.insert(of: territory.id, in: db) }
        try service.insert(of: territory.id, in: db)
        try reason.insert(of: territory.id, in: db)
        try receptionist.insert(at: AgendaShape.now, in: db)
        for organization in organizations { try join(receptionist, organization.id, .reception, in: db) }
        for rank in agents.indices { try insertAgent(rank, &ids, in: db) }
    }

    private func insertAgent(_ rank: Int, _ ids: inout SeededIDs, in db: Writer) throws {
        let (agent, site, shape) = (agents[rank], site(of: rank), AgendaShape(agent: rank))
        try agent.insert(at: AgendaShape.now, in: db)
        try join(agent, site.organizationID, .worker, in: db)
        try db.run("INSERT INTO agent_service (territory_id, agent_id, service_id) VALUES (\(territory.id), \(agent.id), \(service.id))")
        for opening in try shape.openings(of: agent.id, at: site, for: reason.id, &ids) { try opening.insert(of: territory.id, in: db) }
        try shape.absence(of: agent.id, &ids).insert(of: territory.id, in: db)
    }

    private func join(_ agent: Agent, _ organization: ID<Organization>, _ role: Role, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO membership (territory_id, organization_id, agent_id, role)
            VALUES (\(territory.id), \(organization), \(agent.id), \(role))
            """)
    }
}
