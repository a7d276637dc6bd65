import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The booking screen")
struct BookingPageTests {
    private func with(
        _ engine: Engine, _ test: @Sendable (World, Store, Desktop) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let site = try WebSite(key: SymmetricKey(data: Array(repeating: UInt8(7), count: 32)), options: .init(rate: nil))
            let desk = Desk(site: site, store: store, now: { World.now })
            let router = site.router(session: [AgentHeader(store: store)]) { router in
                let agents = router.group(context: AgentContext.self)
                AppointmentRoutes(desk: desk).add(to: agents)
                BookingRoutes(desk: desk).add(to: agents)
                MoveRoutes(desk: desk).add(to: agents)
            }
            try await Application(router: router).test(.router) { client in
                try await test(world, store, Desktop(client: client, agent: world.reception))
            }
        }
    }

    private func fields(_ world: World, _ start: Instant) -> [String: String] {
        let slot = Slot(
            start: start, minutes: 30, organizationID: world.organization.id, siteID: world.site.id, agentID: world.worker.id,
            because: .leastBusy, count: 1)
        return [
            "reason": world.reason.id.description, "slot": SlotKey(slot).description, "person": world.person.id.description,
            "phone": "+33639981234", "said": "Parle fort.",
        ]
    }

    @Test("shows the free slots of a reason, with the agent proposed", arguments: Engine.available)
    func showsSlots(on engine: Engine) async throws {
        try await with(engine) { world, _, sender in
            let page = try await sender.get("/appointments/new?reason=\(world.reason.id)&person=\(world.person.id)")
            #expect(page.status == .ok)
            for text in ["Jeanne Lacoste", "06\u{A0}39\u{A0}98\u{A0}12\u{A0}34", "Demain", "9\u{A0}h\u{A0}30", "Ithurralde"] {
                #expect(page.text.contains(text), "\(text)")
            }
        }
    }

    @Test("books, and reads back who, which number, when, with whom and how they will be told", arguments: Engine.available)
    func books(on engine: Engine) async throws {
        try await with(engine) { world, _, sender in
            let answer = try await sender.post("/appointments", fields(world, World.at(0, 9)))
            #expect(answer.status == .seeOther)
            let page = try await sender.get(try #require(answer.location))
            for text in [
                "Jeanne Lacoste", "06\u{A0}39\u{A0}98\u{A0}12\u{A0}34", "Demain à\u{A0}9\u{A0}h", "Maïté Ithurralde",
                "Confirmation par SMS",
            ] {
                #expect(page.text.contains(text), "\(text)")
            }
        }
    }

    @Test("the loser of a race keeps what was typed and is shown the three nearest slots", arguments: Engine.available)
    func losesRace(on engine: Engine) async throws {
        try await with(engine) { world, store, sender in
            let acting = try await world.acting(world.worker, in: store)
            var other = world.booking(at: World.at(0, 9))
            other.personIDs = [try await world.anotherPerson(in: store).id]
            _ = try await other.book(by: acting, at: World.now, in: store)
            let page = try await sender.post("/appointments", fields(world, World.at(0, 9)))
            #expect(page.status == .conflict)
            #expect(page.text.contains("vient d’être pris"))
            #expect(page.text.contains("Parle fort."))
            #expect(page.text.contains("Les plus proches du créneau perdu"))
            #expect(page.text.components(separatedBy: "id=\"slot-near-").count - 1 == 3)
        }
    }

    @Test("creates and books someone with no file, no e-mail and a landline in one go", arguments: Engine.available)
    func createsAndBooks(on engine: Engine) async throws {
        try await with(engine) { world, store, sender in
            var form = fields(world, World.at(0, 9))
            (form["person"], form["phone"]) = (nil, nil)
            form.merge(["last_name": "Sallaberry", "phone_1": "05 36 49 00 12", "informed": "on"]) { $1 }
            let answer = try await sender.post("/appointments", form)
            #expect(answer.status == .seeOther)
            let page = try await sender.get(try #require(answer.location))
            #expect(page.text.contains("Sallaberry") && page.text.contains("05\u{A0}36\u{A0}49\u{A0}00\u{A0}12"))
        }
    }

    @Test("a booking refused creates no file", arguments: Engine.available)
    func createsNothing(on engine: Engine) async throws {
        try await with(engine) { world, store, sender in
            var form = fields(world, World.at(0, 13))
            form["person"] = nil
            form["last_name"] = "Sallaberry"
            #expect(try await sender.post("/appointments", form).status == .conflict)
            let people = try await store.read { db in try db.first("SELECT count(*) FROM person") { try $0[0] as Int } }
            #expect(people == 1)
        }
    }

    @Test("says beside each field what is missing", arguments: Engine.available)
    func missing(on engine: Engine) async throws {
        try await with(engine) { _, _, sender in
            let page = try await sender.post("/appointments", ["said": "Bonjour"])
            #expect(page.status == .unprocessableContent)
            for sentence in ["Choisissez le motif.", "Cherchez la personne, ou créez sa fiche.", "Bonjour"] {
                #expect(page.text.contains(sentence))
            }
        }
    }

    @Test("an hour that clocks skip is refused", arguments: Engine.available)
    func skippedHour(on engine: Engine) async throws {
        try await with(engine) { world, _, sender in
            var form = fields(world, World.at(0, 9))
            form.merge(["mode": "direct", "agent": world.worker.id.description, "date": "2027-03-28", "time": "02:30"]) { $1 }
            let page = try await sender.post("/appointments", form)
            #expect(page.status == .unprocessableContent && page.text.contains("les horloges changent"))
        }
    }
}

/// Asks as one agent.
struct Desktop: Sendable {
    let client: any TestClientProtocol
    let agent: Agent

    struct Answer {
        let status: HTTPResponse.Status
        let text: String
        let location: String?

        init(_ response: TestResponse) {
            (status, text, location) = (response.status, String(buffer: response.body), response.headers[.location])
        }
    }

    func get(_ path: String) async throws -> Answer { Answer(try await client.get(path, as: agent)) }
    func post(_ path: String, _ fields: [String: String]) async throws -> Answer {
        Answer(try await client.post(path, fields, as: agent))
    }
}
