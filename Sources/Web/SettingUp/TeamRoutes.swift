import Core
import Hummingbird
import Store

/// The teams of an organization: for its own administrator too.
struct TeamRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/organizations/{id}/teams", use: list)
        router.post("/setup/organizations/{id}/teams", use: create)
        router.get("/setup/organizations/{id}/teams/{team}", use: show)
        router.post("/setup/organizations/{id}/teams/{team}", use: save)
        router.post("/setup/organizations/{id}/teams/{team}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await listPage(.blank, context), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await listPage(state, context)
        } action: { form in
            try await save(Team(form, id: .new(), of: try context.id()), "L’équipe est créée.", context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, context), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            try await save(Team(form, id: try context.team(), of: try context.id()), "L’équipe est enregistrée.", context)
        }
    }

    private func save(_ team: Team, _ notice: String, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try await desk.store.write { db in try team.save(by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.teams(of: team.organizationID), notice: notice, context)
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (team, organization, now) = (try context.team(), try context.id(of: Organization.self), desk.now())
        try await desk.store.write { db in try Team.delete(team, by: context.acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.teams(of: organization), notice: "L’équipe est supprimée.", context)
    }
}

extension TeamRoutes {
    private func listPage(_ state: FormState, _ context: AgentContext) async throws -> TeamsPage {
        let (id, acting) = (try context.id(of: Organization.self), context.acting)
        return try await desk.store.read { db in
            let (organization, agents) = try Self.house(id, by: acting, in: db)
            return TeamsPage(
                organization: organization, teams: try Team.of([id], of: acting.territoryID, in: db), agents: agents, state: state)
        }
    }

    private func page(_ typed: FormState?, _ context: AgentContext) async throws -> TeamPage {
        let (id, team, acting) = (try context.id(of: Organization.self), try context.team(), context.acting)
        return try await desk.store.read { db in
            let (organization, agents) = try Self.house(id, by: acting, in: db)
            guard let team = try Team.find(team, of: acting.territoryID, in: db), team.organizationID == id else { throw Refusal.notFound }
            let known = Form(["name": [team.name], "agents": team.agentIDs.map(\.description)])
            return TeamPage(organization: organization, team: team, agents: agents, state: typed ?? FormState(known))
        }
    }

    /// - Throws: ``Core/Refusal/notFound`` for one of elsewhere, ``Core/Refusal/forbidden`` for one of others.
    private static func house(
        _ id: ID<Organization>, by acting: Acting, in db: Reader
    ) throws -> (organization: Organization, agents: [Agent]) {
        guard let organization = try Organization.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: id)
        let members = try Set(Membership.all(of: acting.territoryID, organization: id, in: db).map(\.agentID))
        let agents = try Agent.all(of: acting.territoryID, in: db).filter { members.contains($0.id) && $0.disabledAt == nil }
        return (organization, agents)
    }
}

extension Team {
    init(_ form: Form, id: ID<Team>, of organization: ID<Organization>) {
        self.init(
            id: id, organizationID: organization, name: form.text("name"),
            agentIDs: Set(form.values("agents").map { ID<Agent>($0) ?? .new() }))
    }
}

extension AgentContext {
    /// The `{team}` of the address.
    fileprivate func team() throws -> ID<Team> {
        guard let id = ID<Team>(parameters.get("team") ?? "") else { throw Refusal.notFound }
        return id
    }
}
