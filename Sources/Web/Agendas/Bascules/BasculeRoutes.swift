import Core
import Hummingbird
import Scheduling
import Store

/// La bascule: what it would do, doing it, where it stands, reversing it.
struct BasculeRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/bascules", use: list)
        router.post("/agenda/bascules", use: begin)
        router.get("/agenda/bascules/new", use: new)
        router.get("/agenda/bascules/{id}", use: show)
        router.post("/agenda/bascules/{id}/reversal", use: revert)
        router.post("/agenda/bascules/{id}/appointments/{appointment}", use: giveNumber)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.fillEveryAgenda)
        let page = try await desk.store.read { db in
            BasculesPage(
                bascules: try Bascule.all(for: acting, in: db), names: try BasculeNames.read(for: acting, in: db),
                time: context.localTime(now))
        }
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let today = context.acting.territory.zone.civil(desk.now()).date
        let state = FormState(["from": today.description, "to": today.description, "homes": "on"])
        return desk.site.page(try await page(state, context), context)
    }

    /// What it would do is shown first; it is done when that is what was seen.
    private func begin(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let draft = try BasculeDraft(form)
            guard let seen = Int(form.text("seen")), !form.has("preview") else {
                var page = try await page(FormState(form), context)
                page.preview = try await desk.store.read { db in
                    try draft.checked(by: acting, at: now, in: db).preview(of: acting.territory, now: now, in: db)
                }
                return desk.site.page(page, context)
            }
            let bascule = try await Bascule.begin(draft, expecting: seen, by: acting, at: now, in: desk.store)
            return desk.site.redirect(to: Urls.bascule(bascule.id), notice: "La bascule est faite.", context)
        }
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> NewBasculePage {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.fillEveryAgenda)
        let names = try await desk.store.read { db in try BasculeNames.read(for: acting, in: db) }
        return NewBasculePage(names: names, state: state, time: context.localTime(now))
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(of: try context.id(), .blank, context), context)
    }

    private func revert(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Bascule> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(of: id, state, context)
        } action: { _ in
            try await Bascule.revert(id, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.bascule(id), notice: "Les rendez-vous ont lieu de nouveau comme avant.", context)
        }
    }

    private func giveNumber(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Bascule> = try context.id()
        guard let appointment = ID<Appointment>(context.parameters.get("appointment") ?? "") else { throw Refusal.notFound }
        return try await desk.site.submit(request, context) { state in
            var state = state
            state.moveError(from: "phone", to: "phone-\(appointment)")
            return try await page(of: id, state, context)
        } action: { form in
            let typed = form.text("phone-\(appointment)")
            try await Bascule.giveNumber(typed, for: appointment, in: id, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.bascule(id), notice: "Ce rendez-vous aura lieu par téléphone.", context)
        }
    }

    private func page(of id: ID<Bascule>, _ state: FormState, _ context: AgentContext) async throws -> BasculePage {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.fillEveryAgenda)
        return try await desk.store.read { db in
            let bascule = try Bascule.find(id, for: acting, in: db)
            return BasculePage(
                bascule: bascule, names: try BasculeNames.read(for: acting, in: db),
                progress: try bascule.progress(of: acting.territory, now: now, in: db), state: state, time: context.localTime(now))
        }
    }
}

extension BasculeNames {
    static func read(for acting: Acting, in db: Reader) throws -> BasculeNames {
        BasculeNames(
            sites: try AgendaChoices.sites(of: acting.organizations(with: .fillEveryAgenda), of: acting.territoryID, in: db),
            services: try Service.all(of: acting.territoryID, in: db))
    }
}

extension BasculeDraft {
    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form) throws {
        var complaints = Complaints()
        let site = form.parse("site", "Choisissez le lieu.", &complaints) { ID<Site>($0) }
        let service = form.parse("service", "Choisissez le service.", &complaints) { ID<Service>($0) }
        let from = form.parse("from", "Donnez le premier jour.", &complaints) { CivilDate($0) }
        let to = form.parse("to", "Donnez le dernier jour.", &complaints) { CivilDate($0) }
        if form.optional("why") == nil { complaints.add("why", "Dites pourquoi : « Canicule », « Locaux inondés »…") }
        try complaints.check()
        guard let site, let service, let from, let to else { throw Refusal.notFound }
        self.init(siteID: site, serviceID: service, from: from, to: to, homes: form.has("homes"), why: form.text("why"))
    }
}
