import Scheduling
import Store

/// An agent whose agenda may be opened, with what stands under their name.
public struct AgendaOwner: Sendable, Equatable {
    public let agent: Agent
    /// Changes whenever anything of their calendar does.
    public let version: Int64
    /// Where they work, by name.
    public var organizations: [Organization] = []
    /// Their services that the reader may know of, by name.
    public var services: [Service] = []

    public init(agent: Agent, version: Int64 = 0, organizations: [Organization] = [], services: [Service] = []) {
        self.agent = agent
        self.version = version
        self.organizations = organizations
        self.services = services
    }
}

extension AgendaOwner {
    /// The one access rule of agendas: one's own; those of an organization whose every appointment one sees; those of colleagues of
    /// the same service in the same organization.
    static func visible(to acting: Acting) -> SQL {
        let everywhere = acting.organizations(with: .seeEveryAppointment)
        let ofServices = acting.organizations(with: .seeServiceAppointments)
        return """
            (agent.id = \(acting.agent.id) OR EXISTS (\(works(in: everywhere)))
              OR (EXISTS (\(works(in: ofServices))) AND EXISTS (
                SELECT 1 FROM agent_service WHERE agent_service.territory_id = agent.territory_id
                  AND agent_service.agent_id = agent.id AND agent_service.service_id IN \(list: acting.services.sorted()))))
            """
    }

    private static func works(in organizations: [ID<Organization>]) -> SQL {
        """
        SELECT 1 FROM membership WHERE membership.territory_id = agent.territory_id AND membership.agent_id = agent.id
          AND membership.organization_id IN \(list: organizations)
        """
    }

    /// Says why this agent sees those agendas.
    public static let visibleBecause = """
        Vous voyez votre agenda, ceux des collègues de vos services dans vos organisations, et tous ceux d’une organisation dont vous \
        tenez l’accueil ou dont vous êtes responsable.
        """

    /// In the order of the ids given.
    /// - Throws: ``Refusal/notFound`` when one of them does not exist or may not be seen.
    public static func find(_ ids: [ID<Agent>], seenBy acting: Acting, in db: Reader) throws -> [AgendaOwner] {
        let found = try read("agent.id IN \(list: ids)", seenBy: acting, in: db)
        let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.agent.id, $0) })
        return try ids.map { id in
            guard let owner = byID[id] else { throw Refusal.notFound }
            return owner
        }
    }

    /// Those of them who may be seen and work here still, in the order of the ids given.
    public static func among(_ ids: [ID<Agent>], seenBy acting: Acting, in db: Reader) throws
        -> [AgendaOwner]
    {
        let found = try read(
            "agent.id IN \(list: ids) AND agent.disabled_at IS NULL", seenBy: acting, in: db)
        let byID = Dictionary(uniqueKeysWithValues: found.map { ($0.agent.id, $0) })
        return ids.compactMap { byID[$0] }
    }

    /// Those who can be booked in an organization, among the agendas one may open, by name.
    public static func of(_ organization: ID<Organization>, seenBy acting: Acting, in db: Reader) throws -> [AgendaOwner] {
        let works: SQL = """
            agent.disabled_at IS NULL AND agent.id IN (
              SELECT membership.agent_id FROM membership WHERE membership.territory_id = \(acting.territoryID)
                AND membership.organization_id = \(organization) AND membership.role IN \(list: rolesWithAgenda))
            """
        return try read(works, seenBy: acting, in: db)
    }

    /// The roles that go with an agenda.
    static let rolesWithAgenda = Role.allCases.filter { Rights.ofRole[$0, default: []].contains(.fillOwnAgenda) }

    private static func read(_ which: SQL, seenBy acting: Acting, in db: Reader) throws -> [AgendaOwner] {
        var owners = try db.all(
            """
            SELECT \(Agent.columns), agent.calendar_version FROM agent
            WHERE agent.territory_id = \(acting.territoryID) AND \(which) AND \(visible(to: acting))
            ORDER BY agent.last_name, agent.first_name, agent.id
            """
        ) { AgendaOwner(agent: try Agent($0), version: try $0[Agent.columnCount]) }
        let places = Dictionary(uniqueKeysWithValues: owners.enumerated().map { ($1.agent.id, $0) })
        let ids = owners.map(\.agent.id)
        try forEachOrganization(of: ids, seenBy: acting, in: db) { agent, organization in
            if let place = places[agent] { owners[place].organizations.append(organization) }
        }
        try forEachService(of: ids, seenBy: acting, in: db) { agent, service in
            if let place = places[agent] { owners[place].services.append(service) }
        }
        return owners
    }

    private static func forEachOrganization(
        of agents: [ID<Agent>], seenBy acting: Acting, in db: Reader, _ body: (ID<Agent>, Organization) -> Void
    ) throws {
        try db.forEach(
            """
            SELECT DISTINCT membership.agent_id, \(Organization.columns)
            FROM membership JOIN organization
              ON organization.territory_id = membership.territory_id AND organization.id = membership.organization_id
            WHERE membership.territory_id = \(acting.territoryID) AND membership.agent_id IN \(list: agents)
            ORDER BY organization.name, organization.id
            """
        ) { body(try $0[0], try Organization($0, at: 1)) }
    }

    /// A secret service is named to its own members and to who sees every appointment.
    private static func forEachService(
        of agents: [ID<Agent>], seenBy acting: Acting, in db: Reader, _ body: (ID<Agent>, Service) -> Void
    ) throws {
        let named: SQL =
            acting.can(.seeEveryAppointment)
            ? "TRUE"
            : """
            (NOT service.secret OR service.id IN \(list: acting.services.sorted()) OR agent_service.agent_id = \(acting.agent.id))
            """
        try db.forEach(
            """
            SELECT agent_service.agent_id, service.id, service.name, service.secret
            FROM agent_service
            JOIN service ON service.territory_id = agent_service.territory_id AND service.id = agent_service.service_id
            WHERE agent_service.territory_id = \(acting.territoryID) AND agent_service.agent_id IN \(list: agents) AND \(named)
            ORDER BY service.name, service.id
            """
        ) { body(try $0[0], Service(id: try $0[1], name: try $0[2], secret: try $0[3])) }
    }
}

extension AgendaOwner {
    /// The calendar versions of some agents: what to watch to know that an agenda changed.
    public static func versions(of agents: [ID<Agent>], of territory: Int64, in db: Reader) throws -> [ID<Agent>: Int64] {
        var versions: [ID<Agent>: Int64] = [:]
        try db.forEach("SELECT id, calendar_version FROM agent WHERE territory_id = \(territory) AND id IN \(list: agents)") {
            versions[try $0[0]] = try $0[1]
        }
        return versions
    }
}
