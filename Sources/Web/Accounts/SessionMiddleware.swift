import Core
import HTTPTypes
import Hummingbird
import Store

/// Finds who is signed in, by the session's cookie, or under `/api/` by a personal token, and puts them and the page's frame in the
/// context: what stands behind ``AgentContext`` never asks again. What a token that only reads may ask for is for each ``Endpoint`` to say.
struct SessionMiddleware: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard !request.uri.path.hasPrefix("/assets/") else { return try await next(request, context) }
        var context = context
        if let acting = try await acting(request, context) {
            context.signedIn = SignedIn(acting: acting)
            let waiting = try await waiting(acting, request)
            context.frame = Frame(acting, waiting).marked(path: request.uri.path)
        }
        return try await next(request, context)
    }

    /// For the bar of pages; programs have none.
    private func waiting(_ acting: Acting, _ request: Request) async throws -> Frame.Waiting {
        let closes = acting.hasOwnAppointments, tells = acting.can(.book)
        guard closes || tells || acting.can(.setUpTerritory), !request.uri.path.hasPrefix("/api/") else { return Frame.Waiting() }
        let now = desk.now()
        return try await desk.store.read { db in
            Frame.Waiting(
                toClose: closes ? try desk.toClose.count(for: acting, now: now, in: db) : 0,
                toTell: tells ? try ToTell.count(for: acting, in: db) : 0,
                toCall: tells ? try desk.toCall.count(for: acting, at: now, in: db) : 0,
                replies: try Reply.count(for: acting, in: db), stuck: try GatewayTrouble.count(for: acting, in: db),
                changes: closes ? try desk.changes.count(for: acting, now: now, in: db) : 0)
        }
    }

    /// A request with a bearer token is judged by it alone: it is exempt from the form token, so its cookie must count for nothing.
    private func acting(_ request: Request, _ context: AppContext) async throws -> Acting? {
        let now = desk.now()
        if request.headers[.authorization] != nil {
            guard request.uri.path.hasPrefix("/api/") else { return nil }
            guard let token = request.bearer else { throw Refusal.invalidToken }
            let acting = try await desk.store.read { db in try ApiToken.acting(token: token, now: now, in: db) }
            guard let acting else { throw Refusal.invalidToken }
            return acting
        }
        guard let token = request.cookie(.session, context.client) else { return nil }
        return try await Session.resume(token: token, now: now, in: desk.store)
    }
}

extension Request {
    /// The token of `Authorization: Bearer`.
    fileprivate var bearer: String? {
        let parts = (headers[.authorization] ?? "").split(separator: " ")
        guard parts.count == 2, parts[0].lowercased() == "bearer" else { return nil }
        return String(parts[1])
    }
}

extension Refusal {
    static let invalidToken = Refusal(
        .unauthenticated, "invalid-token", "Ce jeton n’est pas connu, a expiré ou a été révoqué. Créez-en un autre sur votre compte.")
}
