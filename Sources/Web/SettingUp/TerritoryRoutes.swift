import Core
import Hummingbird
import Store

/// The first page of the settings, the territory's own, and the table of rights.
struct TerritoryRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/setup", use: index)
        router.get("/setup/rights", use: rights)
        router.get("/setup/territory", use: show)
        router.post("/setup/territory", use: save)
    }

    private func index(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        try acting.require(.setUpOrganization)
        return desk.site.page(try await desk.store.read { db in try SetUpPage.load(acting, in: db) }, context)
    }

    private func rights(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.seeRights)
        return desk.site.page(RightsPage(), context)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.setUpTerritory)
        return desk.site.page(TerritoryPage(state: FormState(context.acting.territory.settings.form)), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.setUpTerritory)
        return try await desk.site.submit(request, context) { state in
            TerritoryPage(state: state)
        } action: { form in
            let settings = try Territory.Settings(form)
            try await desk.store.write { db in try settings.save(by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.setup, notice: "Les réglages de la collectivité sont enregistrés.", context)
        }
    }
}
