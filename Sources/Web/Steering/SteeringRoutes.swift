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
        router.get("/steering/tables/{sheet}", use: table)
        router.get("/steering/workbook", use: workbook)
        router.get("/steering/appointments/{kind}", use: appointments)
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
            hasOwn: acting.can(.fillOwnAgenda), mayList: acting.can(.seeEveryAppointment))
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

/// Figures as files, under the rules of the page.
extension SteeringRoutes {
    private func query(_ request: Request, _ context: AgentContext) throws -> FigureQuery {
        try context.acting.require(.seeFigures)
        let filters = FigureFilters(try Query(request).state, today: context.acting.territory.zone.civil(desk.now()).date)
        guard let query = filters.query else {
            throw Refusal(.invalid, "invalid-filters", filters.state.summary ?? "Revenez à la page et vérifiez les filtres.")
        }
        return query
    }

    /// Read, then journalled, then sent.
    private func sheets(_ query: FigureQuery, as format: String, _ context: AgentContext) async throws -> [FigureSheet] {
        let (acting, now) = (context.acting, desk.now())
        let figures = try await desk.store.read { db in try Figures.read(query, for: acting, now: now, in: db) }
        try await record(.tables, query, format, context)
        return FigureSheets(figures: figures, label: acting.territory.organizationLabel).all
    }

    private func record(_ export: FigureExport, _ query: FigureQuery, _ format: String, _ context: AgentContext) async throws {
        let (acting, now) = (context.acting, desk.now())
        try await Journal.beforeAnswering {
            try await desk.store.record { db in try export.record(query, as: format, by: acting, at: now, in: db) }
        }
    }

    private func table(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.parameters.require("sheet"), query = try query(request, context)
        guard let sheet = try await sheets(query, as: "csv", context).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return FileAnswer.csv("chiffres-\(id)", sheet)
    }

    private func workbook(_ request: Request, _ context: AgentContext) async throws -> Response {
        try FileAnswer.workbook("chiffres", try await sheets(try query(request, context), as: "xlsx", context))
    }

    private func appointments(_ request: Request, _ context: AgentContext) async throws -> Response {
        guard let kind = FileAnswer.Kind(rawValue: try context.parameters.require("kind")), kind != .pdf else { throw Refusal.notFound }
        let query = try query(request, context), (acting, now) = (context.acting, desk.now())
        let list = try await desk.store.read { db in try AppointmentList(query, for: acting, now: now, in: db) }
        try await record(.appointments, query, kind.rawValue, context)
        let file = AppointmentFile(list: list, store: desk.store, zone: acting.territory.zone)
        return kind == .csv ? file.csv("rendez-vous") : try await file.xlsx("rendez-vous")
    }
}
