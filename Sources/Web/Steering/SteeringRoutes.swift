import Core
import Hummingbird
import Scheduling
import Store

/// Figures: those of an organization or of the territory for who steers, and one's own.
struct SteeringRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/steering", use: show)
        router.get("/steering/mine", use: mine)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try acting.require(.seeFigures)
        var filters = FigureFilters(try Query(request).state, today: acting.territory.zone.civil(now).date)
        let choices = try await desk.store.read { db in try FigureChoices.load(for: acting, in: db) }
        var figures: Figures?
        do {
            if let query = filters.query {
                figures = try await desk.store.read { db in try Figures.read(query, for: acting, now: now, in: db) }
            }
        } catch let refusal as Refusal where refusal.kind == .invalid {
            filters.state = FormState(filters.state.form, refused: refusal)
        }
        let page = SteeringPage(
            filters: filters, choices: choices, organizationLabel: acting.territory.organizationLabel, figures: figures,
            hasOwn: acting.can(.fillOwnAgenda))
        return desk.site.page(page, context, status: filters.state.errors.isEmpty ? .ok : .unprocessableContent)
    }

    private func mine(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        guard acting.can(.fillOwnAgenda) else { throw Refusal.forbidden }
        let filters = FigureFilters(try Query(request).state, today: acting.territory.zone.civil(now).date)
        var figures: OwnFigures?
        if let query = filters.query {
            figures = try await desk.store.read { db in try OwnFigures.read(query, for: acting, now: now, in: db) }
        }
        let page = OwnFiguresPage(filters: filters, figures: figures, isShownToManagers: acting.territory.agentFigures)
        return desk.site.page(page, context, status: filters.state.errors.isEmpty ? .ok : .unprocessableContent)
    }
}
