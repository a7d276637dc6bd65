import Core
import Foundation
import HTTPTypes
import Hummingbird
import Logging

/// Turns every refusal and error into an answer: a page, a redirection to sign-in, or `application/problem+json`.
///
/// It stands twice in the chain: inside the session, so that the page keeps its header, and outside, for what fails before it.
struct RefusalMiddleware: RouterMiddleware {
    let site: WebSite

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        do {
            return try await next(request, context)
        } catch let error as CancellationError {
            throw error
        } catch {
            if let lost = error as? NotJournalled { log(lost.cause, "a reading could not be journalled", context) }
            let answer = Answer(for: error) ?? unexpected(error, context)
            return try response(answer, request, context)
        }
    }

    private func response(_ answer: Answer, _ request: Request, _ context: AppContext) throws -> Response {
        var response =
            if request.wantsJSON {
                try Problem(answer).response()
            } else if answer.refusal.kind == .unauthenticated, answer.status == .unauthorized {
                Response.redirect(to: signIn(request).text, type: .normal)
            } else {
                site.page(RefusalPage(answer), context, status: answer.status)
            }
        for header in answer.headers { response.headers[header.name] = header.value }
        return response
    }

    /// Only what was asked with GET can be asked again after signing in.
    private func signIn(_ request: Request) -> URLPath {
        request.method == .get ? Urls.signIn(returningTo: request.uri.path) : Urls.signIn
    }

    private func unexpected(_ error: any Error, _ context: AppContext) -> Answer {
        let incident = Secret.random(bytes: 6)
        log(error, "unexpected error", context, ["incident": "\(incident)"])
        let sentence = "Une erreur est survenue de notre côté. Réessayez dans un instant ; si elle revient, donnez ce numéro : \(incident)."
        return Answer(Refusal(.unavailable, "incident", sentence), status: .internalServerError)
    }

    /// The error's own words may hold what people typed: only its type and case are logged.
    private func log(_ error: any Error, _ what: Logger.Message, _ context: AppContext, _ facts: Logger.Metadata = [:]) {
        let mirror = Mirror(reflecting: error)
        let kind = mirror.displayStyle == .enum ? mirror.children.first?.label ?? "\(error)" : nil
        let name: Logger.Metadata = [
            "error": "\(type(of: error))\(kind.map { ".\($0)" } ?? "")", "route": "\(context.endpointPath ?? "-")",
        ]
        context.logger.error(what, metadata: facts.merging(name) { first, _ in first })
    }
}

extension Request {
    /// The API, and scripts that ask for it, are answered in JSON.
    var wantsJSON: Bool {
        if uri.path == "/api" || uri.path.hasPrefix("/api/") { return true }
        let accept = headers[.accept] ?? ""
        return accept.contains("json") && !accept.contains("text/html")
    }
}
