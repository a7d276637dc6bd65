import Store

/// The agent who acts, with all that decides what they may do: loaded once per request.
public struct Acting: Sendable {
    public let territory: Territory
    public let agent: Agent
    /// Their roles in each of their organizations.
    public let roles: [ID<Organization>: Set<Role>]
    public let territoryRoles: Set<TerritoryRole>
    /// The services they belong to.
    public let services: Set<ID<Service>>
    /// A token that may only read, or a session (`false`).
    public let readOnly: Bool

    public init(
        territory: Territory, agent: Agent, roles: [ID<Organization>: Set<Role>], territoryRoles: Set<TerritoryRole> = [],
        services: Set<ID<Service>> = [], readOnly: Bool = false
    ) {
        self.territory = territory
        self.agent = agent
        self.roles = roles
        self.territoryRoles = territoryRoles
        self.services = services
        self.readOnly = readOnly
    }

    public var territoryID: Int64 { territory.id }
}

extension Acting {
    public func can(_ permission: Permission, in organization: ID<Organization>) -> Bool {
        roles[organization, default: []].contains { Rights.ofRole[$0, default: []].contains(permission) } || canOverTerritory(permission)
    }

    /// In one organization at least, or over the territory.
    public func can(_ permission: Permission) -> Bool {
        canOverTerritory(permission) || !organizations(with: permission).isEmpty
    }

    public func canOverTerritory(_ permission: Permission) -> Bool {
        territoryRoles.contains { Rights.ofTerritoryRole[$0, default: []].contains(permission) }
    }

    /// The organizations where a role of theirs gives this permission, in the order of their ids.
    public func organizations(with permission: Permission) -> [ID<Organization>] {
        roles.filter { $0.value.contains { Rights.ofRole[$0, default: []].contains(permission) } }.keys.sorted()
    }

    /// - Throws: ``Refusal/forbidden``.
    public func require(_ permission: Permission) throws {
        guard can(permission) else { throw Refusal.forbidden }
    }

    public func require(_ permission: Permission, in organization: ID<Organization>) throws {
        guard can(permission, in: organization) else { throw Refusal.forbidden }
    }
}

extension Acting {
    /// - Returns: `nil` when there is no such agent, or they are disabled.
    public static func load(_ agent: ID<Agent>, of territory: Int64, readOnly: Bool = false, in db: Reader) throws -> Acting? {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(Agent.columns) FROM agent JOIN territory ON territory.id = agent.territory_id
            WHERE agent.territory_id = \(territory) AND agent.id = \(agent) AND agent.disabled_at IS NULL
            """
        ) { try (Territory($0), Agent($0, at: Territory.columnCount)) }
        guard let (territory, agent) = found else { return nil }
        return Acting(
            territory: territory, agent: agent, roles: try roles(of: agent, in: db), territoryRoles: try territoryRoles(of: agent, in: db),
            services: try services(of: agent, in: db), readOnly: readOnly)
    }

    private static func roles(of agent: Agent, in db: Reader) throws -> [ID<Organization>: Set<Role>] {
        var roles: [ID<Organization>: Set<Role>] = [:]
        try db.forEach(
            "SELECT organization_id, role FROM membership WHERE territory_id = \(agent.territoryID) AND agent_id = \(agent.id)"
        ) { roles[try $0[0], default: []].insert(try $0[1]) }
        return roles
    }

    private static func territoryRoles(of agent: Agent, in db: Reader) throws -> Set<TerritoryRole> {
        try Set(
            db.all("SELECT role FROM territory_role WHERE territory_id = \(agent.territoryID) AND agent_id = \(agent.id)") { try $0[0] })
    }

    private static func services(of agent: Agent, in db: Reader) throws -> Set<ID<Service>> {
        try Set(
            db.all("SELECT service_id FROM agent_service WHERE territory_id = \(agent.territoryID) AND agent_id = \(agent.id)") {
                try $0[0]
            })
    }
}
