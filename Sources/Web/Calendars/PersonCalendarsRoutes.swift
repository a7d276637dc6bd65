import Core
import Hummingbird
import Scheduling
import Store

/// The addresses at which a person reads their own appointments: for who may change their file.
struct PersonCalendarsRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/calendars", use: show)
        router.post("/people/{id}/calendars", use: give)
        router.post("/people/{id}/calendars/{feed}/revocation", use: takeBack)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(context), context)
    }

    /// The page itself shows the address: it goes into no cookie.
    private func give(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(refused: state.summary, context)
        } action: { _ in
            let secret = try await Person.change(id, by: acting, at: now, in: desk.store) { db in
                try CalendarFeed.give(to: id, by: acting, at: now, in: db)
            }
            let address = request.origin(context.app.client) + Urls.calendar(secret.text).text
            return desk.site.page(try await page(address: address, context), context, status: .created)
        }
    }

    private func takeBack(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        guard let feed = ID<CalendarFeed>(context.parameters.get("feed") ?? "") else { throw Refusal.notFound }
        try await Person.change(id, by: acting, at: now, in: desk.store) { db in
            try CalendarFeed.takeBack(feed, from: id, by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.personCalendars(id), notice: "L’adresse ne répond plus.", context)
    }

    private func page(address: String? = nil, refused: String? = nil, _ context: AgentContext) async throws -> PersonCalendarsPage {
        let (acting, now) = (context.acting, desk.now())
        let person = try await desk.editable(try context.personID(), acting)
        return try await desk.store.read { db in
            PersonCalendarsPage(
                person: person, discretion: try Discretion.of([person.id], of: acting.territoryID, in: db)[person.id] ?? .none,
                given: try CalendarFeed.given(to: person.id, of: acting.territoryID, in: db), address: address, refused: refused,
                time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}
