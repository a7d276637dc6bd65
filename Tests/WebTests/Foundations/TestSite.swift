import Core
import Crypto
import Foundation
import Hummingbird
import HummingbirdTesting
import Logging
import TestKit

@testable import Web

/// A small site with one route of each sort, for the tests of what stands around every page.
struct TestSite {
    let site: WebSite
    var session: [any MiddlewareProtocol<Request, Response, AppContext>] = []
    var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    init(options: WebSite.Options = .init(rate: nil)) throws {
        site = try WebSite(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), options: options)
    }

    struct Hello: Page {
        var title = "Bonjour"
        var state = FormState.blank
        var html: HTML { "<h1>\(title)</h1>\(PostForm("/things", state) { "\(TextField("name", "Nom", state))" })" }
        static let sample = Hello()
    }

    struct Thing: Codable, Equatable { var name: String }
    enum Secretive: Error { case failed(String) }

    var application: some ApplicationProtocol {
        Application(router: router, server: WebSite.server, configuration: .init(address: .hostname("127.0.0.1", port: 0)), logger: logger)
    }

    private var router: Router<AppContext> {
        site.router(session: session) { router in
            router.get("/") { _, context in site.page(Hello(), context) }
            router.post("/things") { request, context in
                try await site.submit(request, context, page: { Hello(state: $0) }) { form in
                    guard form.text("name") != "x" else { throw Refusal.field("name", "too-short", "Écrivez le nom en entier.") }
                    return site.redirect(to: "/", notice: "Merci, \(form.text("name")) !", context)
                }
            }
            router.get("/things/{id}") { _, context in site.page(Hello(title: try context.parameters.require("id")), context) }
            router.get("/boom") { _, _ -> Response in throw Secretive.failed("Peio Etcheto, 06 39 98 12 34") }
            router.get("/refused") { _, _ -> Response in throw Refusal.forbidden }
            router.get("/hummingbird") { _, _ -> Response in throw HTTPError(.badRequest, message: "Coding key `x` not found") }
            router.group(context: AgentContext.self).get("/mine") { _, context in
                site.page(Hello(title: context.acting.agent.name), context)
            }
            router.group(context: AgentContext.self).get("/api/mine") { _, _ in "mine" }
            router.post("/api/things") { request, _ in try JSON.response(await request.json(Thing.self), status: .created) }
            router.get("/api/things") { request, _ in try JSON.response(["limit": Query(request).int("limit", in: 1...100) ?? 20]) }
            router.get("/address") { _, context in "\(context.client.address) \(context.client.isSecure)" }
            router.get("/stream") { _, _ in EventStream.response(Self.ticks, heartbeat: .milliseconds(50)) }
        }
    }

    /// Two events, then silence for ever.
    private static var ticks: AsyncStream<ServerEvent> {
        AsyncStream { continuation in
            continuation.yield(ServerEvent("changed", data: "1"))
            continuation.yield(ServerEvent("changed", data: "a\nb"))
        }
    }
}

/// Says that someone is signed in, as the accounts feature will.
struct SignedInSession: RouterMiddleware {
    func handle(_ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response) async throws -> Response {
        var context = context
        context.signedIn = SignedIn(acting: TestSite.acting)
        context.frame = Frame(
            brand: .init(name: "Département d’essai"),
            navigation: [.init(label: "Agenda", url: "/agenda"), .init(label: "Choses", url: "/things")],
            account: .init(name: "Maïté Ithurralde")
        ).marked(path: request.uri.path)
        return try await next(request, context)
    }
}

extension TestResponse {
    var text: String { String(buffer: body) }

    var problem: [String: Any] { (try? JSONSerialization.jsonObject(with: Data(text.utf8))) as? [String: Any] ?? [:] }

    /// The cookies set, as a browser would send them back.
    var cookies: String {
        headers[values: .setCookie].compactMap { $0.split(separator: ";").first.map(String.init) }.joined(separator: "; ")
    }

    /// The value of the first hidden form token.
    var formToken: String {
        String((text.firstMatch(of: /name="csrf" value="([^"]*)"/)?.1) ?? "")
    }
}

extension TestSite {
    /// Someone signed in, in no organization.
    static let acting: Acting = {
        let world = World()
        return Acting(territory: world.territory, agent: world.worker, roles: [:])
    }()
}
