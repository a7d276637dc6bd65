import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store

/// One's own account.
struct AccountRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/account", use: show)
        router.post("/account/password", use: changePassword)
        router.post("/account/sessions/end", use: signOutEverywhere)
        router.post("/account/tokens", use: createToken)
        router.post("/account/tokens/{id}/revocation", use: revokeToken)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(request, context), context)
    }

    private func changePassword(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            var page = try await page(request, context)
            page.password = state
            return page
        } action: { form in
            try form.requireConfirmation()
            try await Agent.changePassword(
                from: form.password("current"), to: form.password("password"), session: request.cookie(.session, context.app.client),
                by: context.acting, at: desk.now(), hasher: desk.hasher, in: desk.store)
            return desk.site.redirect(
                to: Urls.account, notice: "Votre mot de passe est changé. Vos autres sessions sont fermées.", context)
        }
    }

    private func signOutEverywhere(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        try await desk.store.write { db in _ = try Session.endAll(of: acting, at: now, in: db) }
        return desk.site.signedOut("Vous êtes déconnecté partout.", context)
    }

    /// The page itself shows the secret: it goes into no cookie and no address.
    private func createToken(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await desk.site.submit(request, context) { state in
            var page = try await page(request, context)
            page.token = state.pointing(from: "scopes", to: TokenScopes.Domain.people.rawValue)
            return page
        } action: { form in
            let (draft, acting, now) = (ApiToken.Draft(form), context.acting, desk.now())
            let secret = try await desk.store.write { db in try ApiToken.create(draft, by: acting, at: now, in: db) }
            var page = try await page(request, context)
            page.secret = secret.text
            return desk.site.page(page, context, status: .created)
        }
    }

    private func revokeToken(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.id(of: ApiToken.self), context.acting, desk.now())
        try await desk.store.write { db in try ApiToken.revoke(id, by: acting, at: now, in: db) }
        return desk.site.redirect(to: Urls.account, notice: "Le jeton ne sert plus.", context)
    }

    private func page(_ request: Request, _ context: AgentContext) async throws -> AccountPage {
        let (acting, now, cookie) = (context.acting, desk.now(), request.cookie(.session, context.app.client))
        return try await desk.store.read { db in
            AccountPage(
                agent: acting.agent, roles: acting.rolesInWords, sessions: try Session.all(of: acting, current: cookie, now: now, in: db),
                tokens: try ApiToken.all(of: acting, now: now, in: db), time: LocalTime(zone: acting.territory.zone, now: now))
        }
    }
}

extension ApiToken.Draft {
    /// A domain of which nothing readable is said is closed to the token.
    init(_ form: Form) {
        let levels = TokenScopes.Domain.allCases.map { ($0, TokenScopes.Level(rawValue: form.text($0.rawValue)) ?? TokenScopes.Level.none) }
        self.init(name: form.text("name"), scopes: .init(Dictionary(uniqueKeysWithValues: levels)), days: Int(form.text("days")) ?? 0)
    }
}

extension AgentContext {
    /// The `{id}` of the address.
    /// - Throws: ``Core/Refusal/notFound`` for what is no identifier.
    func id<Thing>(of type: Thing.Type) throws -> ID<Thing> {
        guard let id = ID<Thing>(parameters.get("id") ?? "") else { throw Refusal.notFound }
        return id
    }
}
