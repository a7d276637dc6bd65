import Core
import Hummingbird
import Scheduling
import Store

/// The groups of agents that someone keeps.
struct AgendaGroupRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/groups", use: list)
        router.post("/agenda/groups", use: create)
        router.get("/agenda/groups/{id}/edit", use: edit)
        router.post("/agenda/groups/{id}/edit", use: save)
        router.post("/agenda/groups/{id}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        let choices = try await desk.store.read { db in try AgendaChoices.read(for: acting, in: db) }
        return desk.site.page(AgendaGroupsPage(groups: choices.groups, choices: choices), context)
    }

    /// Refused, it comes back on the agendas that were shown, with what was typed.
    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try AgendaQuery(request, context.acting, now: desk.now())
        let form = try await request.form()
        let group = AgendaGroup(form, id: .new())
        do { return try await save(group, "Le groupe est gardé.", context) } catch let refusal as Refusal
            where refusal.kind == .invalid && !group.agentIDs.isEmpty
        { return try await TogetherRoutes(desk: desk).page(of: group.agentIDs, query, FormState(form, refused: refusal), context) }
    }

    private func edit(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, context), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let (id, acting) = (try context.id(AgendaGroup.self), context.acting)
            _ = try await desk.store.read { db in try AgendaGroup.find(id, of: acting, in: db) }
            return try await save(AgendaGroup(form, id: id), "Le groupe est enregistré.", context)
        }
    }

    private func save(_ group: AgendaGroup, _ notice: String, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try await desk.store.write { db in try group.save(by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.agendaGroup(group.id), notice: notice, context)
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(AgendaGroup.self), context.acting, desk.now())
        try await desk.store.write { db in try AgendaGroup.delete(id, by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.agendaGroups, notice: "Le groupe est supprimé.", context)
    }

    private func page(_ typed: FormState?, _ context: AgentContext) async throws -> AgendaGroupPage {
        let (id, acting) = (try context.id(AgendaGroup.self), context.acting)
        return try await desk.store.read { db in
            let group = try AgendaGroup.find(id, of: acting, in: db)
            let known = Form(["name": [group.name], "agents": group.agentIDs.map(\.description)])
            return AgendaGroupPage(group: group, choices: try AgendaChoices.read(for: acting, in: db), state: typed ?? FormState(known))
        }
    }
}

extension AgendaGroup {
    init(_ form: Form, id: ID<AgendaGroup>) {
        self.init(id: id, name: form.text("name"), agentIDs: form.values("agents").map { ID<Agent>($0) ?? .new() })
    }
}
