import Store

/// The agendas that someone may open: agents by organization, and sites where several are seen side by side.
public struct AgendaChoices: Sendable, Equatable {
    public let agents: [AgentChoice]
    public let sites: [Site]
    /// The groups of agents that they keep under a name.
    public var groups: [AgendaGroup] = []

    public struct AgentChoice: Sendable, Equatable {
        public let id: ID<Agent>
        public let name: String
        /// An agent of two organizations is listed in each.
        public let organization: String

        public init(id: ID<Agent>, name: String, organization: String) {
            self.id = id
            self.name = name
            self.organization = organization
        }
    }

    public init(agents: [AgentChoice], sites: [Site], groups: [AgendaGroup] = []) {
        self.agents = agents
        self.sites = sites
        self.groups = groups
    }
}

extension AgendaChoices {
    public static func read(for acting: Acting, in db: Reader) throws -> AgendaChoices {
        AgendaChoices(
            agents: try agents(for: acting, in: db), sites: try sites(for: acting, in: db),
            groups: try AgendaGroup.all(of: acting, in: db))
    }

    private static func agents(for acting: Acting, in db: Reader) throws -> [AgentChoice] {
        try db.all(
            """
            SELECT DISTINCT agent.id, agent.first_name, agent.last_name, organization.name FROM agent
            JOIN membership ON membership.territory_id = agent.territory_id AND membership.agent_id = agent.id
            JOIN organization ON organization.territory_id = membership.territory_id AND organization.id = membership.organization_id
            WHERE agent.territory_id = \(acting.territoryID) AND membership.organization_id IN \(list: organizations(of: acting))
              AND membership.role IN \(list: AgendaOwner.rolesWithAgenda) AND agent.disabled_at IS NULL AND \(AgendaOwner.visible(to: acting))
            ORDER BY organization.name, agent.last_name, agent.first_name, agent.id
            """
        ) { AgentChoice(id: try $0[0], name: Person.displayName(firstName: try $0[1], lastName: try $0[2]), organization: try $0[3]) }
    }

    /// The sites of the organizations whose agendas one may open, by name.
    public static func sites(for acting: Acting, in db: Reader) throws -> [Site] {
        try sites(of: organizations(of: acting), of: acting.territoryID, in: db)
    }

    /// The sites of some organizations, by name.
    public static func sites(of organizations: [ID<Organization>], of territory: Int64, in db: Reader) throws -> [Site] {
        try db.all(
            """
            SELECT \(Site.columns) FROM site
            WHERE territory_id = \(territory) AND organization_id IN \(list: organizations) ORDER BY name, id
            """
        ) { try Site($0) }
    }

    private static func organizations(of acting: Acting) -> [ID<Organization>] {
        Set(acting.organizations(with: .seeEveryAppointment) + acting.organizations(with: .seeServiceAppointments)).sorted()
    }
}

extension AgendaOwner {
    /// Whether anything was ever opened or booked in an agent's agenda.
    public static func isUsed(_ agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM opening WHERE territory_id = \(territory) AND agent_id = \(agent) LIMIT 1")
            || db.exists("SELECT 1 FROM appointment WHERE territory_id = \(territory) AND agent_id = \(agent) LIMIT 1")
    }
}
