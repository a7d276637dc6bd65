import Hummingbird

/// Hands the notice that the previous page left to the page that will say it.
struct NoticeMiddleware: RouterMiddleware {
    let site: WebSite

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.notice = request.cookie(.notice, context.client).flatMap(site.opened)
        return try await next(request, context)
    }
}
