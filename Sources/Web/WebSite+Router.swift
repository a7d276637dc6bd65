import Core
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore

extension WebSite {
    /// Every page and endpoint, behind the same chain for `main` and the tests.
    ///
    /// - Parameters:
    ///   - session: finds who is signed in; stands before what needs to know.
    ///   - routes: adds the features' routes. Called twice: first only to know which methods each address has.
    func router(
        session: [any MiddlewareProtocol<Request, Response, AppContext>] = [], routes: (Router<AppContext>) -> Void
    ) -> Router<AppContext> {
        let router = Router(context: AppContext.self, options: .autoGenerateHeadEndpoints)
        addOuterChain(to: router)
        for middleware in session { router.add(middleware: middleware) }
        router.addMiddleware {
            NoticeMiddleware(site: self)
            RefusalMiddleware(site: self)
            MethodMiddleware(declared(routes))
            FormTokenMiddleware(site: self)
        }
        addAssets(to: router)
        routes(router)
        return router
    }

    private func addOuterChain(to router: Router<AppContext>) {
        router.addMiddleware {
            AccessLog()
            MetricsMiddleware(metrics: metrics)
            ClientMiddleware(trusted: options.trustedProxies)
            SecurityHeaders()
            TransportSecurity()
            RefusalMiddleware(site: self)
        }
        if let rate = options.rate { router.add(middleware: RateMiddleware(rate, site: self)) }
        router.addMiddleware {
            BodyMiddleware(
                maximumSize: Form.maximumSize, time: options.bodyTime,
                larger: [Urls.setupImports, Urls.campaigns].reduce(into: [:]) { $0[$1.text] = ImportFile.largest + Form.maximumSize })
            AddressMiddleware()
        }
    }

    private func declared(_ routes: (Router<AppContext>) -> Void) -> [Router<AppContext>.RouteDescription] {
        let declared = Router(context: AppContext.self)
        addAssets(to: declared)
        routes(declared)
        return declared.routes
    }

    private func addAssets(to router: Router<AppContext>) {
        router.get("/assets/{name}") { request, context in
            try assets.response(context.parameters.require("name"), hash: Query(request).optional("v"))
        }
    }

    /// The server: limits on headers and on silence, beside those on bodies.
    static var server: HTTPServerBuilder {
        .http1(
            configuration: .init(
                idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(maxHeaderFieldSize: 16_384, maxHeaderListSize: 32_768, maxHeaderFieldCount: 100)))
    }
}
