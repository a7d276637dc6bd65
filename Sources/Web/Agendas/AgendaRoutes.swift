import Core
import Hummingbird
import Scheduling
import Store

/// Agendas as pages: one's own, a colleague's, a whole site's; what is left to close; and the events that keep them fresh.
struct AgendaRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda", use: open)
        router.get("/agenda/agents/{id}", use: agent)
        router.get("/agenda/sites/{id}", use: site)
        router.get("/agenda/to-close", use: toClose)
        router.get("/agenda/events", use: events)
    }

    /// One's own agenda; for who has none, such as reception, the first site's.
    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try AgendaQuery(request, context.acting, now: desk.now())
        if let chosen = query.chosen { return .redirect(to: chosen.text) }
        let acting = context.acting
        let first: Site? = try await desk.store.read { db in
            if try AgendaOwner.isUsed(acting.agent.id, of: acting.territoryID, in: db) { return nil }
            return try AgendaChoices.sites(for: acting, in: db).first
        }
        if let first, !acting.can(.fillOwnAgenda) { return try await together.page(ofSite: first.id, query, context) }
        return try await page(ofAgent: acting.agent.id, query, context)
    }

    private var together: TogetherRoutes { TogetherRoutes(desk: desk) }

    private func agent(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await page(ofAgent: try context.id(), AgendaQuery(request, context.acting, now: desk.now()), context)
    }

    private func site(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await together.page(ofSite: try context.id(), AgendaQuery(request, context.acting, now: desk.now()), context)
    }

    private func toClose(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let list = try await desk.store.read { db in try ToClose.read(for: acting, now: now, in: db) }
        return desk.site.page(ToClosePage(toClose: list, acting: acting, time: context.localTime(now)), context)
    }

    private func events(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request)
        let version = try query.parse("version", "un nombre") { Int64($0) }
        let acting = context.acting
        let named = query.values("agents")
        let ids = named.compactMap { ID<Agent>($0) }
        let site = try query.parse("site", "un identifiant") { ID<Site>($0) }
        guard ids.count == named.count, ids.count <= 100, site != nil || !ids.isEmpty else { throw Refusal.notFound }
        let agents = try await desk.store.read { db in
            if let site { return try SiteAgenda.find(site, seenBy: acting, in: db).owners.map(\.agent.id) }
            return try AgendaOwner.find(ids, seenBy: acting, in: db).map(\.agent.id)
        }
        return EventStream.response(desk.watch.events(of: agents, in: acting.territoryID, since: version))
    }
}

extension AgendaRoutes {
    private func page(ofAgent id: ID<Agent>, _ query: AgendaQuery, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let address = query.address(.agent(id), usual: .week)
        let (agenda, choices, filters, preference) = try await desk.store.read { db in
            let agenda = try Agenda.read(of: [id], address.view.days(query.date), seenBy: acting, now: now, in: db)
            return (
                agenda, try AgendaChoices.read(for: acting, in: db),
                try AgendaFilterChoices.read(agenda, query.filter, for: acting, in: db), try AgendaPreference.of(acting, in: db)
            )
        }
        guard let agent = agenda.agents.first else { throw Refusal.notFound }
        let days = address.shown(agenda.byDay(of: acting.territory, now: now)[0], preference, at: now)
        let board = AgendaBoard(days: days, acting: acting, time: context.localTime(now), here: address.url, preference: preference)
        var page = AgendaPage(
            owner: agent.owner, board: board, address: address, date: query.date, choices: choices, filters: filters,
            version: agenda.version)
        if id == acting.agent.id { (page.waiting, page.memos) = try await waiting(context, preference, back: address.url) }
        return desk.site.page(page, context)
    }

    private func waiting(_ context: AgentContext, _ preference: AgendaPreference, back: URLPath) async throws -> (
        WaitingForOneself?, WaitingMemos
    ) {
        let (acting, now) = (context.acting, desk.now())
        let (room, memos, colleagues) = try await desk.store.read { db in
            let memos = try MemoDetails.waiting(for: acting, now: now, in: db)
            let today = acting.territory.zone.civil(now).date
            let room = preference.arrivals ? try WaitingRoom.forOneself(acting, on: today, in: db) : nil
            return (room, memos, memos.isEmpty ? [] : try Memo.addressees(for: acting, in: db))
        }
        let time = context.localTime(now)
        return (
            room.map { WaitingForOneself(room: $0, time: time, back: back) },
            WaitingMemos(memos: memos, colleagues: MemoRoutes.choices(colleagues), time: time, back: back)
        )
    }
}

extension AgentContext {
    /// The `{id}` of the address.
    /// - Throws: ``Core/Refusal/notFound`` for what is no identifier.
    func id<Entity>(_ type: Entity.Type = Entity.self) throws -> ID<Entity> {
        guard let id = parameters.get("id").flatMap({ ID<Entity>($0) }) else { throw Refusal.notFound }
        return id
    }

    func localTime(_ now: Instant) -> LocalTime { LocalTime(zone: acting.territory.zone, now: now) }
}
