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
        guard allows(permission) else { return false }
        return roles[organization, default: []].contains { Rights.ofRole[$0, default: []].contains(permission) }
            || canOverTerritory(permission)
    }

    /// A token that only reads has none of the permissions that write.
    private func allows(_ permission: Permission) -> Bool { !readOnly || permission.onlyReads }

    /// In one organization at least, or over the territory.
    public func can(_ permission: Permission) -> Bool {
        canOverTerritory(permission) || !organizations(with: permission).isEmpty
    }

    public func canOverTerritory(_ permission: Permission) -> Bool {
        allows(permission) && territoryRoles.contains { Rights.ofTerritoryRole[$0, default: []].contains(permission) }
    }

    /// The organizations where a role of theirs gives this permission, in the order of their ids.
    public func organizations(with permission: Permission) -> [ID<Organization>] {
        guard allows(permission) else { return [] }
        return roles.filter { $0.value.contains { Rights.ofRole[$0, default: []].contains(permission) } }.keys.sorted()
    }

    /// - Throws: ``Refusal/forbidden``.
    public func require(_ permission: Permission) throws {
        guard can(permission) else { throw Refusal.forbidden }
    }

    public func require(_ permission: Permission, in organization: ID<Organization>) throws {
        guard can(permission, in: organization) else { throw Refusal.forbidden }
    }

    /// For what needs no permission, such as one's own account.
    /// - Throws: ``Refusal/forbidden`` for a token that only reads.
    public func requireWriting() throws {
        guard !readOnly else { throw Refusal.forbidden }
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
        return try load(agent, of: territory, readOnly: readOnly, in: db)
    }

    /// Roles, territory roles and services in one query: this runs with every request.
    static func load(_ agent: Agent, of territory: Territory, readOnly: Bool = false, in db: Reader) throws -> Acting {
        var roles: [ID<Organization>: Set<Role>] = [:]
        var territoryRoles: Set<TerritoryRole> = []
        var services: Set<ID<Service>> = []
        try db.forEach(
            """
            SELECT 1, organization_id, role FROM membership WHERE territory_id = \(territory.id) AND agent_id = \(agent.id)
            UNION ALL SELECT 2, NULL, role FROM territory_role WHERE territory_id = \(territory.id) AND agent_id = \(agent.id)
            UNION ALL SELECT 3, service_id, NULL FROM agent_service WHERE territory_id = \(territory.id) AND agent_id = \(agent.id)
            """
        ) { row in
            switch try row[0] as Int {
            case 1: roles[try row[1], default: []].insert(try row[2])
            case 2: territoryRoles.insert(try row[2])
            default: services.insert(try row[1])
            }
        }
        return Acting(
            territory: territory, agent: agent, roles: roles, territoryRoles: territoryRoles, services: services, readOnly: readOnly)
    }
}
