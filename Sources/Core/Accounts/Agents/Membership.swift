import Scheduling
import Store

/// Une affectation: an agent's roles in an organization (rows of `membership`).
public struct Membership: Sendable, Equatable {
    public let organizationID: ID<Organization>
    public let agentID: ID<Agent>
    public var roles: Set<Role>

    public init(organizationID: ID<Organization>, agentID: ID<Agent>, roles: Set<Role>) {
        self.organizationID = organizationID
        self.agentID = agentID
        self.roles = roles
    }
}

extension Membership {
    /// Of an agent, of an organization, or all of the territory.
    public static func all(
        of territory: Int64, agent: ID<Agent>? = nil, organization: ID<Organization>? = nil, in db: Reader
    ) throws -> [Membership] {
        let ofAgent: SQL = agent.map { "AND agent_id = \($0)" } ?? ""
        let ofOrganization: SQL = organization.map { "AND organization_id = \($0)" } ?? ""
        var memberships: [Membership] = []
        try db.forEach(
            """
            SELECT organization_id, agent_id, role FROM membership WHERE territory_id = \(territory) \(ofAgent) \(ofOrganization)
            ORDER BY agent_id, organization_id
            """
        ) { row in
            let next = Membership(organizationID: try row[0], agentID: try row[1], roles: [try row[2]])
            if let last = memberships.last, last.agentID == next.agentID, last.organizationID == next.organizationID {
                memberships[memberships.count - 1].roles.formUnion(next.roles)
            } else {
                memberships.append(next)
            }
        }
        return memberships
    }

    /// Makes these the agent's roles in the organization; none takes them off it.
    ///
    /// An organization's own administrator may; the agent's calendar is locked, since it decides who can be booked there.
    /// - Throws: ``Refusal/notFound`` for an agent or an organization of elsewhere; ``Refusal/forbidden``.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        guard try Organization.find(organizationID, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: organizationID)
        try Agent.lockCalendars([agentID], of: acting.territoryID, in: db)
        let all = try Membership.all(of: acting.territoryID, agent: agentID, organization: organizationID, in: db)
        let before = all.first?.roles ?? []
        guard before != roles else { return }
        if roles.isDisjoint(with: AgendaOwner.rolesWithAgenda) {
            try Workload.of(agentID, in: organizationID, of: acting.territoryID, at: now, in: db).check()
        }
        for role in before.subtracting(roles) { try delete(role, of: acting.territoryID, in: db) }
        for role in roles.subtracting(before) { try insert(role, of: acting.territoryID, in: db) }
        try Journal.record(
            .changed, about: agentID.uuid,
            [
                "what": "membership", "organization_id": organizationID.description, "roles.before": Self.list(before),
                "roles.after": Self.list(roles),
            ], by: acting, at: now, in: db)
    }

    private func delete(_ role: Role, of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            DELETE FROM membership WHERE territory_id = \(territory) AND agent_id = \(agentID) AND organization_id = \(organizationID)
              AND role = \(role)
            """)
    }

    private func insert(_ role: Role, of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO membership (territory_id, organization_id, agent_id, role)
            VALUES (\(territory), \(organizationID), \(agentID), \(role))
            """)
    }

    private static func list(_ roles: Set<Role>) -> String { Role.allCases.filter(roles.contains).map(\.rawValue).joined(separator: " ") }
}
