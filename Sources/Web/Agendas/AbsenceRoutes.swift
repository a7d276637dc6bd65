import Core
import Hummingbird
import Scheduling
import Store

/// When agents cannot be booked: listing, adding, changing and taking away.
struct AbsenceRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/absences", use: list)
        router.post("/agenda/absences", use: create)
        router.get("/agenda/absences/new", use: new)
        router.get("/agenda/absences/{id}", use: edit)
        router.post("/agenda/absences/{id}", use: update)
        router.post("/agenda/absences/{id}/remedies", use: remedy)
        router.post("/agenda/absences/{id}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try context.agent(Query(request))
        let acting = context.acting
        let (owner, absences) = try await desk.store.read { db in
            let owner = try AgendaOwner.find([agent], seenBy: acting, in: db)[0]
            return (owner, try Absence.of(owner, seenBy: acting, in: db))
        }
        let page = AbsencesPage(owner: owner, absences: absences, acting: acting, time: context.localTime(desk.now()))
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        let date = try query.parse("date", "une date (AAAA-MM-JJ)") { CivilDate($0) }
        var fields = Recurrence.Pattern.fields(on: date ?? context.acting.territory.zone.civil(desk.now()).date)
        if let date { fields["date"] = [date.description] }
        return desk.site.page(try await page(try context.agent(query), FormState(Form(fields)), context), context)
    }

    /// What the absence covers is shown before it is saved, with what to do about each; both are done in one transaction.
    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let sent = try await request.form()
        guard let agent = ID<Agent>(sent.text("agent")) else { throw Refusal.notFound }
        return try await desk.site.submit(request, context) { state in
            try await page(agent, state, context)
        } action: { form in
            let draft = try AbsenceDraft(form, of: agent)
            var page = try await page(agent, FormState(form), context)
            if form.has("apply") || form.text("covers") != (page.covered.isEmpty ? "" : String(page.covered.count)) {
                if form.has("apply") { page.state = page.state.filled(page.covered, page.offers) }
                guard page.covered.isEmpty else { return desk.site.page(page, context) }
            }
            let remedies = try Remedies(form).ifAny
            let absence = try await Absence.create(draft, remedies: remedies, by: acting, at: now, in: desk.store)
            let isSettled = page.covered.isEmpty || page.covered.isSettled(by: remedies)
            let url = isSettled ? Urls.absences(of: agent) : Urls.absence(absence.id)
            return desk.site.redirect(to: url, notice: "Indisponibilité enregistrée.", context)
        }
    }

    private func remedy(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Absence> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(changing: id, state, context)
        } action: { form in
            if form.has("apply") {
                var page = try await page(changing: id, FormState(form), context)
                page.state = page.state.filled(page.covered, page.offers)
                return desk.site.page(page, context)
            }
            try await Absence.remedy(id, try Remedies(form), by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.absence(id), notice: "C’est fait.", context)
        }
    }

    private func edit(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(changing: try context.id(), nil, context), context)
    }

    private func update(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Absence> = try context.id()
        let agent = try await desk.store.read { db in try Absence.find(id, seenBy: context.acting, in: db).owner.agent.id }
        return try await desk.site.submit(request, context) { state in
            try await page(changing: id, state, context)
        } action: { form in
            let draft = try AbsenceDraft(form, of: agent)
            let absence = try await Absence.update(id, draft, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.absence(absence.id), notice: "Indisponibilité modifiée.", context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Absence> = try context.id()
        let agent = try await desk.store.read { db in try Absence.find(id, seenBy: context.acting, in: db).owner.agent.id }
        try await Absence.delete(id, by: context.acting, at: desk.now(), in: desk.store)
        return desk.site.redirect(to: Urls.absences(of: agent), notice: "Indisponibilité supprimée.", context)
    }
}

extension AbsenceRoutes {
    private func page(_ agent: ID<Agent>, _ state: FormState, _ context: AgentContext) async throws -> AbsenceFormPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let owner = try AgendaOwner.find([agent], seenBy: acting, in: db)[0]
            guard acting.canFill(owner) else { throw Refusal.forbidden }
            var page = AbsenceFormPage(owner: owner, state: state, time: context.localTime(now))
            if let asked = try? AbsenceDraft(state.form, of: agent).checked(of: acting.territory, at: now) {
                page.covered = try asked.covered(seenBy: acting, now: now, in: db)
                page.offers = try asked.offers(desk.calendars, by: acting, now: now, in: db)
            }
            return page
        }
    }

    private func page(changing id: ID<Absence>, _ typed: FormState?, _ context: AgentContext) async throws -> AbsenceFormPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let (absence, owner) = try Absence.find(id, seenBy: acting, in: db)
            guard acting.canFill(owner) else { throw Refusal.forbidden }
            let meanwhile = try typed.flatMap {
                try Meanwhile.find(id.uuid, $0, now: absence.fields, version: absence.version, context.localTime(now), of: acting, in: db)
            }
            return AbsenceFormPage(
                owner: owner, state: typed ?? FormState(Form(absence.fields)), changed: absence,
                covered: try absence.covered(seenBy: acting, now: now, in: db),
                offers: try absence.offers(desk.calendars, by: acting, now: now, in: db), meanwhile: meanwhile,
                time: context.localTime(now))
        }
    }
}

extension AbsenceDraft {
    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form, of agent: ID<Agent>) throws {
        var complaints = Complaints()
        let title = form.optional("title", limit: 100, &complaints)
        let stretch = StretchDraft(form, isAbsence: true, &complaints)
        try complaints.check()
        guard let stretch else { throw Refusal.notFound }
        self.init(agentID: agent, title: title ?? "", stretch: stretch, version: Int64(form.text("version")))
    }
}

extension Absence {
    /// As its form shows it.
    var fields: [String: [String]] { stretch.fields(isAbsence: true).merging(["title": [title]]) { $1 } }
}
