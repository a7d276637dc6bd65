import HTTPTypes
import Hummingbird

/// What a browser may do with our answers: nothing written into the page runs or paints without the request's nonce, nobody frames us,
/// nothing is kept but the assets.
struct SecurityHeaders: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        response.headers[.contentSecurityPolicy] = Self.policy(nonce: context.nonce)
        response.headers[.xContentTypeOptions] = "nosniff"
        response.headers[.referrerPolicy] = "same-origin"
        response.headers[.openerPolicy] = "same-origin"
        response.headers[.permissionsPolicy] = "camera=(), microphone=(), geolocation=(), payment=()"
        if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
        return response
    }

    static func policy(nonce: String) -> String {
        """
        default-src 'none'; script-src 'self' 'nonce-\(nonce)'; style-src 'self' 'nonce-\(nonce)'; img-src 'self' data:; \
        connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'
        """
    }
}

/// Behind TLS, browsers never come back without it for a year.
struct TransportSecurity: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var response = try await next(request, context)
        if context.client.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000; includeSubDomains" }
        return response
    }
}
