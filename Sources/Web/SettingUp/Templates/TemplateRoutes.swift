import Core
import Hummingbird
import Scheduling
import Store

/// What messages say: the territory's words, and those of an organization, a reason, a language.
struct TemplateRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup/templates", use: showList)
        router.post("/setup/templates/price", use: setPrice)
        router.get("/setup/templates/edit", use: show)
        router.post("/setup/templates/edit", use: save)
        router.post("/setup/templates/look", use: look)
        router.get("/setup/templates/versions", use: showVersions)
        router.post("/setup/templates/versions", use: goBack)
        router.post("/setup/templates/retirement", use: retire)
    }

    private func showList(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await listPage(.blank, request, context), context)
    }

    private func setPrice(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.setUpTerritory)
        return try await desk.site.submit(request, context) { state in
            try await listPage(state, request, context)
        } action: { form in
            let typed = form.text("price")
            try await desk.store.write { db in try SMSPrice.set(typed, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.templates, notice: "Le prix d’un SMS est enregistré.", context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, request, context), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, scope) = (context.acting, desk.now(), try Query(request).templateScope())
        return try await desk.site.submit(request, context) { state in
            try await page(state, request, context)
        } action: { form in
            let draft = Template.Draft(scope, form)
            let written = try await desk.store.write { db in try Template.write(draft, by: acting, at: now, in: db) }
            return desk.site.redirect(
                to: Urls.template(scope), notice: "Le modèle est enregistré : version \(written.version.number).", context)
        }
    }

    /// Keeps nothing: what would leave, counted and measured.
    private func look(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        return desk.site.page(try await page(FormState(form), request, context), context)
    }

    private func showVersions(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, scope) = (context.acting, desk.now(), try Query(request).templateScope())
        let page = try await desk.store.read { db in
            try Template.mustWrite(scope, by: acting, in: db)
            let template = try Template.find(scope, of: acting.territoryID, in: db)
            return TemplateVersionsPage(
                scope: scope, for: try TemplateNames(acting, in: db).phrase(scope),
                versions: try template.map { try TemplateVersion.all(of: $0, by: acting, in: db) } ?? [],
                isRetired: template?.retiredAt != nil, authors: try Agent.names(of: acting.territoryID, in: db),
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
        return desk.site.page(page, context)
    }

    private func goBack(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, scope) = (context.acting, desk.now(), try Query(request).templateScope())
        return try await desk.site.submit(request, context) { state in
            try await page(state, request, context)
        } action: { form in
            guard let version = ID<TemplateVersion>(form.text("version")) else {
                throw Refusal.field("version", "choose-version", "Choisissez une version dans l’historique.")
            }
            let written = try await desk.store.write { db in
                try Template.mustWrite(scope, by: acting, in: db)
                guard let template = try Template.find(scope, of: acting.territoryID, in: db) else { throw Refusal.notFound }
                return try template.goBack(to: version, by: acting, at: now, in: db)
            }
            return desk.site.redirect(
                to: Urls.template(scope), notice: "Ce texte parle de nouveau : c’est la version \(written.version.number).", context)
        }
    }

    private func retire(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, scope) = (context.acting, desk.now(), try Query(request).templateScope())
        try await desk.store.write { db in
            try Template.mustWrite(scope, by: acting, in: db)
            try Template.find(scope, of: acting.territoryID, in: db)?.retire(by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.template(scope), notice: "Ce texte n’est plus utilisé.", context)
    }
}

extension TemplateRoutes {
    private func listPage(_ state: FormState, _ request: Request, _ context: AgentContext) async throws -> TemplatesPage {
        let acting = context.acting
        try acting.require(.setUpOrganization)
        let asked = try Query(request).parse("organization", "une organisation") { ID<Organization>($0) }
        return try await desk.store.read { db in
            let houses = try SiteScreen.organizations(acting, in: db)
            // An organization's own administrator arrives at their own.
            let chosen = asked ?? (acting.can(.setUpTerritory) ? nil : houses.first?.id)
            guard chosen == nil || houses.contains(where: { $0.id == chosen }) else { throw Refusal.notFound }
            return try TemplatesPage(chosen, houses: houses, state, acting, in: db)
        }
    }

    /// - Parameter typed: nothing when one arrives: then what is said now.
    private func page(_ typed: FormState?, _ request: Request, _ context: AgentContext) async throws -> TemplatePage {
        let (acting, now, scope) = (context.acting, desk.now(), try Query(request).templateScope())
        var page = try await desk.store.read { db in try TemplatePage(scope, typed, acting, at: now, in: db) }
        let draft = Template.Draft(scope, page.state.form), chosen = ID<Appointment>(page.state.form.text("appointment"))
        do {
            page.look = try await desk.store.write { db in try Template.look(at: draft, with: chosen, by: acting, at: now, in: db) }
        } catch let refusal as Refusal where refusal.kind == .invalid {
            page.faults = refusal.fields
        }
        return page
    }
}

extension Query {
    /// - Throws: ``Core/Refusal/notFound`` for what is no template.
    func templateScope() throws -> Template.Scope {
        guard let purpose = try optional("purpose").flatMap(Template.Purpose.init(rawValue:)),
            let channel = try optional("channel").flatMap(Template.Channel.init(rawValue:))
        else { throw Refusal.notFound }
        return Template.Scope(
            purpose, channel, organization: try parse("organization", "une organisation") { ID<Organization>($0) },
            reason: try parse("reason", "un motif") { ID<Reason>($0) }, language: try optional("language") ?? "fr")
    }
}

extension Template.Draft {
    init(_ scope: Template.Scope, _ form: Form) {
        self.init(
            scope: scope, subject: form.text("subject"), body: form.text("body"), because: form.text("because"),
            after: Int(form.text("after")))
    }
}
