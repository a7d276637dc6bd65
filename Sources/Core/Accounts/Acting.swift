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
    /// Of the token with which they act; `nil` in a session, which may all that they may.
    public let scopes: TokenScopes?

    public init(
        territory: Territory, agent: Agent, roles: [ID<Organization>: Set<Role>], territoryRoles: Set<TerritoryRole> = [],
        services: Set<ID<Service>> = [], scopes: TokenScopes? = nil
    ) {
        self.territory = territory
        self.agent = agent
        self.roles = roles
        self.territoryRoles = territoryRoles
        self.services = services
        self.scopes = scopes
    }

    public var territoryID: Int64 { territory.id }
    /// A token that writes nothing.
    public var readOnly: Bool { scopes?.writes == false }
}

extension Acting {
    public func can(_ permission: Permission, in organization: ID<Organization>) -> Bool {
        guard allows(permission) else { return false }
        return roles[organization, default: []].contains { Rights.ofRole[$0, default: []].contains(permission) }
            || canOverTerritory(permission)
    }

    /// A token has no permission beyond its scopes.
    private func allows(_ permission: Permission) -> Bool { scopes?.allows(permission) ?? true }

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

    /// - Throws: ``Refusal/forbidden``; ``Refusal/tokenScope`` when it is the token that does not allow it.
    public func require(_ permission: Permission) throws {
        guard allows(permission) else { throw Refusal.tokenScope }
        guard can(permission) else { throw Refusal.forbidden }
    }

    public func require(_ permission: Permission, in organization: ID<Organization>) throws {
        guard allows(permission) else { throw Refusal.tokenScope }
        guard can(permission, in: organization) else { throw Refusal.forbidden }
    }

    /// For one's own account: a token that may not everything could give itself more there.
    /// - Throws: ``Refusal/tokenScope``.
    public func requireWriting() throws {
        guard scopes?.writesEverything ?? true else { throw Refusal.tokenScope }
    }
}

extension Acting {
    /// - Returns: `nil` when there is no such agent, or they are disabled.
    public static func load(_ agent: ID<Agent>, of territory: Int64, scopes: TokenScopes? = nil, in db: Reader) throws -> Acting? {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(Agent.columns) FROM agent JOIN territory ON territory.id = agent.territory_id
            WHERE agent.territory_id = \(territory) AND agent.id = \(agent) AND agent.disabled_at IS NULL
            """
        ) { try (Territory($0), Agent($0, at: Territory.columnCount)) }
        guard let (territory, agent) = found else { return nil }
        return try load(agent, of: territory, scopes: scopes, in: db)
    }

    /// Roles, territory roles and services in one query: this runs with every request.
    static func load(_ agent: Agent, of territory: Territory, scopes: TokenScopes? = nil, in db: Reader) throws -> Acting {
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
            territory: territory, agent: agent, roles: roles, territoryRoles: territoryRoles, services: services, scopes: scopes)
    }
}
