import Core
import HTTPTypes
import Scheduling
import Store

/// Who has which roles in which organization.
enum MembershipsAPI {
    private static let organization = Key<ID<Organization>>("organization", "Celles de cette organisation.")
    private static let agent = Key<ID<Agent>>("agent", "Celles de cet agent.")
    private static let roles = Key("roles", Kind<[Role]>.list(Role.kind, 1...Role.allCases.count))
    private static let cursor = Key<String>("cursor", .text(.mark), "Le « next » de la page précédente.")

    private static let shape = Shape<Membership>(
        "Membership",
        [
            Common.organization.of(\.organizationID), Common.agent.of(\.agentID),
            roles.of { membership in Role.allCases.filter(membership.roles.contains) },
        ])

    static let endpoints: [Endpoint] = [
        .list(
            "/memberships", "Les affectations : les miennes, et celles des organisations que je règle",
            query: Fields(takes: [organization, agent]), of: shape, cursor: cursor, list),
        .read("/memberships/{organization}/{agent}", "Les rôles d’un agent dans une organisation", answers: shape, show),
        .change(
            .put, "/memberships/{organization}/{agent}", "Donne ces rôles, et ceux-là seulement", needs: .setUpOrganization,
            body: Fields("NewRoles", needs: [roles]), answers: shape
        ) { call in
            try await save(Set(try call.body[roles]), call)
            return try await show(call)
        },
        .change(.delete, "/memberships/{organization}/{agent}", "Retire l’agent de l’organisation", needs: .setUpOrganization) { call in
            _ = try await show(call)
            try await save([], call)
        },
    ]

    private static func list(_ call: Call) async throws -> ListPage<Membership> {
        let limit = try call.query.ifAny(ListPage<Membership>.limit) ?? 50, cursor = try call.query.ifAny(cursor)
        let (organization, agent) = (try call.query.ifAny(organization), try call.query.ifAny(agent))
        let all = try await call.store.read { db in
            try Membership.all(of: call.acting.territoryID, agent: agent, organization: organization, in: db).filter(call.acting.mayKnow)
        }
        let rest = all.sorted { $0.mark < $1.mark }.filter { one in cursor.map { one.mark > $0 } ?? true }
        return ListPage(rest, limit: limit, cursor: \.mark)
    }

    private static func show(_ call: Call) async throws -> Membership {
        let (house, agent) = (try call.id(Organization.self, "organization"), try call.id(Agent.self, "agent"))
        return try await call.store.read { db in
            let found = try Membership.all(of: call.acting.territoryID, agent: agent, organization: house, in: db)
            return try call.found(found.first(where: call.acting.mayKnow))
        }
    }

    private static func save(_ roles: Set<Role>, _ call: Call) async throws {
        let membership = Membership(
            organizationID: try call.id(Organization.self, "organization"), agentID: try call.id(Agent.self, "agent"), roles: roles)
        try await call.store.write { db in try membership.save(by: call.acting, at: call.now, in: db) }
    }
}

extension Membership {
    /// A cursor, and the order of the list.
    fileprivate var mark: String { "\(agentID)_\(organizationID)" }
}

extension TextRule {
    fileprivate static let mark = signs("\(hex)_\(hex)", "le « next » d’une page") { text in
        let parts = text.split(separator: "_", omittingEmptySubsequences: false).map(String.init)
        return parts.count == 2 && parts.allSatisfy { ID<Membership>($0)?.description == $0 }
    }

    private static let hex = "[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}"
}
