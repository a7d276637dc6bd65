import Core
import HTTPTypes
import Hummingbird
import Store

/// Coming in, going out, and choosing a password through a link.
struct SignInRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/", use: home)
        router.get("/sign-in", use: signInPage)
        router.post("/session", use: signIn)
        router.post("/session/end", use: signOut)
        router.get("/password/{token}", use: passwordPage)
        router.post("/password/{token}", use: choosePassword)
    }

    private func home(_ request: Request, _ context: AppContext) async throws -> Response {
        desk.site.redirect(to: context.signedIn?.acting.firstPage ?? Urls.signIn, context)
    }

    private func signInPage(_ request: Request, _ context: AppContext) async throws -> Response {
        let returning = try Query(request).optional("return").flatMap(URLPath.local)
        if let acting = context.signedIn?.acting { return desk.site.redirect(to: returning ?? acting.firstPage, context) }
        return desk.site.page(SignInPage(state: .blank, returning: returning), context)
    }

    /// Every refusal comes back on the same page: wrong, too often, too many at once.
    private func signIn(_ request: Request, _ context: AppContext) async throws -> Response {
        let form = try await request.form()
        let returning = form.optional("return").flatMap(URLPath.local)
        do {
            let asking = SignIn(
                email: form.text("email"), password: form.password("password"), address: context.client.address.subscriber.description)
            let session = try await asking.open(at: desk.now(), hasher: desk.hasher, in: desk.store)
            var response = desk.site.redirect(to: returning ?? Urls.home, context)
            response.setCookie(.make(.session, session.token.text, context.client))
            return response
        } catch let refusal as Refusal {
            let page = SignInPage(state: FormState(form, refused: refusal), returning: returning)
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func signOut(_ request: Request, _ context: AppContext) async throws -> Response {
        if let acting = context.signedIn?.acting, let token = request.cookie(.session, context.client) {
            let now = desk.now()
            try await desk.store.write { db in try Session.end(token: token, by: acting, at: now, in: db) }
        }
        return desk.site.signedOut("Vous êtes déconnecté.", context)
    }

    private func passwordPage(_ request: Request, _ context: AppContext) async throws -> Response {
        desk.site.page(try await newPasswordPage(.blank, context), context)
    }

    private func choosePassword(_ request: Request, _ context: AppContext) async throws -> Response {
        let token = try context.parameters.require("token")
        return try await desk.site.submit(request, context) { state in
            try await newPasswordPage(state, context)
        } action: { form in
            try form.requireConfirmation()
            try await PasswordLink.use(
                token: token, password: form.password("password"), at: desk.now(), hasher: desk.hasher, in: desk.store)
            return desk.site.signedOut("Votre mot de passe est enregistré. Connectez-vous avec lui.", context)
        }
    }

    private func newPasswordPage(_ state: FormState, _ context: AppContext) async throws -> NewPasswordPage {
        let (token, now) = (try context.parameters.require("token"), desk.now())
        let link = try await desk.store.read { db in try PasswordLink.find(token: token, now: now, in: db) }
        return NewPasswordPage(token: token, name: link.agent.name, email: link.agent.email ?? "", state: state)
    }
}

extension WebSite {
    /// Back to the sign-in page, the session's cookie gone.
    func signedOut(_ notice: String, _ context: some WebContext) -> Response {
        var response = redirect(to: Urls.signIn, notice: notice, context)
        response.setCookie(.expired(.session, context.app.client))
        return response
    }
}

extension Form {
    /// - Throws: a ``Core/Refusal`` beside the second field.
    func requireConfirmation() throws(Refusal) {
        guard password("password") == password("confirmation") else {
            throw .field("confirmation", "not-the-same", "Ce n’est pas le même mot de passe. Écrivez-le de nouveau dans les deux cases.")
        }
    }
}
