import Core
import HTTPTypes
import Hummingbird

/// Refuses what another site makes a browser send: the origin must be ours and the form must carry the token of this very session.
///
/// The token is an HMAC of the session's cookie, or of a random cookie for someone not signed in. Requests with a bearer token carry no
/// cookie's power and need none.
struct FormTokenMiddleware: RouterMiddleware {
    let site: WebSite

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.formToken = token(for: request, context.client)
        if request.changesThings, !request.hasBearer, !request.isProven, !request.isAnonymousCall(context.client) {
            try await check(request, context)
        }
        return try await next(request, context)
    }

    private func token(for request: Request, _ client: Client) -> FormToken {
        let known = request.cookie(.session, client) ?? request.cookie(.form, client)
        let seed = known ?? Secret.random(bytes: 24)
        return FormToken(value: site.signature(of: seed, purpose: "form"), newCookie: known == nil ? seed : nil)
    }

    private func check(_ request: Request, _ context: AppContext) async throws {
        guard request.isFromOurselves else { throw Refusal.foreignForm }
        guard let expected = context.formToken, expected.newCookie == nil else { throw Refusal.staleForm }
        guard Secret.isEqual(try await sent(in: request), expected.value) else { throw Refusal.staleForm }
    }

    /// A script sends the token as a header, a form as a field.
    private func sent(in request: Request) async throws -> String {
        if let header = request.headers[.formToken] { return header }
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") != true else { return "" }
        return try await (request.isMultipart ? request.multipart().form : request.form()).text("csrf")
    }
}

extension Request {
    fileprivate var changesThings: Bool { method != .get && method != .head && method != .options }

    /// A program that shows neither token nor cookie has no power that another site could borrow: it is told to sign in.
    /// Nor has a gateway, whose address is its proof.
    fileprivate func isAnonymousCall(_ client: Client) -> Bool {
        (uri.path.hasPrefix("/api/") || uri.path.hasPrefix("\(Urls.inbound.text)/")) && cookie(.session, client) == nil
    }

    /// The address is the whole proof, whoever is signed in: a mail program sends it of its own (RFC 8058).
    fileprivate var isProven: Bool { uri.path.hasPrefix("\(Urls.optOuts.text)/") }

    fileprivate var hasBearer: Bool { headers[.authorization]?.lowercased().hasPrefix("bearer ") == true }

    /// `Sec-Fetch-Site` when the browser sends it, else `Origin` against the host asked; neither is how programs call.
    fileprivate var isFromOurselves: Bool {
        if let site = headers[.secFetchSite] { return site == "same-origin" || site == "none" }
        guard let origin = headers[.origin] else { return true }
        return origin.split(separator: "/").last.map(String.init) == head.authority && origin.contains("://")
    }
}

extension Refusal {
    static let foreignForm = Refusal(
        .forbidden, "foreign-form", "Cet envoi vient d’un autre site. Rien n’a été fait. Revenez à l’accueil et recommencez.")
    static let staleForm = Refusal(
        .forbidden, "stale-form", "Cette page était ouverte depuis trop longtemps. Rien n’a été fait. Rechargez-la, puis recommencez.")
}
