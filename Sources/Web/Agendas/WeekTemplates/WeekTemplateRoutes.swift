import Core
import Hummingbird
import Scheduling
import Store

/// Semaines types.
struct WeekTemplateRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/week-templates", use: list)
        router.post("/agenda/week-templates", use: keep)
        router.post("/agenda/week-templates/application", use: lay)
        router.post("/agenda/week-templates/{id}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(try context.agent(Query(request)), [:], context), context)
    }

    private func keep(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try await Self.agent(request)
        return try await desk.site.submit(request, context) { state in
            try await page(agent, ["keep": state], context)
        } action: { form in
            var complaints = Complaints()
            let date = form.parse("kept_date", "Donnez un jour de la semaine.", &complaints) { CivilDate($0) }
            if form.optional("name") == nil { complaints.add("name", "Donnez un nom : « Semaine A ».") }
            try complaints.check()
            guard let date, let house = ID<Organization>(form.text("organization")) else { throw Refusal.notFound }
            let (acting, now) = (context.acting, desk.now())
            _ = try await desk.store.write { db in
                try WeekTemplate.keep(form.text("name"), of: agent, in: house, week: date, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.weekTemplates(of: agent), notice: "Semaine type enregistrée.", context)
        }
    }

    private func lay(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try await Self.agent(request)
        return try await desk.site.submit(request, context) { state in
            try await page(agent, ["lay": state], context)
        } action: { form in
            var complaints = Complaints()
            let date = form.parse("date", "Donnez un jour de la semaine.", &complaints) { CivilDate($0) }
            let weeks = form.int("weeks", in: 1...52, "De 1 à 52 semaines.", &complaints)
            let id = form.parse("template", "Choisissez la semaine type.", &complaints) { ID<WeekTemplate>($0) }
            try complaints.check()
            guard let date, let weeks, let id else { throw Refusal.notFound }
            let template = try await desk.store.read { db in try WeekTemplate.find(id, for: context.acting, in: db) }
            let laid = try await template.lay(
                for: agent, week: date, weeks: weeks, by: context.acting, at: desk.now(), in: desk.store)
            let notice = laid.count == 1 ? "1\u{A0}plage posée." : "\(laid.count)\u{A0}plages posées."
            return desk.site.redirect(to: Urls.openings(of: agent), notice: notice, context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, agent, now): (ID<WeekTemplate>, _, _) = (try context.id(), try await Self.agent(request), desk.now())
        try await desk.store.write { db in try WeekTemplate.delete(id, by: context.acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.weekTemplates(of: agent), notice: "Semaine type supprimée.", context)
    }

    private static func agent(_ request: Request) async throws -> ID<Agent> {
        guard let agent = ID<Agent>(try await request.form().text("agent")) else { throw Refusal.notFound }
        return agent
    }

    private func page(_ agent: ID<Agent>, _ states: [String: FormState], _ context: AgentContext) async throws -> WeekTemplatesPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            guard let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first else { throw Refusal.notFound }
            let houses = owner.organizations.filter { acting.canFill(owner, in: $0.id) }
            guard !houses.isEmpty else { throw Refusal.forbidden }
            let templates = try WeekTemplate.all(for: acting, in: db).filter { one in houses.contains { $0.id == one.organizationID } }
            return WeekTemplatesPage(
                owner: owner, organizations: houses, templates: templates, states: states, time: context.localTime(now))
        }
    }
}
