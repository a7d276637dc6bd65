import Core
import Hummingbird
import Scheduling
import Store

/// When a whole house, or one of its sites, receives nobody.
struct ClosureRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/closures", use: list)
        router.post("/agenda/closures", use: create)
        router.get("/agenda/closures/new", use: new)
        router.get("/agenda/closures/{id}", use: show)
        router.post("/agenda/closures/{id}/remedies", use: remedy)
        router.post("/agenda/closures/{id}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let page = try await desk.store.read { db in
            ClosuresPage(
                closures: try Closure.visible(to: acting, in: db), places: try ClosurePlaces.read(for: acting, all: true, in: db),
                mayAdd: acting.can(.fillEveryAgenda), time: context.localTime(now))
        }
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let today = context.acting.territory.zone.civil(desk.now()).date
        var fields = Recurrence.Pattern.fields(on: today)
        if let site = try Query(request).optional("site") { fields["where"] = ["site:\(site)"] }
        return desk.site.page(try await page(FormState(Form(fields)), context), context)
    }

    /// What the closure covers is shown before it is saved, with what to do about each; both are done in one transaction.
    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            var page = try await page(FormState(form), context)
            let draft = try ClosureDraft(form, page.places)
            if form.has("apply") || form.text("covers") != (page.covered.isEmpty ? "" : String(page.covered.count)) {
                if form.has("apply") { page.state = page.state.filled(page.covered, page.offers) }
                guard page.covered.isEmpty else { return desk.site.page(page, context) }
            }
            let remedies = try Remedies(form).ifAny
            let closure = try await Closure.create(draft, remedies: remedies, by: acting, at: now, in: desk.store)
            let isSettled = page.covered.isEmpty || page.covered.isSettled(by: remedies)
            return desk.site.redirect(
                to: isSettled ? Urls.closures : Urls.closure(closure.id), notice: "Fermeture enregistrée.", context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(of: try context.id(), .blank, context), context)
    }

    private func remedy(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Closure> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(of: id, state, context)
        } action: { form in
            if form.has("apply") {
                var page = try await page(of: id, FormState(form), context)
                page.state = page.state.filled(page.covered, page.offers)
                return desk.site.page(page, context)
            }
            try await Closure.remedy(id, try Remedies(form), by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.closure(id), notice: "C’est fait.", context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await Closure.delete(try context.id(), by: context.acting, at: desk.now(), in: desk.store)
        return desk.site.redirect(to: Urls.closures, notice: "Fermeture supprimée.", context)
    }
}

extension ClosureRoutes {
    private func page(_ state: FormState, _ context: AgentContext) async throws -> ClosurePage {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.fillEveryAgenda)
        return try await desk.store.read { db in
            var page = ClosurePage(
                places: try ClosurePlaces.read(for: acting, in: db), state: state, time: context.localTime(now))
            if let asked = try? ClosureDraft(state.form, page.places).checked(of: acting.territory, at: now) {
                page.covered = try asked.covered(seenBy: acting, now: now, in: db)
                page.offers = try asked.offers(desk.calendars, by: acting, now: now, in: db)
            }
            return page
        }
    }

    private func page(of id: ID<Closure>, _ state: FormState, _ context: AgentContext) async throws -> ClosurePage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let closure = try Closure.find(id, seenBy: acting, in: db)
            try acting.require(.fillEveryAgenda, in: closure.organizationID)
            return ClosurePage(
                places: try ClosurePlaces.read(for: acting, in: db), state: state, closure: closure,
                covered: try closure.covered(seenBy: acting, now: now, in: db),
                offers: try closure.offers(desk.calendars, by: acting, now: now, in: db), time: context.localTime(now))
        }
    }
}

extension ClosurePlaces {
    /// - Parameter all: those of every house one works in, to read; otherwise those one may close.
    static func read(for acting: Acting, all: Bool = false, in db: Reader) throws -> ClosurePlaces {
        let ids = all ? acting.roles.keys.sorted() : acting.organizations(with: .fillEveryAgenda)
        let houses = try Organization.all(of: acting.territoryID, in: db).filter { ids.contains($0.id) }
        return ClosurePlaces(organizations: houses, sites: try AgendaChoices.sites(of: ids, of: acting.territoryID, in: db))
    }
}

extension ClosureDraft {
    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form, _ places: ClosurePlaces) throws {
        var complaints = Complaints()
        let title = form.optional("title", limit: 100, &complaints)
        let stretch = StretchDraft(form, isAbsence: true, &complaints)
        if title == nil { complaints.add("title", "Dites pourquoi : « Pont de l’Ascension », « Travaux »…") }
        if (try? places.read(form.text("where"))) == nil { complaints.add("where", "Choisissez ce qui ferme.") }
        try complaints.check()
        let (organization, site) = try places.read(form.text("where"))
        guard let stretch else { throw Refusal.notFound }
        self.init(organizationID: organization, siteID: site, title: title ?? "", stretch: stretch)
    }
}
