import Core
import Hummingbird
import Scheduling
import Store

/// When agents can be booked: listing, opening, changing and closing.
struct OpeningRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/openings", use: list)
        router.post("/agenda/openings", use: create)
        router.get("/agenda/openings/new", use: new)
        router.get("/agenda/openings/{id}", use: edit)
        router.post("/agenda/openings/{id}", use: update)
        router.post("/agenda/openings/{id}/deletion", use: delete)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try context.agent(Query(request))
        let acting = context.acting
        let (owner, openings) = try await desk.store.read { db in
            (
                try AgendaOwner.find([agent], seenBy: acting, in: db)[0],
                try AgendaOpening.read(of: [agent], from: .distantPast, seenBy: acting, in: db)
            )
        }
        let page = OpeningsPage(owner: owner, openings: openings, acting: acting, time: context.localTime(desk.now()))
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        let agent = try context.agent(query)
        let date = try query.parse("date", "une date (AAAA-MM-JJ)") { CivilDate($0) }
        var fields = Recurrence.Pattern.fields(on: date ?? context.acting.territory.zone.civil(desk.now()).date)
        if let date { fields["date"] = [date.description] }
        fields["kind"] = ["slots"]
        return desk.site.page(try await page(agent, FormState(Form(fields)), context), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let sent = try await request.form()
        guard let agent = ID<Agent>(sent.text("agent")) else { throw Refusal.notFound }
        return try await desk.site.submit(request, context) { state in
            try await page(agent, state, context)
        } action: { form in
            let draft = try OpeningDraft(form, of: agent)
            if let warning = try await overlapping(draft, nil, form, context) {
                var page = try await page(agent, FormState(form), context)
                page.overlapping = warning
                return desk.site.page(page, context)
            }
            let opening = try await Opening.create(draft, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.openings(of: opening.agentID), notice: "Plage enregistrée.", context)
        }
    }

    private func edit(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(changing: try context.id(), nil, context), context)
    }

    private func update(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Opening> = try context.id()
        let agent = try await desk.store.read { db in try Opening.find(id, seenBy: context.acting, in: db).owner.agent.id }
        return try await desk.site.submit(request, context) { state in
            try await page(changing: id, state, context)
        } action: { form in
            let draft = try OpeningDraft(form, of: agent)
            if let warning = try await overlapping(draft, id, form, context) {
                var page = try await page(changing: id, FormState(form), context)
                page.overlapping = warning
                return desk.site.page(page, context)
            }
            _ = try await Opening.update(id, draft, by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.openings(of: agent), notice: "Plage modifiée.", context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Opening> = try context.id()
        let agent = try await desk.store.read { db in try Opening.find(id, seenBy: context.acting, in: db).owner.agent.id }
        try await Opening.delete(id, by: context.acting, at: desk.now(), in: desk.store)
        return desk.site.redirect(to: Urls.openings(of: agent), notice: "Plage supprimée.", context)
    }
}

extension OpeningRoutes {
    private func page(_ agent: ID<Agent>, _ state: FormState, _ context: AgentContext) async throws -> OpeningFormPage {
        let acting = context.acting
        let (owner, choices) = try await desk.store.read { db in
            let owner = try AgendaOwner.find([agent], seenBy: acting, in: db)[0]
            return (owner, try OpeningChoices.read(for: owner, by: acting, in: db))
        }
        return OpeningFormPage(
            owner: owner, choices: choices, state: state.withOnly(choices.organizations), time: context.localTime(desk.now()))
    }

    /// What to warn of before it is saved, unless it has been said already.
    private func overlapping(
        _ draft: OpeningDraft, _ id: ID<Opening>?, _ form: Form, _ context: AgentContext
    ) async throws -> [String]? {
        let (acting, now) = (context.acting, desk.now())
        let found = try await desk.store.read { db in try draft.overlapping(except: id, seenBy: acting, now: now, in: db) }
        guard !found.isEmpty, form.text("overlaps") != String(found.count) else { return nil }
        let today = context.localTime(now).today
        return found.map { StretchSentence(stretch: $0.opening.stretch, place: $0.place, today: today).text }
    }

    /// - Parameter typed: what was refused; without it the opening as it is.
    private func page(changing id: ID<Opening>, _ typed: FormState?, _ context: AgentContext) async throws -> OpeningFormPage {
        let (acting, now) = (context.acting, desk.now())
        return try await desk.store.read { db in
            let (opening, owner) = try Opening.find(id, seenBy: acting, in: db)
            let choices = try OpeningChoices.read(for: owner, keeping: opening.opening, by: acting, in: db)
            let meanwhile = try typed.flatMap {
                try Meanwhile.find(
                    id.uuid, $0, now: opening.opening.fields, version: opening.opening.version, context.localTime(now), of: acting, in: db)
            }
            return OpeningFormPage(
                owner: owner, choices: choices, state: typed ?? FormState(Form(opening.opening.fields)), changed: opening,
                upcoming: try opening.opening.upcoming(seenBy: acting, now: now, in: db), meanwhile: meanwhile,
                time: context.localTime(now))
        }
    }
}

extension OpeningChoices {
    /// - Throws: ``Core/Refusal/forbidden`` when they may fill this agenda in no organization.
    static func read(for owner: AgendaOwner, keeping opening: Opening? = nil, by acting: Acting, in db: Reader) throws -> OpeningChoices {
        let houses = owner.organizations.filter { acting.canFill(owner, in: $0.id) }
        guard opening.map({ acting.canFill(owner, in: $0.organizationID) }) ?? !houses.isEmpty else { throw Refusal.forbidden }
        return OpeningChoices(
            reasons: try Reason.openable(by: owner.agent.id, keeping: opening?.reasonIDs ?? [], of: acting.territoryID, in: db),
            organizations: houses, sites: try AgendaChoices.sites(of: houses.map(\.id), of: acting.territoryID, in: db),
            services: owner.services)
    }
}

extension OpeningDraft {
    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form, of agent: ID<Agent>) throws {
        var complaints = Complaints()
        let stretch = StretchDraft(form, isAbsence: false, &complaints)
        let isPermanence = form.text("kind") == "permanence"
        let reasons = isPermanence ? [] : form.values("reasons").map { ID<Reason>($0) }
        let service = isPermanence ? ID<Service>(form.text("service")) : nil
        if isPermanence, service == nil { complaints.add("service", "Choisissez un service.") }
        if !isPermanence, reasons.isEmpty { complaints.add("reasons", "Choisissez au moins un motif.") }
        let place = form.optional("place", limit: 200, &complaints)
        try complaints.check()
        let site = form.optional("site").map { ID<Site>($0) }
        guard let stretch, let organization = ID<Organization>(form.text("organization")), !reasons.contains(nil), site != .some(nil)
        else { throw Refusal.notFound }
        self.init(
            agentID: agent, organizationID: organization, siteID: site ?? nil, place: place ?? "",
            reasonIDs: Set(reasons.compactMap { $0 }), permanenceOf: service, stretch: stretch, version: Int64(form.text("version")))
    }
}

extension Opening {
    /// As its form shows it.
    var fields: [String: [String]] {
        var fields = stretch.fields(isAbsence: false)
        fields["reasons"] = reasonIDs.map(\.description)
        fields["kind"] = [permanenceOf == nil ? "slots" : "permanence"]
        fields["service"] = permanenceOf.map { [$0.description] }
        fields["organization"] = [organizationID.description]
        fields["site"] = siteID.map { [$0.description] }
        fields["place"] = [place]
        return fields
    }
}

extension FormState {
    /// The one organization chosen when there is no other.
    fileprivate func withOnly(_ organizations: [Organization]) -> FormState {
        guard organizations.count > 1, value("organization").isEmpty else { return self }
        var fields = form.fields
        fields["organization"] = [organizations[0].id.description]
        return FormState(Form(fields), errors: errors, summary: summary)
    }
}

extension AgentContext {
    /// The `agent` of the address, or oneself.
    /// - Throws: ``Core/Refusal/notFound`` for what is no identifier.
    func agent(_ query: Query) throws -> ID<Agent> {
        guard let text = try query.optional("agent") else { return acting.agent.id }
        guard let id = ID<Agent>(text) else { throw Refusal.notFound }
        return id
    }
}
