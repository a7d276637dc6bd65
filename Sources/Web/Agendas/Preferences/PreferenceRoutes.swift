import Core
import Hummingbird
import Store

/// « Mes préférences ».
struct PreferenceRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/account/preferences", use: show)
        router.post("/account/preferences", use: save)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        let preference = try await desk.store.read { db in try AgendaPreference.of(acting, in: db) }
        return desk.site.page(PreferencePage(state: FormState(Form(preference.fields))), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            PreferencePage(state: state)
        } action: { form in
            let (preference, acting, now) = (try AgendaPreference(form), context.acting, desk.now())
            try await desk.store.write { db in try preference.save(by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.preferences, notice: "Vos préférences sont enregistrées.", context)
        }
    }
}
