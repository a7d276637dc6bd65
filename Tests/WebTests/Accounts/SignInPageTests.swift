import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Signing in on the pages")
struct SignInPageTests {
    static let password = "girafe-compas-tunnel-ardoise"

    /// A world, its administrator, and the site over it.
    static func withSite(
        on engine: Engine, _ test: @escaping @Sendable (Deskful, World, Visitor.Factory) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let site = try Deskful(store)
            let first = FirstAgent(
                territory: world.territory.slug, draft: .init(firstName: "Claire", lastName: "Sallaberry", email: "claire@example.org"),
                administrator: true)
            _ = try await Agent.createFirst(first, password: password, at: World.now, hasher: site.desk.hasher, in: store)
            for agent in [world.worker, world.reception] {
                try await Agent.setPassword(password, email: agent.email!, at: World.now, hasher: site.desk.hasher, in: store)
            }
            try await site.open { client in try await test(site, world, Visitor.Factory(client: client)) }
        }
    }

    @Test("opens the first page of one’s work, and the page that was asked for", arguments: Engine.available)
    func opens(on engine: Engine) async throws {
        try await Self.withSite(on: engine) { _, world, visitors in
            let visitor = visitors.new()
            let refused = try await visitor.get("/account")
            #expect(refused.status == 303 && refused.location == "/sign-in?return=%2Faccount")
            let page = try await visitor.get(refused.location!)
            #expect(page.text.contains(#"name="return" value="/account""#))
            let wrong = try await visitor.post("/session", [("email", "claire@example.org"), ("password", "faux"), ("return", "/account")])
            #expect(wrong.status == 422 && wrong.text.contains(#"value="claire@example.org""#) && !wrong.text.contains("faux"))
            #expect(wrong.text.contains(#"name="return" value="/account""#))
            let answer = try await visitor.post(
                "/session", [("email", "claire@example.org"), ("password", Self.password), ("return", "/account")])
            #expect(answer.status == 303 && answer.location == "/account")
            let cookie = answer.headers[values: .setCookie].first { $0.hasPrefix("lien-session=") } ?? ""
            #expect(cookie.contains("HttpOnly") && cookie.contains("SameSite=Lax") && !cookie.contains("Secure"))
            #expect(try await visitor.get("/account").status == 200)
            #expect(try await visitor.get("/").location == "/setup")
            let worker = visitors.new()
            try await worker.signIn(world.worker.email!, Self.password)
            #expect(try await worker.get("/").location == "/agenda")
            #expect(try await worker.get("/sign-in").location == "/agenda")
        }
    }

    @Test("never leads to another site", arguments: ["//evil.example", "https://evil.example/", "/\\evil.example", "javascript:alert(1)"])
    func stays(_ returning: String) async throws {
        try await Self.withSite(on: .sqlite) { _, _, visitors in
            let visitor = visitors.new()
            _ = try await visitor.get("/sign-in")
            let answer = try await visitor.post(
                "/session", [("email", "claire@example.org"), ("password", Self.password), ("return", returning)])
            #expect(answer.location == "/")
        }
    }

    @Test("tells an unknown address and a wrong password alike, and how long to wait after too many", arguments: Engine.available)
    func limited(on engine: Engine) async throws {
        try await Self.withSite(on: engine) { site, _, visitors in
            let visitor = visitors.new()
            _ = try await visitor.get("/sign-in")
            func sentence(_ email: String) async throws -> (Int, String) {
                let answer = try await visitor.post("/session", [("email", email), ("password", "faux")])
                return (answer.status, String(answer.text.firstMatch(of: /role="alert"[^>]*><p><b>([^<]*)/)?.1 ?? ""))
            }
            let (known, unknown) = (try await sentence("claire@example.org"), try await sentence("nobody@example.org"))
            #expect(known == unknown && known.0 == 422 && known.1.contains("n’est pas le bon"))
            for _ in 0..<4 { _ = try await sentence("claire@example.org") }
            let waiting = try await sentence("claire@example.org")
            #expect(waiting.0 == 429 && waiting.1.contains("15\u{A0}minutes"))
            site.clock.advance(minutes: 15)
            let answer = try await visitor.post("/session", [("email", "claire@example.org"), ("password", Self.password)])
            #expect(answer.status == 303)
        }
    }

    @Test("a form without the page’s token is refused, and a session’s token is its own", arguments: Engine.available)
    func tokens(on engine: Engine) async throws {
        try await Self.withSite(on: engine) { _, _, visitors in
            let stranger = visitors.new()
            let refused = try await stranger.post("/session", [("email", "claire@example.org"), ("password", Self.password)])
            #expect(refused.status == 403 && refused.text.contains("Rechargez-la"))
            let visitor = visitors.new()
            try await visitor.signIn("claire@example.org", Self.password)
            let before = visitor.token
            let other = visitors.new()
            try await other.signIn("claire@example.org", Self.password)
            #expect(before != other.token && !before.isEmpty)
        }
    }

    @Test("signing out closes this session, and everywhere closes all", arguments: Engine.available)
    func out(on engine: Engine) async throws {
        try await Self.withSite(on: engine) { site, _, visitors in
            let (here, there) = (visitors.new(), visitors.new())
            try await here.signIn("claire@example.org", Self.password)
            try await there.signIn("claire@example.org", Self.password)
            #expect(try await here.get("/account").text.contains("cette session"))
            #expect(try await here.post("/session/end").location == "/sign-in")
            #expect(try await here.get("/sign-in").text.contains("Vous êtes déconnecté."))
            #expect(try await here.get("/account").status == 303)
            #expect(try await there.get("/account").status == 200)
            try await here.signIn("claire@example.org", Self.password)
            #expect(try await there.post("/account/sessions/end").location == "/sign-in")
            #expect(try await here.get("/account").status == 303)
            try await here.signIn("claire@example.org", Self.password)
            site.clock.advance(minutes: 119)
            #expect(try await here.get("/account").status == 200)
            site.clock.advance(minutes: 120)
            #expect(try await here.get("/account").status == 303, "idle for two hours")
        }
    }
}

extension Visitor {
    /// Makes visitors of one site.
    struct Factory: Sendable {
        let client: any TestClientProtocol
        func new() -> Visitor { Visitor(client) }
    }
}
