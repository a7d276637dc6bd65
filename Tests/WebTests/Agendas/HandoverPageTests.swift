import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Pages to hand over and to lay weeks")
struct HandoverPageTests {
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

    private func manager(_ desk: AgendaDesk) async throws -> Agent {
        let manager = Agent(territoryID: 64, firstName: "Paul", lastName: "Barrère")
        try await desk.store.write { db in
            try manager.insert(at: World.now, in: db)
            try db.run("INSERT INTO membership VALUES (\(64), \(desk.world.organization.id), \(manager.id), \(Role.manager))")
        }
        return manager
    }

    @Test("what an agent has is shown, filled in for the colleague, then handed over in one act", arguments: Engine.available)
    func handsOver(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let world = desk.world, manager = try await manager(desk)
            let one = try await desk.book(World.at(0, 9))
            let url = "/agenda/agents/\(world.worker.id)/handover"
            #expect(try await desk.ask(as: world.worker) { try await $0.get(url).status } == .forbidden)
            let asked = [
                ("organization", world.organization.id.description), ("to", world.colleague.id.description), ("date", "2026-11-30"),
            ]
            try await desk.ask(as: manager) { client in
                #expect(try await client.get("/agenda/agents/\(world.worker.id)").text.contains("href=\"\(url)\""))
                let first = plain(try await client.get(url).text)
                #expect(first.contains("1 rendez-vous à venir") && first.contains("2 plages sans fin"))
                let unchosen = try await client.post(url, [("organization", world.organization.id.description), ("date", "2026-11-30")])
                #expect(unchosen.status == .unprocessableContent)
                let shown = try await client.post(url, asked).text
                let move = "\(World.at(0, 9).rawValue)_\(world.colleague.id)"
                #expect(shown.contains("value=\"\(move)\" selected"), "filled in for the colleague")
                let fields =
                    asked + [
                        ("shown", "on"), ("covers", "1"), ("remedy-\(one.id)", move), ("people", "on"), ("openings", "give"),
                    ]
                let done = try await client.post(url, fields)
                #expect(done.status == .seeOther, "\(done.text)")
            }
            let openings = try await desk.store.read { db in
                (try Opening.of(world.worker.id, of: 64, in: db).count, try Opening.of(world.colleague.id, of: 64, in: db).count)
            }
            #expect(openings == (0, 4))
        }
    }

    @Test("a week is kept under a name and laid elsewhere; a refusal stands beside its field", arguments: Engine.available)
    func weeks(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let world = desk.world, manager = try await manager(desk)
            let agent = ("agent", world.worker.id.description), house = ("organization", world.organization.id.description)
            try await desk.ask(as: manager) { client in
                let nameless = try await client.post("/agenda/week-templates", [agent, house, ("kept_date", "2026-12-02")])
                #expect(nameless.status == .unprocessableContent && nameless.text.contains("id=\"f-name-error\""))
                let kept = try await client.post(
                    "/agenda/week-templates", [agent, house, ("name", "Semaine A"), ("kept_date", "2026-12-02")])
                #expect(kept.status == .seeOther, "\(kept.text)")
                let page = plain(try await client.get("/agenda/week-templates?agent=\(world.colleague.id)").text)
                #expect(page.contains("Lundi de 9 h à 12 h."))
            }
            let template = try await desk.store.read { db in
                try db.first("SELECT id FROM week_template") { try $0[0] as ID<WeekTemplate> }
            }
            let fields = [
                ("agent", world.colleague.id.description), ("template", try #require(template).description), ("date", "2026-12-14"),
            ]
            try await desk.ask(as: manager) { client in
                let many = try await client.post("/agenda/week-templates/application", fields + [("weeks", "99")])
                #expect(many.status == .unprocessableContent)
                let laid = try await client.post("/agenda/week-templates/application", fields + [("weeks", "2")])
                #expect(laid.status == .seeOther, "\(laid.text)")
            }
            #expect(try await desk.store.read { db in try Opening.of(world.colleague.id, of: 64, in: db).count } == 12)
        }
    }
}
