import Core
import Hummingbird
import Scheduling
import Store

/// Words for agents: reading, leaving, answering, passing on.
struct MemoRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/memos", use: list)
        router.get("/memos/new", use: new)
        router.post("/memos", use: leave)
        router.post("/memos/{id}/answers", use: answer)
        router.post("/memos/{id}/passing", use: pass)
    }

    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        guard acting.can(.findPeople) else { throw Refusal.forbidden }
        let today = acting.territory.zone.instant(acting.territory.zone.civil(now).date, minute: 0)
        let (memos, colleagues) = try await desk.store.read { db in
            (try MemoDetails.all(seenBy: acting, settledSince: today, in: db), try Memo.addressees(for: acting, in: db))
        }
        let page = MemosPage(
            memos: memos, colleagues: Self.choices(colleagues), mayLeave: !colleagues.isEmpty, time: context.localTime(now))
        return desk.site.page(page, context)
    }

    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        let agent = try query.parse("agent", "un agent") { ID<Agent>($0) }
        let zone = context.acting.territory.zone, soon = zone.civil(desk.now().adding(minutes: 24 * 60))
        let state = FormState([
            "agent": agent?.description ?? "", "date": soon.date.description, "time": ClockTime.text(soon.minute / 60 * 60),
        ])
        return desk.site.page(try await page(state, context), context)
    }

    private func page(_ state: FormState, _ context: AgentContext) async throws -> NewMemoPage {
        let acting = context.acting
        try acting.require(.findPeople)
        let agents = try await desk.store.read { db in try Memo.addressees(for: acting, in: db) }
        return NewMemoPage(state: state, agents: Self.choices(agents))
    }

    private func leave(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let (acting, now) = (context.acting, desk.now())
            try await desk.store.claim { db in
                _ = try Self.draft(form, acting, in: db).leave(by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.memos, notice: "Mot laissé : il est en haut de la journée de l’agent.", context)
        }
    }

    private static func draft(_ form: Form, _ acting: Acting, in db: Reader) throws -> MemoDraft {
        var complaints = Complaints()
        let agent: ID<Agent>? = form.parse("agent", "Choisissez à qui le mot s’adresse.", &complaints) { ID($0) }
        let date: CivilDate? = form.parse("date", "Donnez une date.", &complaints) { CivilDate($0) }
        let minute = form.parse("time", "Donnez une heure.", &complaints) { ClockTime.minutes($0) }
        try complaints.check()
        guard let agent, let date, let minute else { throw Refusal.notFound }
        guard let house = try Memo.organization(of: agent, for: acting, in: db) else { throw Refusal.notFound }
        return MemoDraft(
            agentID: agent, organizationID: house, personID: ID(form.text("person")), caller: form.text("caller"),
            phone: form.text("phone"),
            text: form.text("text"), dueAt: acting.territory.zone.instant(date, minute: minute))
    }

    private func answer(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Memo> = try context.id(), form = try await request.form()
        let (acting, now) = (context.acting, desk.now())
        guard let act = Memo.Act(rawValue: form.text("act")), act != .passedOn else { throw Refusal.notFound }
        try await desk.store.claim { db in try Memo.answer(id, act, by: acting, at: now, in: db) }
        return desk.site.redirect(to: back(form), notice: "Noté : \(act.label).", context)
    }

    private func pass(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Memo> = try context.id(), form = try await request.form()
        let (acting, now) = (context.acting, desk.now())
        guard let agent = ID<Agent>(form.text("agent")) else { throw Refusal.notFound }
        try await desk.store.claim { db in try Memo.pass(id, to: agent, by: acting, at: now, in: db) }
        return desk.site.redirect(to: back(form), notice: "Mot transmis.", context)
    }

    private func back(_ form: Form) -> URLPath { URLPath.local(form.text("back")) ?? Urls.memos }

    static func choices(_ agents: [Agent]) -> [Choice] { agents.map { Choice($0.id.description, $0.name) } }
}
