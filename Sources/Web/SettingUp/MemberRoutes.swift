import Core
import Hummingbird
import Store

/// Who works in an organization: for its own administrator too.
struct MemberRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/organizations/{id}/members", use: list)
        router.post("/setup/organizations/{id}/members", use: add)
        router.get("/setup/organizations/{id}/members/{agent}", use: show)
        router.post("/setup/organizations/{id}/members/{agent}", use: save)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(.blank, context), context)
    }

    private func add(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let roles = form.roles("roles")
            var complaints = Complaints()
            let agent = form.parse("agent_id", "Choisissez un agent de la liste.", &complaints) { ID<Agent>($0) }
            if roles.isEmpty { complaints.add("roles", "Choisissez un rôle au moins.") }
            try complaints.check()
            return try await save(roles, of: agent ?? .new(), context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, agentID, acting) = (try context.id(of: Organization.self), try context.member(), context.acting)
        let page = try await desk.store.read { db in
            let organization = try Self.settable(id, by: acting, in: db)
            guard let agent = try Agent.find(agentID, of: acting.territoryID, in: db) else { throw Refusal.notFound }
            let membership = try Membership.all(of: acting.territoryID, agent: agentID, organization: id, in: db).first
            let roles = membership?.roles.map(\.rawValue) ?? []
            return MemberPage(organization: organization, agent: agent, state: FormState(Form(["roles": roles])))
        }
        return desk.site.page(page, context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await save(try await request.form().roles("roles"), of: try context.member(), context)
    }

    private func save(_ roles: Set<Role>, of agent: ID<Agent>, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(of: Organization.self), context.acting, desk.now())
        try await desk.store.write { db in
            try Membership(organizationID: id, agentID: agent, roles: roles).save(by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.members(id), notice: "L’affectation est enregistrée.", context)
    }
}

extension MemberRoutes {
    private func page(_ state: FormState, _ context: AgentContext) async throws -> MembersPage {
        let (id, acting) = (try context.id(of: Organization.self), context.acting)
        return try await desk.store.read { db in
            let organization = try Self.settable(id, by: acting, in: db)
            let agents = try Agent.all(of: acting.territoryID, in: db)
            let memberships = Dictionary(
                uniqueKeysWithValues: try Membership.all(of: acting.territoryID, organization: id, in: db).map { ($0.agentID, $0) })
            let members = agents.compactMap { agent in
                memberships[agent.id].map { MembersPage.Member(agent: agent, membership: $0) }
            }
            let others = agents.filter { memberships[$0.id] == nil && $0.disabledAt == nil }.map { Choice($0.id.description, $0.name) }
            return MembersPage(organization: organization, members: members, others: others, state: state)
        }
    }

    /// - Throws: ``Core/Refusal/notFound`` for one of elsewhere, ``Core/Refusal/forbidden`` for one of others.
    private static func settable(_ id: ID<Organization>, by acting: Acting, in db: Reader) throws -> Organization {
        guard let organization = try Organization.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: id)
        return organization
    }
}

extension AgentContext {
    /// The `{agent}` of the address.
    fileprivate func member() throws -> ID<Agent> {
        guard let id = ID<Agent>(parameters.get("agent") ?? "") else { throw Refusal.notFound }
        return id
    }
}
