import Core
import HTTPTypes
import Hummingbird

/// One address for one page: `/agenda/` and `//agenda` lead to `/agenda`.
struct AddressMiddleware: RouterMiddleware {
    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        guard request.method == .get || request.method == .head else { return try await next(request, context) }
        let path = request.uri.path
        let proper = "/" + path.split(separator: "/").joined(separator: "/")
        guard path != proper else { return try await next(request, context) }
        return .redirect(to: proper + (request.uri.query.map { "?" + $0 } ?? ""), type: .permanent)
    }
}

/// Says 405 with `Allow` where Hummingbird says 404: an address that exists, with a method that it does not have.
struct MethodMiddleware: RouterMiddleware {
    private let routes: [(path: RouterPath, methods: Set<String>)]

    init(_ routes: [Router<AppContext>.RouteDescription]) {
        let grouped = Dictionary(grouping: routes, by: \.path.description)
        self.routes = grouped.values.map { group in
            let methods = Set(group.map(\.method.rawValue))
            return (group[0].path, methods.contains("GET") ? methods.union(["HEAD"]) : methods)
        }
    }

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        // The router sets it when a route answers to the path and the method.
        guard context.endpointPath == nil else { return try await next(request, context) }
        let matching = routes.filter { Self.matches($0.path, request.uri.path) }
        // `/people/search` is an address of its own, not a person.
        let nearest = matching.map { Self.literals($0.path) }.max()
        let methods = matching.filter { Self.literals($0.path) == nearest }.reduce(into: Set()) { $0.formUnion($1.methods) }
        guard !methods.isEmpty else { throw Answer(.notFound) }
        throw Answer.methodNotAllowed(allow: methods.sorted().joined(separator: ", "))
    }

    private static func literals(_ path: RouterPath) -> Int {
        path.count { !$0.description.contains(where: { "{:*".contains($0) }) }
    }

    private static func matches(_ path: RouterPath, _ text: String) -> Bool {
        let parts = text.split(separator: "/")
        if Array(path).last?.description == "**" { return parts.count >= path.count && zip(path, parts).allSatisfy { $0 ~= $1 } }
        return parts.count == path.count && zip(path, parts).allSatisfy { $0 ~= $1 }
    }
}
