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
        if let first, !acting.can(.fillOwnAgenda) { return try await page(ofSite: first.id, query, context) }
        return try await page(ofAgent: acting.agent.id, query, context)
    }

    private func agent(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await page(ofAgent: try context.id(), AgendaQuery(request, context.acting, now: desk.now()), context)
    }

    private func site(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await page(ofSite: try context.id(), AgendaQuery(request, context.acting, now: desk.now()), context)
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
        let (agenda, choices) = try await desk.store.read { db in
            (
                try Agenda.read(of: [id], query.days, seenBy: acting, now: now, in: db),
                try AgendaChoices.read(for: acting, in: db)
            )
        }
        guard let agent = agenda.agents.first else { throw Refusal.notFound }
        let here = Urls.agenda(of: id, query.view, query.date)
        let board = AgendaBoard(
            days: query.shown(agenda.byDay(of: acting.territory, now: now)[0]), acting: acting, time: context.localTime(now), here: here)
        var page = AgendaPage(
            owner: agent.owner, board: board, view: query.view, date: query.date, choices: choices, version: agenda.version)
        if id == acting.agent.id { (page.waiting, page.memos) = try await waiting(context, back: here) }
        return desk.site.page(page, context)
    }

    private func waiting(_ context: AgentContext, back: URLPath) async throws -> (WaitingForOneself, WaitingMemos) {
        let (acting, now) = (context.acting, desk.now())
        let (room, memos, colleagues) = try await desk.store.read { db in
            let memos = try MemoDetails.waiting(for: acting, now: now, in: db)
            let room = try WaitingRoom.forOneself(acting, on: acting.territory.zone.civil(now).date, in: db)
            return (room, memos, memos.isEmpty ? [] : try Memo.addressees(for: acting, in: db))
        }
        let time = context.localTime(now)
        return (
            WaitingForOneself(room: room, time: time, back: back),
            WaitingMemos(memos: memos, colleagues: MemoRoutes.choices(colleagues), time: time, back: back)
        )
    }

    private func page(ofSite id: ID<Site>, _ query: AgendaQuery, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let day = query.date..<query.date.adding(days: 1)
        let (site, agenda, choices, toTell) = try await desk.store.read { db in
            let site = try SiteAgenda.find(id, seenBy: acting, in: db)
            let agenda = try Agenda.read(of: site.owners, day, seenBy: acting, now: now, in: db)
            return (site, agenda, try AgendaChoices.read(for: acting, in: db), try ToTell.count(for: acting, at: id, in: db))
        }
        let days = agenda.byDay(of: acting.territory, now: now).flatMap { $0 }
        let present = query.everyone ? days : days.filter(site.isBusy)
        let board = AgendaBoard(days: present, acting: acting, time: context.localTime(now), here: Urls.agenda(at: id, query.date))
        let page = SiteAgendaPage(
            place: site.site, organization: site.organization, board: board, date: query.date, choices: choices, version: agenda.version,
            others: days.count - present.count, isEveryone: query.everyone, toTell: toTell)
        return desk.site.page(page, context)
    }
}

/// What the address of an agenda asks for.
struct AgendaQuery: Sendable {
    let view: AgendaView
    let date: CivilDate
    let everyone: Bool
    /// Another agenda, chosen from the list.
    let chosen: URLPath?

    init(_ request: Request, _ acting: Acting, now: Instant) throws {
        let query = try Query(request)
        view = try query.parse("view", "« day » ou « week »") { AgendaView(rawValue: $0) } ?? .week
        let asked = try query.parse("date", "une date (AAAA-MM-JJ) entre 2000 et 2100") { CivilDate($0).flatMap(Self.sensible) }
        date = asked ?? acting.territory.zone.civil(now).date
        everyone = try query.optional("everyone") == "on"
        let (day, view) = (date, view)
        chosen = try query.parse("of", "un agent ou un lieu de la liste") { Self.url($0, view, day) }
    }

    private static func sensible(_ date: CivilDate) -> CivilDate? { (2000...2100).contains(date.year) ? date : nil }

    private static func url(_ choice: String, _ view: AgendaView, _ date: CivilDate) -> URLPath? {
        let parts = choice.split(separator: ":").map(String.init)
        guard parts.count == 2, let id = ID<Agenda>(parts[1]) else { return nil }
        switch parts[0] {
        case "agent": return Urls.agenda(of: id, view, date)
        case "site": return Urls.agenda(at: id, date)
        default: return nil
        }
    }

    var days: Range<CivilDate> {
        view == .day ? date..<date.adding(days: 1) : date.monday..<date.monday.adding(days: 7)
    }

    /// The week-end only when something is there, or when it is asked for.
    func shown(_ days: [AgendaDay]) -> [AgendaDay] {
        days.filter { $0.date.weekday < .saturday || !$0.isEmpty || !$0.cancelled.isEmpty || view == .day || $0.date == date }
    }
}

/// A site, and the agents of its house whose agendas one may open.
struct SiteAgenda: Sendable {
    let site: Site
    let organization: String
    let owners: [AgendaOwner]

    /// - Throws: ``Core/Refusal/notFound`` for a site of a house whose agendas are not theirs to see.
    static func find(_ id: ID<Site>, seenBy acting: Acting, in db: Reader) throws -> SiteAgenda {
        guard let site = try AgendaChoices.sites(for: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        let owners = try AgendaOwner.of(site.organizationID, seenBy: acting, in: db)
        let name = owners.lazy.flatMap(\.organizations).first { $0.id == site.organizationID }?.name
        return SiteAgenda(site: site, organization: name ?? site.name, owners: owners)
    }

    /// Something of this house that day, at this site or nowhere in particular.
    func isBusy(_ day: AgendaDay) -> Bool {
        let isHere: (ID<Site>?) -> Bool = { $0 == nil || $0 == site.id }
        return !day.busy.isEmpty
            || day.openings.contains { $0.item.opening.organizationID == site.organizationID && isHere($0.item.opening.siteID) }
            || day.appointments.contains { $0.item.organizationID == site.organizationID && isHere($0.item.siteID) }
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
