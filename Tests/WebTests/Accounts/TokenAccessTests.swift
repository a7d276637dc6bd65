import Core
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import NIOCore
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Personal tokens under /api")
struct TokenAccessTests {
    /// The session in front of one address that reads and writes.
    private func open(_ site: Deskful, _ test: @escaping @Sendable (any TestClientProtocol) async throws -> Void) async throws {
        let router = site.desk.site.router(session: [SessionMiddleware(desk: site.desk)]) { router in
            let agents = router.group(context: AgentContext.self)
            agents.get("/api/mine") { _, context in context.acting.agent.name }
            agents.post("/api/mine") { _, context in context.acting.agent.name }
            agents.get("/mine") { _, context in context.acting.agent.name }
        }
        try await Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
            .test(.router) { client in try await test(client) }
    }

    private func token(_ scope: TokenScopes.Level, of world: World, in store: Store) async throws -> String {
        let acting = try await world.acting(world.worker, in: store)
        return try await store.write { db in
            try ApiToken.create(.init(name: "Essai", scope: scope, days: 30), by: acting, at: World.now, in: db).text
        }
    }

    @Test("let a program in as their owner", arguments: Engine.available)
    func scopes(on engine: Engine) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let site = try Deskful(store)
            let (read, write) = (try await token(.read, of: world, in: store), try await token(.write, of: world, in: store))
            try await open(site) { client in
                func status(_ method: HTTPRequest.Method, _ path: String, _ authorization: String?) async throws -> Answered {
                    let headers: HTTPFields = authorization.map { [.authorization: $0] } ?? [:]
                    return Answered(try await client.execute(uri: path, method: method, headers: headers))
                }
                #expect(try await status(.get, "/api/mine", "Bearer \(read)").text == "Maïté Ithurralde")
                #expect(try await status(.get, "/api/mine", "bearer \(write)").status == 200)
                #expect(try await status(.post, "/api/mine", "Bearer \(write)").status == 200)
                for bad in ["Bearer x", "Bearer", "Basic \(write)", "Bearer \(write) x", "Bearer \(write)x"] {
                    let answer = try await status(.get, "/api/mine", bad)
                    #expect(answer.status == 401 && answer.problem["code"] as? String == "invalid-token", "\(bad)")
                    #expect(answer.headers[.wwwAuthenticate] == "Bearer")
                }
                #expect(try await status(.get, "/api/mine", nil).status == 401)
                #expect(try await status(.get, "/mine", "Bearer \(write)").status == 303, "pages are for people")
                site.clock.advance(minutes: 30 * 1440)
                #expect(try await status(.get, "/api/mine", "Bearer \(write)").status == 401)
            }
        }
    }

    @Test("are made and revoked on one’s account, shown this once", arguments: Engine.available)
    func account(on engine: Engine) async throws {
        try await SignInPageTests.withSite(on: engine) { site, _, visitors in
            let visitor = visitors.new()
            try await visitor.signIn("claire@example.org", SignInPageTests.password)
            let wrong = try await visitor.post(
                "/account/tokens", [("name", ""), ("people", "write"), ("appointments", "read"), ("days", "90")])
            #expect(wrong.status == 422 && wrong.text.contains("f-name-error"))
            let made = try await visitor.post(
                "/account/tokens", [("name", "Export"), ("people", "write"), ("appointments", "read"), ("days", "90")])
            let secret = try #require(made.shown("secret"))
            #expect(made.status == 201 && secret.hasPrefix("lien_"))
            let page = try await visitor.get("/account")
            #expect(!page.text.contains(secret) && page.text.contains("Export"))
            let acting = try await site.store.read { db in try ApiToken.acting(token: secret, now: World.now, in: db) }
            #expect(acting?.agent.email == "claire@example.org")
            let revocation = String(try #require(page.text.firstMatch(of: /action="(\/account\/tokens\/[^"]+\/revocation)"/)?.1))
            #expect(try await visitor.post(revocation).status == 303)
            let after = try await site.store.read { db in try ApiToken.acting(token: secret, now: World.now, in: db) }
            #expect(after == nil)
            #expect(try await visitor.post(revocation).status == 404)
        }
    }

    @Test("one’s password is changed there, and the other sessions close", arguments: Engine.available)
    func password(on engine: Engine) async throws {
        try await SignInPageTests.withSite(on: engine) { _, _, visitors in
            let (here, there) = (visitors.new(), visitors.new())
            try await here.signIn("claire@example.org", SignInPageTests.password)
            try await there.signIn("claire@example.org", SignInPageTests.password)
            func change(_ current: String, _ new: String, _ again: String) async throws -> Answered {
                try await here.post("/account/password", [("current", current), ("password", new), ("confirmation", again)])
            }
            let new = "lampadaire-cassis-moutarde"
            #expect(try await change("faux", new, new).text.contains("f-current-error"))
            #expect(try await change(SignInPageTests.password, new, new + "s").text.contains("f-confirmation-error"))
            #expect(try await change(SignInPageTests.password, "azertyuiop12", "azertyuiop12").text.contains("f-password-error"))
            #expect(try await change(SignInPageTests.password, new, new).status == 303)
            #expect(try await here.get("/account").status == 200)
            #expect(try await there.get("/account").status == 303)
        }
    }
}
