import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store

/// Agents: their list, a new one, and all that an administrator decides of one.
struct AgentSetUpRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/agents", use: list)
        router.post("/setup/agents", use: create)
        router.get("/setup/agents/new", use: new)
        router.get("/setup/agents/{id}", use: show)
        router.post("/setup/agents/{id}", use: change)
        router.post("/setup/agents/{id}/territory-roles", use: giveTerritoryRoles)
        router.post("/setup/agents/{id}/services", use: giveServices)
        router.post("/setup/agents/{id}/memberships", use: giveMemberships)
        router.post("/setup/agents/{id}/password-link", use: issueLink)
        router.post("/setup/agents/{id}/disabling", use: disable)
        router.post("/setup/agents/{id}/enabling", use: enable)
        router.post("/setup/agents/{id}/shutting-out", use: shutOut)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.setUpTerritory)
        let (territory, query) = (context.acting.territoryID, try Query(request))
        let typed = try query.optional("q") ?? ""
        let page = try await desk.store.read { db in
            try AgentListPage.load(territory, matching: typed, state: query.state, in: db)
        }
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.setUpTerritory)
        return desk.site.page(NewAgentPage(state: .blank), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            NewAgentPage(state: state)
        } action: { form in
            let (draft, acting, now) = (AgentDraft(form), context.acting, desk.now())
            let agent = try await desk.store.write { db in try Agent.create(draft, by: acting, at: now, in: db) }
            let next = "\(agent.name) est créé. Donnez-lui maintenant une affectation."
            return desk.site.redirect(to: Urls.setup("agents", agent.id), notice: next, context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(context), context)
    }

    private func change(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .identity, "Les changements sont enregistrés.") { form, id, acting, now, db in
            try Agent.change(id, to: AgentDraft(form), by: acting, at: now, in: db)
        }
    }

    private func giveTerritoryRoles(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .roles, "Les rôles sont enregistrés.") { form, id, acting, now, db in
            let roles = Set(form.values("territory_roles").compactMap(TerritoryRole.init))
            try TerritoryRole.set(roles, of: id, by: acting, at: now, in: db)
        }
    }

    private func giveServices(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .services, "Les services sont enregistrés.") { form, id, acting, now, db in
            let services = Set(form.values("service_ids").map { ID<Service>($0) ?? .new() })
            try Agent.setServices(services, of: id, by: acting, at: now, in: db)
        }
    }

    private func giveMemberships(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .memberships, "Les affectations sont enregistrées.") { form, id, acting, now, db in
            try acting.require(.setUpTerritory)
            guard try Agent.find(id, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
            let known = try Membership.all(of: acting.territoryID, agent: id, in: db).map(\.organizationID)
            for membership in try MembershipForm.read(form, of: id, in: known) { try membership.save(by: acting, at: now, in: db) }
        }
    }

    private func disable(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .access, "L’agent est désactivé et déconnecté.") { form, id, acting, now, db in
            try Agent.disable(id, notes: Note.Leaving(form.text("private_notes")), by: acting, at: now, in: db)
        }
    }

    private func shutOut(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .access, "L’agent ne peut plus se connecter.") { _, id, acting, now, db in
            try Agent.shutOut(id, by: acting, at: now, in: db)
        }
    }

    private func enable(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await act(request, context, .access, "L’agent est réactivé.") { _, id, acting, now, db in
            try Agent.enable(id, by: acting, at: now, in: db)
        }
    }

    /// The page itself shows the link: it goes into no cookie.
    private func issueLink(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(of: Agent.self), context.acting, desk.now())
        let secret = try await desk.store.write { db in try PasswordLink.issue(for: id, by: acting, at: now, in: db) }
        var page = try await page(context)
        page.link = request.origin(context.app.client) + Urls.passwordLink(secret.text).text
        return desk.site.page(page, context, status: .created)
    }
}

extension AgentSetUpRoutes {
    /// Changes the agent and shows them again; a refusal stands in its own section.
    private func act(
        _ request: Request, _ context: AgentContext, _ section: AgentPage.Section, _ notice: String,
        _ change: @escaping @Sendable (Form, ID<Agent>, Acting, Instant, Writer) throws -> Void
    ) async throws -> Response {
        let (id, acting, now) = (try context.id(of: Agent.self), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            var page = try await page(context)
            page.states[section] = state
            return page
        } action: { form in
            try await desk.store.write { db in try change(form, id, acting, now, db) }
            return desk.site.redirect(to: Urls.setup("agents", id), notice: notice, context)
        }
    }

    private func page(_ context: AgentContext) async throws -> AgentPage {
        let (id, acting, now) = (try context.id(of: Agent.self), context.acting, desk.now())
        try acting.require(.setUpTerritory)
        return try await desk.store.read { db in
            guard let agent = try Agent.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
            return AgentPage(
                agent: agent, territoryRoles: try TerritoryRole.all(of: id, of: acting.territoryID, in: db),
                memberships: try Membership.all(of: acting.territoryID, agent: id, in: db),
                services: try Agent.services(of: id, of: acting.territoryID, in: db),
                allServices: try Service.all(of: acting.territoryID, in: db),
                organizations: try Organization.all(of: acting.territoryID, in: db), hasPassword: try Agent.hasPassword(agent, in: db),
                load: try Workload.of(id, of: acting.territoryID, at: now, in: db),
                privateNotes: try Note.privateCount(of: id, of: acting.territoryID, in: db),
                successors: try Note.successors(of: id, of: acting.territoryID, in: db),
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}

extension Note.Leaving {
    /// `deleted`, or the id of who keeps them; nothing for nothing said.
    init?(_ text: String) {
        if text == "deleted" {
            self = .deleted
        } else if let agent = ID<Agent>(text) {
            self = .handedOver(agent)
        } else {
            return nil
        }
    }
}

extension Request {
    /// `https://host` as the browser asked for it.
    func origin(_ client: Client) -> String { "\(client.isSecure ? "https" : "http")://\(head.authority ?? "")" }
}
