import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Opening and absence pages")
struct OpeningPageTests {
    private func fields(_ desk: AgendaDesk, _ changes: [String: String] = [:]) -> [(String, String)] {
        let usual = [
            "agent": desk.world.worker.id.description, "organization": desk.world.organization.id.description,
            "site": desk.world.site.id.description, "reasons": desk.world.reason.id.description, "date": "2026-12-03", "from": "17:00",
            "to": "18:00", "repeat": "weekly", "every": "2", "weekdays": "4", "until": "2027-06-30",
        ]
        return usual.merging(changes) { $1 }.map { ($0.key, $0.value) }
    }

    @Test("an opening is created from the form, listed in a sentence, changed and deleted", arguments: Engine.available)
    func lifecycle(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let form = fields(desk)
            let created = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/openings", form) }
            #expect(created.status == .seeOther)
            #expect(created.headers[.location] == "/agenda/openings?agent=\(desk.world.worker.id)")
            let list = try await desk.ask(as: desk.world.worker) { try await $0.get("/agenda/openings").text }
            let sentence = "Un jeudi sur deux, de 17 h à 18 h, à partir du 3 décembre, jusqu’au 30 juin 2027 · Orthez"
            #expect(list.replacing("\u{A0}", with: " ").contains(sentence))
            let found = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db) }
            let opening = try #require(found.first { $0.stretch.from == 1020 })
            let longer = fields(desk, ["to": "18:30"])
            try await desk.ask(as: desk.world.worker) { client in
                let page = try await client.get("/agenda/openings/\(opening.id)").text
                #expect(page.contains("value=\"17:00\"") && page.contains("value=\"weekly\" checked"))
                let changed = try await client.post("/agenda/openings/\(opening.id)", longer)
                #expect(changed.status == .seeOther)
                let list = try await client.get("/agenda/openings").text
                #expect(list.contains("de 17\u{A0}h à 18\u{A0}h\u{A0}30"))
                let deleted = try await client.post("/agenda/openings/\(opening.id)/deletion", [])
                #expect(deleted.status == .seeOther)
                let gone = try await client.get("/agenda/openings/\(opening.id)")
                #expect(gone.status == .notFound)
            }
        }
    }

    @Test("a refused form keeps what was typed and says beside the field what is wrong", arguments: Engine.available)
    func refused(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let wrong: [(field: String, changes: [String: String])] = [
                ("to", ["to": "16:00"]), ("from", ["from": "25:00"]), ("date", ["date": "2026-02-30"]), ("weekdays", ["weekdays": ""]),
                ("until", ["until": "2026-11-30"]), ("from", ["date": "2027-03-28", "repeat": "once", "from": "02:30", "to": "04:00"]),
                ("every", ["every": "beaucoup"]), ("reasons", ["reasons": ""]),
            ]
            for one in wrong {
                let form = fields(desk, one.changes)
                let answer = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/openings", form) }
                #expect(answer.status == .unprocessableContent, "\(one)")
                #expect(answer.text.contains("id=\"f-\(one.field)-error\""), "\(one)")
                #expect(answer.text.contains("value=\"\(one.changes["date"] ?? "2026-12-03")\""), "\(one)")
            }
            let count = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db) }.count
            #expect(count == 2, "nothing half-written")
        }
    }

    @Test("filling a colleague’s agenda is forbidden, and a stranger’s is not found", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let form = fields(desk, ["agent": desk.world.colleague.id.description])
            let colleague = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/openings", form) }
            #expect(colleague.status == .forbidden)
            let nobody = fields(desk, ["agent": ID<Agent>.new().description])
            let unknown = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/openings", nobody) }
            #expect(unknown.status == .notFound)
            for path in ["/agenda/openings/new", "/agenda/absences/new"] {
                let answer = try await desk.ask(as: desk.world.worker) { try await $0.get(path + "?agent=\(desk.world.colleague.id)") }
                #expect(answer.status == .forbidden, "\(path)")
            }
        }
    }

    @Test("an absence shows what it covers before it is saved, and lists it afterwards", arguments: Engine.available)
    func absence(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let appointment = try await desk.book(World.at(0, 9))
            let fields = [("agent", desk.world.worker.id.description), ("title", "Formation"), ("date", "2026-11-30"), ("repeat", "once")]
            let first = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/absences", fields) }
            #expect(first.status == .ok)
            for words in [
                "1\u{A0}rendez-vous à venir tombe pendant cette absence", "Jeanne Lacoste", "value=\"Formation\"", "Laisser à l’agenda",
                "Annuler, avec un message",
            ] { #expect(first.text.contains(words), "\(words)") }
            let none = try await desk.store.read { db in try Absence.of(desk.world.worker.id, of: 64, in: db) }
            #expect(none.isEmpty)
            let second = try await desk.ask(as: desk.world.worker) { try await $0.post("/agenda/absences", fields + [("covers", "1")]) }
            let location = try #require(second.headers[.location])
            try await desk.ask(as: desk.world.worker) { client in
                let page = try await client.get(location).text
                #expect(page.contains("Lundi 30\u{A0}novembre, toute la journée"))
                #expect(page.contains("href=\"/appointments/\(appointment.id)\""))
                let deleted = try await client.post(location + "/deletion", [])
                #expect(deleted.status == .seeOther)
                let gone = try await client.get(location)
                #expect(gone.status == .notFound)
            }
        }
    }
}

