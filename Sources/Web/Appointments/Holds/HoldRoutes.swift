import Core
import Hummingbird

/// Giving back a slot that was held, as the page is left.
struct HoldRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/appointments/holds/release", use: release)
    }

    private func release(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.book)
        let form = try await request.form()
        if let id = ID<Hold>(form.text("hold")) { try await Hold.release(id, by: context.acting, in: desk.store) }
        return desk.site.redirect(to: Urls.newAppointment, context)
    }
}
