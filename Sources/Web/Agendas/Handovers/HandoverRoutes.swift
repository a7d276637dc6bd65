import Core
import Hummingbird
import Scheduling
import Store

/// Handing over what an agent has to a colleague.
struct HandoverRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/agents/{id}/handover", use: ask)
        router.post("/agenda/agents/{id}/handover", use: give)
    }

    private func ask(_ request: Request, _ context: AgentContext) async throws -> Response {
        let today = context.acting.territory.zone.civil(desk.now()).date
        return desk.site.page(try await page(FormState(["date": today.description]), context), context)
    }

    /// What there is is shown for a colleague and a day; then all of it is done in one transaction.
    private func give(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Agent> = try context.id()
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            var handover = try Handover(form, from: id, by: context.acting)
            let isKnown = form.has("shown") && !form.has("look")
            if !isKnown || form.has("apply") {
                var page = try await page(FormState(form), context)
                page.state = isKnown ? page.state.filled(page.plan.covered, page.plan.offers) : page.state.begun(page.plan)
                return desk.site.page(page, context)
            }
            handover.remedies = try Remedies(form).ifAny
            let done = try await handover.give(by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.agenda(of: id, .week, nil), notice: done.sentence, context)
        }
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> HandoverPage {
        let (id, acting, now): (ID<Agent>, _, _) = (try context.id(), context.acting, desk.now())
        let asked = try? Handover(state.form, from: id, by: acting)
        return try await desk.store.read { db in
            guard let owner = try AgendaOwner.find([id], seenBy: acting, in: db).first else { throw Refusal.notFound }
            let houses = owner.organizations.filter { acting.can(.fillEveryAgenda, in: $0.id) }
            guard let house = houses.first else { throw Refusal.forbidden }
            let today = acting.territory.zone.civil(now).date
            let handover = asked ?? Handover(from: id, to: id, organizationID: house.id, date: today)
            return HandoverPage(
                plan: try handover.plan(desk.calendars, by: acting, now: now, in: db), organizations: houses, isShown: asked != nil,
                state: state, time: context.localTime(now))
        }
    }
}

extension Handover {
    /// - Throws: a ``Core/Refusal`` with sentences beside the fields.
    init(_ form: Form, from: ID<Agent>, by acting: Acting) throws {
        var complaints = Complaints()
        let to = form.parse("to", "Choisissez le collègue.", &complaints) { ID<Agent>($0) }
        let date = form.parse("date", "Donnez le premier jour.", &complaints) { CivilDate($0) }
        try complaints.check()
        guard let to, let date, let house = ID<Organization>(form.text("organization")) else { throw Refusal.notFound }
        self.init(
            from: from, to: to, organizationID: house, date: date, people: form.has("people"),
            openings: OpeningChoice(rawValue: form.text("openings")) ?? .leave)
    }
}

extension FormState {
    /// Everything goes to the colleague, at the same hours where they are free, unless another choice is made.
    fileprivate func begun(_ plan: Handover.Plan) -> FormState {
        var fields = form.fields
        (fields["people"], fields["openings"], fields["remedy_all"]) = (["on"], ["end"], ["colleague"])
        return FormState(Form(fields)).filled(plan.covered, plan.offers)
    }
}

extension Handover.Done {
    /// "12 rendez-vous, 4 personnes et 2 plages confiés. Il reste 1 rendez-vous."
    fileprivate var sentence: String {
        let given = Format.list([
            Format.count(appointments, "rendez-vous", "rendez-vous"), Format.count(people, "personne suivie", "personnes suivies"),
            Format.count(openings, "plage", "plages"),
        ])
        let rest = left.isEmpty ? "" : " Il reste \(left.appointments)\u{A0}rendez-vous et \(left.people) à suivre."
        return "Confié ou arrêté : \(given).\(rest)"
    }
}
