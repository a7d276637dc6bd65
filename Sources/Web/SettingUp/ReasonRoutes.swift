import Core
import Hummingbird
import Scheduling
import Store

/// Retiring a reason, and proposing it again.
struct ReasonRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/setup/reasons/{id}/retirement") { _, context in
            try await act(context, "Le motif est retiré.") { try Reason.retire($0, by: $1, at: $2, in: $3) }
        }
        router.post("/setup/reasons/{id}/restoration") { _, context in
            try await act(context, "Le motif est de nouveau proposé.") { try Reason.restore($0, by: $1, at: $2, in: $3) }
        }
    }

    private func act(
        _ context: AgentContext, _ notice: String, _ change: @Sendable (ID<Reason>, Acting, Instant, Writer) throws -> Void
    ) async throws -> Response {
        let (id, acting, now) = (try context.id(of: Reason.self), context.acting, desk.now())
        try await desk.store.write { db in try change(id, acting, now, db) }
        return desk.site.redirect(to: Urls.setup(ReasonScreen.segment), notice: notice, context)
    }
}
