import Hummingbird
import Logging

/// One line for each request: method, route, status and milliseconds. Never the path or the query: both may lead to a person.
struct AccessLog: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        let start = ContinuousClock.now
        do {
            let response = try await next(request, context)
            log(request, context, status: response.status.code, since: start)
            return response
        } catch {
            log(request, context, status: 499, since: start)
            throw error
        }
    }

    private func log(_ request: Request, _ context: AppContext, status: Int, since start: ContinuousClock.Instant) {
        let spent = start.duration(to: .now)
        let milliseconds = Double(spent.components.seconds) * 1_000 + Double(spent.components.attoseconds) / 1e15
        context.logger.info(
            "request",
            metadata: [
                "method": "\(request.method.rawValue)", "route": "\(context.endpointPath ?? "none")", "status": "\(status)",
                "ms": "\((milliseconds * 10).rounded() / 10)",
            ])
    }
}
