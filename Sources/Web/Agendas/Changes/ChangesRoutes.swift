import Core
import Hummingbird
import Store

/// What changed in one's own agenda. To look is to have seen it: nothing else has to be pressed.
struct ChangesRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/agenda/changes", use: show)
        router.post("/agenda/changes/{id}/undoing", use: undo)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let (changes, names) = try await desk.store.write { db in
            let changes = try RecentChanges.read(for: acting, at: now, in: db)
            try RecentChanges.see(by: acting, at: now, in: db)
            return (changes, try Agent.names(of: acting.territoryID, in: db))
        }
        return desk.site.page(ChangesPage(changes: changes, names: names, acting: acting, time: context.localTime(now)), context)
    }

    private func undo(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, form) = (try context.id(AgendaChange.self), try await request.form())
        try await AgendaChange.undo(id, by: context.acting, at: desk.now(), in: desk.store)
        let back = URLPath.local(form.text("back")) ?? Urls.changes
        return desk.site.redirect(to: back, notice: "C’est de nouveau comme avant.", context)
    }
}

extension WebSite {
    /// What others changed in one's agenda: the end of an address, for who is told of it by e-mail.
    public static let changesPage = Urls.changes.text
}
