import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import NIOCore
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("The day’s list, printed and downloaded")
struct DayListPageTests {
    private func paths(_ desk: AgendaDesk, of agent: Agent) -> [String] {
        let places = ["agents/\(agent.id)", "sites/\(desk.world.site.id)"]
        return places.flatMap { ["/agenda/\($0)/list?date=2026-12-01", "/agenda/\($0)/list.csv?date=2026-12-01"] }
    }

    private func exports(about subject: UUID, _ desk: AgendaDesk) async throws -> Int {
        try await desk.store.read { db in
            try db.all(
                "SELECT id FROM journal_header WHERE territory_id = 64 AND subject_id = \(subject) AND act = \(Journal.Act.exported)"
            ) { try $0[0] as ID<Journal> }.count
        }
    }

    @Test("says who, when, what for and the number, never what they said, and each is journalled", arguments: Engine.available)
    func shows(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let acting = try await desk.world.acting(desk.world.worker, in: desk.store)
            var booking = desk.world.booking(at: World.at(1, 9, 30))
            booking.said = "En confidence."
            _ = try await booking.book(by: acting, at: World.now, in: desk.store)
            for (number, path) in paths(desk, of: desk.world.worker).enumerated() {
                let answer = try await desk.ask(as: desk.world.worker) { try await $0.get(path) }
                #expect(answer.status == .ok, "\(path)")
                for word in ["Jeanne Lacoste", "Premier contact RSA", "Maïté Ithurralde", Format.phone("+33639981234")] {
                    #expect(answer.text.contains(word), "\(word) in \(path)")
                }
                #expect(!answer.text.contains("En confidence"), "\(path)")
                #expect(try await exports(about: desk.world.person.id.uuid, desk) == number + 1, "\(path)")
            }
            #expect(try await exports(about: desk.world.worker.id.uuid, desk) == 2)
            #expect(try await exports(about: desk.world.site.id.uuid, desk) == 2)
        }
    }

    @Test("as a file is a CSV that a spreadsheet opens, and runs nothing", arguments: Engine.available)
    func file(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            _ = try await desk.book(World.at(1, 9, 30))
            try await desk.store.write { db in
                try db.run("UPDATE person SET first_name = '=HYPERLINK(1)' WHERE id = \(desk.world.person.id)")
            }
            let path = "/agenda/agents/\(desk.world.worker.id)/list.csv?date=2026-12-01"
            let answer = try await desk.ask(as: desk.world.worker) { try await $0.get(path) }
            #expect(answer.headers[.contentType] == "text/csv; charset=utf-8")
            #expect(answer.headers[.contentDisposition] == "attachment; filename=\"liste-2026-12-01.csv\"")
            #expect(Array(answer.body.readableBytesView.prefix(3)) == [0xEF, 0xBB, 0xBF])
            #expect(answer.text.contains("2026-12-01;09:30;10:00;Maïté Ithurralde;'=HYPERLINK(1) Lacoste;;Premier contact RSA;"))
        }
    }

    @Test("hides the reasons and people of the PMI as the agenda does", arguments: Engine.available)
    func masks(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let visit = Reason(serviceID: desk.world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home)
            try await desk.addMidwife(visit)
            let acting = try await desk.world.acting(desk.midwife, in: desk.store)
            let booking = Booking(
                reasonID: visit.id, agentID: desk.midwife.id, personIDs: [desk.world.person.id], startsAt: World.at(1, 9),
                organizationID: desk.world.organization.id)
            _ = try await booking.book(by: acting, at: World.now, in: desk.store)
            for path in paths(desk, of: desk.midwife) {
                let answer = try await desk.ask(as: desk.world.worker) { try await $0.get(path) }
                #expect(answer.status == .ok && answer.text.contains("Occupé"), "\(path)")
                for word in ["Lacoste", "postnatale", "PMI", desk.world.person.id.description] {
                    #expect(!answer.text.contains(word), "\(word) in \(path)")
                }
            }
            #expect(try await exports(about: desk.world.person.id.uuid, desk) == 0)
        }
    }

    @Test("of someone else’s territory, or of an agenda one may not open, is not found", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let other = try await World.make(in: desk.store, territoryID: 65)
            let stranger = Agent(territoryID: 64, firstName: "Anne", lastName: "Lassalle")
            try await desk.store.write { db in
                try stranger.insert(at: World.now, in: db)
                try db.run("INSERT INTO membership VALUES (64, \(desk.world.elsewhere.id), \(stranger.id), \(Role.worker))")
                try db.run("INSERT INTO agent_service VALUES (64, \(stranger.id), \(desk.world.social.id))")
            }
            for path in paths(desk, of: desk.world.worker) {
                let status = try await desk.ask(as: stranger) { try await $0.get(path).status }
                #expect(status == .notFound, "\(path)")
            }
            let away = ["agents/\(other.worker.id)/list", "sites/\(other.site.id)/list.csv", "agents/x/list"]
            for path in away {
                let status = try await desk.ask(as: desk.world.worker) { try await $0.get("/agenda/\(path)").status }
                #expect(status == .notFound, "\(path)")
            }
            let wrong = try await desk.ask(as: desk.world.worker) {
                try await $0.get("/agenda/agents/\(desk.world.worker.id)/list?date=2026-02-30").status
            }
            #expect(wrong == .unprocessableContent)
        }
    }
}
