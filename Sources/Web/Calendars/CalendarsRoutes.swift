import Core
import Hummingbird
import Scheduling
import Store

/// « Mes calendriers ».
struct CalendarsRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/account/calendars", use: show)
        router.post("/account/calendars/feed", use: renew)
        router.post("/account/calendars/feed/shows", use: choose)
        router.post("/account/calendars/feed/revocation", use: revoke)
        router.post("/account/calendars/foreign", use: addForeign)
        router.post("/account/calendars/foreign/{calendar}/reading", use: readForeign)
        router.post("/account/calendars/foreign/{calendar}/deletion", use: removeForeign)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(context), context)
    }

    /// The page itself shows the address: it goes into no cookie.
    private func renew(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(typed: state, context)
        } action: { form in
            let (shows, acting, now) = (try CalendarFeed.Shows(form), context.acting, desk.now())
            let secret = try await desk.store.write { db in try CalendarFeed.renew(showing: shows, by: acting, at: now, in: db) }
            let page = try await page(address: request.origin(context.app.client) + Urls.calendar(secret.text).text, context)
            return desk.site.page(page, context, status: .created)
        }
    }

    private func choose(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            try await page(typed: state, context)
        } action: { form in
            let (shows, acting, now) = (try CalendarFeed.Shows(form), context.acting, desk.now())
            try await desk.store.write { db in try CalendarFeed.show(shows, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.calendars, notice: "C’est enregistré. L’adresse reste la même.", context)
        }
    }

    private func revoke(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try await desk.store.write { db in try CalendarFeed.revoke(by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.calendars, notice: "L’adresse ne répond plus.", context)
    }

    private func addForeign(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            var page = try await page(context)
            (page.newForeign, page.refused) = (state, state.errors.isEmpty ? state.summary : nil)
            return page
        } action: { form in
            let draft = ForeignCalendar.Draft(name: form.text("name"), url: form.text("url"))
            let (acting, now, toLoopback) = (context.acting, desk.now(), desk.site.options.webhooksToLoopback)
            _ = try await desk.store.write { db in
                try ForeignCalendar.add(draft, toLoopback: toLoopback, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.calendars, notice: "Cet agenda sera lu dans la minute.", context)
        }
    }

    private func readForeign(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.foreignCalendar(), context.acting, desk.now())
        try await desk.store.write { db in try ForeignCalendar.readAgain(id, by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.calendars, notice: "Cet agenda sera relu dans la minute.", context)
    }

    private func removeForeign(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.foreignCalendar(), context.acting, desk.now())
        try await desk.store.claim { db in try ForeignCalendar.remove(id, by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.calendars, notice: "Cet agenda n’est plus lu : ses heures sont libres de nouveau.", context)
    }

    private func page(typed: FormState? = nil, address: String? = nil, _ context: AgentContext) async throws -> CalendarsPage {
        let (acting, now) = (context.acting, desk.now())
        try CalendarFeed.requireOwn(acting)
        return try await desk.store.read { db in
            let feed = try CalendarFeed.own(of: acting, in: db)
            let state = feed.map { FormState(["shows": $0.shows.rawValue]) }
            return CalendarsPage(
                feed: feed, address: address, state: typed ?? state ?? CalendarsPage.usual,
                foreign: try ForeignCalendar.own(of: acting, in: db),
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}

extension AgentContext {
    fileprivate func foreignCalendar() throws -> ID<ForeignCalendar> {
        guard let id = ID<ForeignCalendar>(parameters.get("calendar") ?? "") else { throw Refusal.notFound }
        return id
    }
}

extension CalendarFeed.Shows {
    /// - Throws: a ``Core/Refusal`` beside `shows`.
    fileprivate init(_ form: Form) throws {
        guard let shows = Self(rawValue: form.text("shows")) else {
            throw Refusal.field("shows", "unknown-choice", "Choisissez ce que le calendrier dit de vos rendez-vous.")
        }
        self = shows
    }
}
