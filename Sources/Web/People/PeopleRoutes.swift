import Core
import Hummingbird
import Scheduling
import Store

/// Searching people, as a page and as one types; completing a commune.
struct PeopleRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people", use: open)
        router.post("/people/search", use: search)
        router.post("/people/candidates", use: candidates)
        router.get("/communes", use: communes)
    }

    private static let most = 20

    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.findPeople)
        return desk.site.page(page(nil, [], context), context)
    }

    private func search(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        let typed = form.text("q"), archives = form.has("archives")
        guard !typed.isEmpty else { return desk.site.page(page(nil, [], context), context) }
        let found = try await desk.find(typed, limit: Self.most, archives: archives, by: context.acting)
        var page = page(typed, found, context)
        page.archives = archives
        return desk.site.page(page, context)
    }

    private func page(_ typed: String?, _ found: [FoundPerson], _ context: AgentContext) -> PeoplePage {
        PeoplePage(
            typed: typed, found: found, isCut: found.count { !$0.elsewhere } >= Self.most, mayCreate: context.acting.can(.editPeople),
            today: desk.today(context.acting))
    }

    /// The candidates of a search as one types; the journal gets one entry a pause.
    private func candidates(_ request: Request, _ context: AgentContext) async throws -> Response {
        let typed = try await request.form().text("q")
        let acting = context.acting
        let found = try await desk.store.read { db in try Person.search(typed, by: acting, limit: 8, in: db) }
        try await desk.searches.type(SearchedPeople(found.map(\.id), by: acting, at: desk.now()))
        let today = desk.today(acting)
        let items = found.map { FoundPersonCard(person: $0, today: today).candidate }
        return desk.site.fragment(LiveResults(items: items, empty: "Personne ne correspond. Entrée pour chercher ou créer.").html, context)
    }

    /// `?q=orth`: communes by name or postal code. Nothing personal.
    private func communes(_ request: Request, _ context: AgentContext) async throws -> Response {
        let typed = try Query(request).optional("q") ?? ""
        let departement = context.acting.territory.departement
        let found = try await desk.store.read { db in
            try CommuneSuggestion.beginning(with: typed, departement: departement, in: db)
        }
        let items = found.map { commune in
            LiveResults.Item(
                label: "<b>\(commune.name)</b>", detail: commune.postalCodes.joined(separator: ", "),
                value: commune.postalCodes.first ?? "",
                valueLabel: commune.name)
        }
        return desk.site.fragment(LiveResults(items: items, empty: "Aucune commune de ce nom : écrivez-le tel quel.").html, context)
    }
}

extension Desk {
    /// A search asked for, written to the journal before it is answered.
    func find(_ typed: String, limit: Int, archives: Bool = false, by acting: Acting) async throws -> [FoundPerson] {
        let found = try await store.read { db in try Person.search(typed, by: acting, limit: limit, archives: archives, in: db) }
        try await searches.record(SearchedPeople(found.map(\.id), by: acting, at: now()))
        return found
    }

    /// Today where the territory is.
    func today(_ acting: Acting) -> CivilDate { LocalTime(zone: acting.territory.zone, now: now()).today }
}