@Suite("The agenda API")
struct AgendaAPITests {
    @Test("creates, lists, changes and deletes an opening as the pages do", arguments: Engine.available)
    func openings(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let body = """
                {"organization": "\(desk.world.organization.id)", "site": "\(desk.world.site.id)", "reasons": ["\(desk.world.reason.id)"],
                 "date": "2026-12-03", "from": "17:00", "to": "18:00"}
                """
            let patch = #"{"repeat": "monthly", "nth": -1, "weekdays": [5], "until": "2027-06-30", "site": null}"#
            try await desk.ask(as: desk.world.worker) { client in
                let created = try await client.send(.post, "/api/v1/openings", json: body)
                #expect(created.status == .created, "\(created.text)")
                let location = try #require(created.headers[.location])
                let changed = try await client.send(.patch, location, json: patch).text
                for part in [
                    #""repeat":"monthly""#, #""nth":-1"#, #""weekdays":[5]"#, #""until":"2027-06-30""#, #""from":"17:00""#, #""site":null"#,
                ] { #expect(changed.contains(part), "\(part) in \(changed)") }
                let list = try await client.get("/api/v1/openings").text
                #expect(list.contains(changed))
                let deleted = try await client.send(.delete, location)
                #expect(deleted.status == .noContent)
                let again = try await client.send(.delete, location)
                #expect(again.status == .notFound)
            }
        }
    }

    @Test("names the field at fault, and writes nothing", arguments: Engine.available)
    func wrong(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let wrong = [
                (#"{"until": "hier"}"#, "until"), (#"{"to": "08:00"}"#, "to"), (#"{"colour": "red"}"#, "colour"),
                (#"{"weekdays": [8]}"#, "weekdays.0"), (#"{"every": "2"}"#, "every"), (#"{"from": null}"#, "from"),
                (#"{"from": "9h"}"#, "from"), (#"{"repeat": "yearly"}"#, "repeat"), (#"{"reasons": []}"#, "reasons"),
            ]
            let before = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db) }
            try await desk.ask(as: desk.world.worker) { client in
                for (body, field) in wrong {
                    let answer = try await client.send(.patch, "/api/v1/openings/\(before[0].id)", json: body)
                    #expect(answer.status == .unprocessableContent, "\(body): \(answer.text)")
                    #expect(answer.text.contains("\"\(field)\":"), "\(body): \(answer.text)")
                }
            }
            let after = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db) }
            #expect(after == before)
        }
    }

    @Test("gives absences of several days, with what they cover", arguments: Engine.available)
    func absences(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let appointment = try await desk.book(World.at(0, 9))
            let body = #"{"title": "Congés", "date": "2026-11-30", "from": "00:00", "end_date": "2026-12-04", "to": "24:00"}"#
            try await desk.ask(as: desk.world.worker) { client in
                let created = try await client.send(.post, "/api/v1/absences", json: body)
                #expect(created.status == .created, "\(created.text)")
                for part in [
                    #""end_date":"2026-12-04""#, #""to":"24:00""#, "\"covers\":{\"appointments\":[\"\(appointment.id)\"],\"hidden\":0}",
                ] {
                    #expect(created.text.contains(part), "\(part) in \(created.text)")
                }
                let location = try #require(created.headers[.location])
                let shorter = try await client.send(.patch, location, json: #"{"end_date": null}"#)
                #expect(shorter.text.contains(#""end_date":"2026-11-30""#), "\(shorter.text)")
                let agenda = try await client.get("/api/v1/agendas/\(desk.world.worker.id)?from=2026-11-30&to=2026-11-30").text
                #expect(agenda.contains(#""title":"Congés""#) && agenda.contains(appointment.id.description))
                #expect(agenda.contains(#""starts_at":"2026-11-30T08:00:00Z""#), "\(agenda)")
                #expect(!agenda.contains("said"))
            }
        }
    }
}
