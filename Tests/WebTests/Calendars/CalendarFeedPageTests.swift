import Core
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Store
import TestKit
import Testing

@testable import Web

@Suite("An address of a calendar")
struct CalendarFeedPageTests {
    static let password = "girafe-compas-tunnel-ardoise"

    /// Someone signed in who has an agenda, and the site.
    private func open(
        on engine: Engine, lines: LogLines = LogLines(),
        _ test: @escaping @Sendable (World, Visitor, any TestClientProtocol) async throws -> Void
    ) async throws {
        try await engine.withStore(Core.Schema.migrations) { store in
            let world = try await World.make(in: store), deskful = try Deskful(store)
            let reception = try await world.acting(world.reception, in: store)
            _ = try await world.booking(at: World.at(0, 9)).book(by: reception, at: World.now, in: store)
            for agent in [world.worker, world.reception] {
                try await Agent.setPassword(
                    Self.password, email: agent.email ?? "", at: World.now, hasher: deskful.desk.hasher, in: store)
            }
            let application = Application(router: deskful.desk.router(), logger: Logger(label: "test") { _ in lines.handler })
            try await application.test(.router) { client in
                let visitor = Visitor(client)
                try await visitor.signIn(world.worker.email ?? "", Self.password)
                try await test(world, visitor, client)
            }
        }
    }

    private func make(_ visitor: Visitor, _ shows: String = "how") async throws -> String {
        _ = try await visitor.get("/account/calendars")
        let made = try await visitor.post("/account/calendars/feed", [("shows", shows)])
        #expect(made.status == 201)
        let address = try #require(made.shown("address"))
        return String(address.drop { $0 != "/" }.dropFirst(2).drop { $0 != "/" })
    }

    @Test("is shown once, read without a session, and answers that nothing changed", arguments: Engine.available)
    func reading(on engine: Engine) async throws {
        let lines = LogLines()
        try await open(on: engine, lines: lines) { world, visitor, client in
            let path = try await make(visitor)
            #expect(path.hasPrefix("/calendars/") && path.hasSuffix(".ics"))
            #expect(try await visitor.get("/account/calendars").text.contains(path) == false)
            let first = try await client.execute(uri: path, method: .get)
            #expect(first.status == .ok && first.headers[.contentType] == "text/calendar; charset=utf-8")
            #expect(first.text.hasPrefix("BEGIN:VCALENDAR\r\n") && first.text.contains("SUMMARY:Rendez-vous par téléphone\r\n"))
            #expect(first.headers[.cacheControl] == "private, no-cache" && !first.text.contains("Lacoste"))
            let tag = try #require(first.headers[.eTag])
            for known in [tag, "W/\(tag)", "\"autre\", \(tag)", "*"] {
                let again = try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: known])
                #expect(again.status == .notModified && again.text.isEmpty && again.headers[.eTag] == tag)
            }
            #expect(try await client.execute(uri: path, method: .get, headers: [.ifNoneMatch: "\"autre\""]).status == .ok)
            #expect(try await client.execute(uri: path, method: .head).status == .ok)
            #expect(try await client.execute(uri: path, method: .post).status == .methodNotAllowed)
            #expect(try await visitor.get("/account/calendars").text.contains("vers "))
            let secret = path.split(separator: "/").last?.dropLast(4) ?? ""
            #expect(!lines.all.isEmpty && !lines.all.joined().contains(secret), "no log has the secret")
        }
    }

    @Test("is nothing at all once it was changed or ended, or when it never was", arguments: Engine.available)
    func ended(on engine: Engine) async throws {
        try await open(on: engine) { world, visitor, client in
            let old = try await make(visitor), path = try await make(visitor, "busy")
            #expect(try await client.execute(uri: path, method: .get).text.contains("SUMMARY:Occupé\r\n"))
            for other in [old, "/calendars/.ics", "/calendars/essai.ics", String(path.dropLast(4)), path + ".ics", "/calendars"] {
                #expect(try await client.execute(uri: other, method: .get).status == .notFound, "\(other)")
            }
            _ = try await visitor.get("/account/calendars")
            #expect(try await visitor.post("/account/calendars/feed/shows", [("shows", "names")]).status == 303)
            #expect(try await client.execute(uri: path, method: .get).text.contains("Jeanne Lacoste"))
            #expect(try await visitor.post("/account/calendars/feed/revocation").status == 303)
            #expect(try await client.execute(uri: path, method: .get).status == .notFound)
            #expect(try await visitor.post("/account/calendars/feed", [("shows", "tout")]).text.contains("Choisissez ce que le calendrier"))
        }
    }

    @Test("is not offered to who has no agenda")
    func reception() async throws {
        try await open(on: .sqlite) { world, _, client in
            let visitor = Visitor(client)
            try await visitor.signIn(world.reception.email ?? "", Self.password)
            #expect(try await visitor.get("/account").text.contains("/account/calendars") == false)
            #expect(try await visitor.get("/account/calendars").status == 403)
        }
    }
}
