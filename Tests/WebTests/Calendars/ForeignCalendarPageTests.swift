import Core
import Hummingbird
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("An agent’s foreign calendars, on their page")
struct ForeignCalendarPageTests {
    private static let password = "girafe-compas-tunnel-ardoise"

    private func open(
        on engine: Engine, _ test: @escaping @Sendable (World, Deskful, _ worker: Visitor, _ reception: Visitor) async throws -> Void
    ) async throws {
        try await engine.withStore(Core.Schema.migrations) { store in
            let world = try await World.make(in: store), deskful = try Deskful(store)
            for agent in [world.worker, world.reception] {
                try await Agent.setPassword(
                    Self.password, email: agent.email ?? "", at: World.now, hasher: deskful.desk.hasher, in: store)
            }
            try await deskful.open { client in
                let visitors = [Visitor(client), Visitor(client)]
                try await visitors[0].signIn(world.worker.email ?? "", Self.password)
                try await visitors[1].signIn(world.reception.email ?? "", Self.password)
                try await test(world, deskful, visitors[0], visitors[1])
            }
        }
    }

    private func read(_ outcome: ForeignReading.Outcome, _ deskful: Deskful, minutes: Int = 0) async throws {
        deskful.clock.advance(minutes: minutes)
        let now = deskful.clock.now
        let reading = try #require(try await ForeignReading.take(at: now, in: deskful.store))
        try await reading.record(outcome, at: now, in: deskful.store)
    }

    @Test("say how each stands and what to do, and never their address again", arguments: Engine.available)
    func standings(on engine: Engine) async throws {
        try await open(on: engine) { world, deskful, worker, reception in
            let refused = try await worker.post(
                "/account/calendars/foreign", [("name", "Mairie"), ("url", "http://exemple.fr/a.ics?cle=secret")])
            #expect(refused.status == 422 && refused.text.contains("https://") && refused.text.contains("value=\"Mairie\""))
            let url = "https://exemple.fr/a.ics?cle=secret"
            #expect(try await worker.post("/account/calendars/foreign", [("name", "Mairie"), ("url", url)]).status == 303)
            let fresh = try await worker.get("/account/calendars").text
            #expect(fresh.contains("pas encore lu") && fresh.contains("exemple.fr") && !fresh.contains("cle=secret"))
            try await read(.read([World.at(0, 9)..<World.at(0, 10)], tag: nil), deskful)
            #expect(try await worker.get("/account/calendars").text.contains("Il est relu tous les quarts d’heure."))
            try await read(.failed(.gone), deskful, minutes: 20)
            let stale = try await worker.get("/account/calendars").text
            #expect(stale.contains("n’est plus lu") && stale.contains("Redemandez l’adresse"))
            try await read(.failed(.noCalendar), deskful, minutes: 8 * 1440)
            try await worker.signIn(world.worker.email ?? "", Self.password)
            #expect(try await worker.get("/account/calendars").text.contains("Rien n’en est retenu"))
        }
    }

    @Test("warn who writes straight into the agenda, and take nothing more once removed", arguments: Engine.available)
    func direct(on engine: Engine) async throws {
        try await open(on: engine) { world, deskful, worker, reception in
            _ = try await worker.post("/account/calendars/foreign", [("name", "Mairie"), ("url", "https://exemple.fr/a.ics")])
            try await read(.read([World.at(0, 9)..<World.at(0, 10)], tag: nil), deskful)
            for (hour, isWarned) in [("09:30", true), ("10:00", false)] {
                let fields = [
                    "reason": "\(world.reason.id)", "person": "\(world.person.id)", "phone": "+33639981234", "mode": "direct",
                    "agent": "\(world.worker.id)", "site": "\(world.site.id)", "date": "2026-11-30", "time": hour, "again": "on",
                ]
                let booked = try await reception.post("/appointments", fields.map { ($0.key, $0.value) })
                #expect(booked.status == 303)
                let page = try await reception.get(booked.location ?? "").text
                #expect(page.contains("Rendez-vous pris.") && page.contains("pris à cette heure dans un autre agenda") == isWarned)
            }
            let calendar = try await deskful.store.read { db in
                try db.first("SELECT id FROM foreign_calendar") { try $0[0] as ID<ForeignCalendar> }
            }
            let address = "/account/calendars/foreign/\(try #require(calendar))"
            #expect(try await worker.post(address + "/reading").status == 303)
            #expect(try await worker.post(address + "/deletion").status == 303)
            #expect(try await worker.post(address + "/deletion").status == 404)
            #expect(try await worker.get("/account/calendars").text.contains("Aucun agenda extérieur n’est lu."))
        }
    }
}
