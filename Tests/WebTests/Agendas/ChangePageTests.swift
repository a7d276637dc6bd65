import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Pages of a day that changes")
struct ChangePageTests {
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ") }

    @Test("« Indisponible aujourd’hui » takes two actions, and leads to those to call", arguments: Engine.available)
    func awayToday(on engine: Engine) async throws {
        try await AgendaDesk.with(engine, now: World.at(0, 8, 15)) { desk in
            _ = try await desk.book(World.at(0, 9))
            var landline = desk.world.booking(at: World.at(0, 10))
            let silent = try await desk.world.anotherPerson(named: "Fixe", in: desk.store)
            landline.personIDs = [silent.id]
            _ = try await landline.book(
                by: try await desk.world.acting(desk.world.reception, in: desk.store), at: World.now, in: desk.store)
            let url = "/agenda/agents/\(desk.world.worker.id)"
            try await desk.ask(as: desk.world.reception) { client in
                let agenda = try await client.get(url + "?view=day").text
                #expect(agenda.contains("href=\"\(url)/away-today\""))
                let asked = plain(try await client.get(url + "/away-today").text)
                for words in ["2 rendez-vous", "Jeanne Lacoste", "message tout de suite", "Jean Fixe", "à appeler"] {
                    #expect(asked.contains(words), "\(words)")
                }
                let wrong = try await client.post(url + "/away-today", [("since", "hier")])
                #expect(wrong.status == .unprocessableContent)
                let declared = try await client.post(url + "/away-today", [("since", "day")])
                #expect(declared.status == .seeOther && declared.headers[.location] == "/agenda/to-tell")
                let list = plain(try await client.get("/agenda/to-tell").text)
                for words in [
                    "1 personne reste à prévenir", "Jean Fixe", "Non assuré par le service", "Prévenu", "Pas joint", "Beñat Idiart",
                ] {
                    #expect(list.contains(words), "\(words)")
                }
                #expect(!list.contains("Jeanne Lacoste"), "a message tells her")
                let site = plain(try await client.get("/agenda/sites/\(desk.world.site.id)").text)
                #expect(site.contains("1 personne reste à prévenir"))
            }
            let tidings = try await desk.store.read { db in
                try db.first("SELECT id FROM tidings WHERE settled_at IS NULL") { try $0[0] as ID<Tidings> }
            }
            let path = "/agenda/to-tell/\(try #require(tidings))"
            try await desk.ask(as: desk.world.reception) { client in
                let missed = try await client.post(path + "/unreached", [])
                #expect(missed.status == .seeOther)
                #expect(plain(try await client.get("/agenda/to-tell").text).contains("Pas joint : aujourd’hui à 8 h 15"))
                let slot = "\(World.at(0, 9).rawValue)_\(desk.world.colleague.id)"
                let rebooked = try await client.post(path + "/rebooking", [("slot", slot)])
                #expect(rebooked.status == .seeOther, "\(rebooked.text)")
                let again = try await client.post(path + "/told", [])
                #expect(again.status == .conflict && again.text.contains("C’est déjà fait"))
                #expect(try await client.get("/agenda/to-tell").text.contains("Tout le monde est prévenu"))
            }
        }
    }

    @Test("the bar counts those to tell in red, for who may book", arguments: Engine.available)
    func bar(on engine: Engine) async throws {
        let frame = Frame(AgendaSample.acting, .init(toTell: 3))
        let html = HeaderBar(frame: frame).html.text
        #expect(html.contains("<span class=\"count urgent\">3</span>"))
        #expect(!HeaderBar(frame: Frame(AgendaSample.acting)).html.text.contains("À prévenir"))
    }

    @Test("an absence fills in what becomes of each appointment, for all at once, then does it", arguments: Engine.available)
    func remedies(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let one = try await desk.book(World.at(0, 9))
            let fields = [("agent", desk.world.worker.id.description), ("date", "2026-11-30"), ("repeat", "once")]
            try await desk.ask(as: desk.world.worker) { client in
                let shown = try await client.post("/agenda/absences", fields).text
                let move = "\(World.at(0, 9).rawValue)_\(desk.world.colleague.id)"
                #expect(shown.contains("value=\"\(move)\"") && shown.contains("Même heure, avec Beñat Idiart"))
                let bulk = fields + [("covers", "1"), ("remedy_all", "colleague"), ("apply", "on"), ("remedy-\(one.id)", "keep")]
                let filled = try await client.post("/agenda/absences", bulk).text
                #expect(filled.contains("value=\"\(move)\" selected"))
                let saved = try await client.post("/agenda/absences", fields + [("covers", "1"), ("remedy-\(one.id)", move)])
                #expect(saved.status == .seeOther, "\(saved.text)")
            }
            let after = try await desk.store.read { db in
                try Appointment.find(one.id, seenBy: try Acting.load(desk.world.colleague.id, of: 64, in: db)!, in: db)
            }
            #expect(after.agentID == desk.world.colleague.id)
        }
    }

    @Test("one day of an opening is changed from its own page; a day that is none is not found", arguments: Engine.available)
    func days(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let opening = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db)[0] }
            let url = "/agenda/openings/\(opening.id)"
            try await desk.ask(as: desk.world.worker) { client in
                let page = try await client.get(url).text
                #expect(page.contains("href=\"\(url)/days/2026-12-01\""))
                let day = try await client.get(url + "/days/2026-12-01").text
                #expect(day.contains("Celle-ci et les suivantes") && day.contains("value=\"09:00\""))
                let changed = try await client.post(
                    url + "/days/2026-12-01",
                    [("date", "2026-12-01"), ("from", "10:00"), ("to", "11:00"), ("scope", "one"), ("version", "0")])
                #expect(changed.status == .seeOther, "\(changed.text)")
                #expect(plain(try await client.get(url).text).contains("de 10 h à 11 h"))
                let stale = try await client.post(
                    url + "/days/2026-12-02",
                    [("date", "2026-12-02"), ("from", "10:00"), ("to", "11:00"), ("scope", "one"), ("version", "0")])
                #expect(stale.status == .conflict && stale.text.contains("Quelqu’un l’a changée"))
                let saturday = try await client.get(url + "/days/2026-12-05")
                #expect(saturday.status == .notFound)
                let added = try await client.post(url + "/days", [("date", "2026-12-05"), ("from", "09:00"), ("to", "10:00")])
                #expect(added.status == .seeOther, "\(added.text)")
                let deleted = try await client.post(url + "/days/2026-12-03/deletion", [("scope", "one")])
                #expect(deleted.status == .seeOther)
                #expect(plain(try await client.get(url).text).contains("supprimé"))
            }
        }
    }

    @Test("the second to change an opening is shown what the first changed, and keeps what was typed", arguments: Engine.available)
    func meanwhile(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let opening = try await desk.store.read { db in try Opening.of(desk.world.worker.id, of: 64, in: db)[0] }
            let fields: @Sendable (String) -> [(String, String)] = { to in
                [
                    ("agent", desk.world.worker.id.description), ("organization", desk.world.organization.id.description),
                    ("site", desk.world.site.id.description), ("reasons", desk.world.reason.id.description), ("date", "2026-11-30"),
                    ("from", "09:00"), ("to", to), ("repeat", "weekly"), ("every", "1"), ("version", "0"),
                ] + (1...5).map { ("weekdays", String($0)) }
            }
            try await desk.ask(as: desk.world.worker) { client in
                let first = try await client.post("/agenda/openings/\(opening.id)", fields("11:00"))
                #expect(first.status == .seeOther, "\(first.text)")
                let second = try await client.post("/agenda/openings/\(opening.id)", fields("11:30"))
                #expect(second.status == .conflict)
                let text = plain(second.text)
                for words in [
                    "Changée entre-temps par Maïté Ithurralde", "l’heure de fin", "de 9 h à 11 h", "value=\"11:30\"",
                    "name=\"version\" value=\"1\"",
                ] {
                    #expect(text.contains(words), "\(words)")
                }
            }
        }
    }

    @Test("an opening at the same hours as another warns once", arguments: Engine.available)
    func overlaps(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let fields = [
                ("agent", desk.world.worker.id.description), ("organization", desk.world.organization.id.description),
                ("site", desk.world.site.id.description), ("reasons", desk.world.reason.id.description), ("date", "2026-11-30"),
                ("from", "11:00"), ("to", "13:00"), ("repeat", "once"),
            ]
            try await desk.ask(as: desk.world.worker) { client in
                let warned = try await client.post("/agenda/openings", fields)
                #expect(warned.status == .ok && warned.text.contains("Une autre plage est déjà ouverte"))
                let saved = try await client.post("/agenda/openings", fields + [("overlaps", "1")])
                #expect(saved.status == .seeOther)
            }
        }
    }

    @Test("a closure and a bascule are shown before they are done, to those responsible", arguments: Engine.available)
    func houses(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let world = desk.world
            let manager = Agent(territoryID: 64, firstName: "Paul", lastName: "Barrère")
            let onSite = Reason(serviceID: world.social.id, name: "Accès aux droits", minutes: 30, how: .site)
            try await desk.store.write { db in
                try manager.insert(at: World.now, in: db)
                try onSite.insert(of: 64, in: db)
                try db.run("INSERT INTO membership VALUES (\(64), \(world.organization.id), \(manager.id), \(Role.manager))")
            }
            var booking = world.booking(at: World.at(0, 9))
            booking.reasonID = onSite.id
            let booked = try await booking.book(by: try await world.acting(manager, in: desk.store), at: World.now, in: desk.store)
            let closure = [
                ("title", "Travaux"), ("where", "site:\(world.site.id)"), ("date", "2026-11-30"), ("repeat", "once"),
            ]
            let bascule = [
                ("site", world.site.id.description), ("service", world.social.id.description), ("from", "2026-11-30"), ("to", "2026-12-04"),
                ("homes", "on"), ("why", "Canicule"),
            ]
            for path in ["/agenda/closures/new", "/agenda/bascules", "/agenda/bascules/new"] {
                #expect(try await desk.ask(as: world.worker) { try await $0.get(path).status } == .forbidden)
            }
            try await desk.ask(as: manager) { client in
                let preview = plain(try await client.post("/agenda/bascules", bascule).text)
                #expect(preview.contains("1 personne") && preview.contains("name=\"seen\" value=\"1\""))
                let done = try await client.post("/agenda/bascules", bascule + [("seen", "1")])
                let location = try #require(done.headers[.location])
                #expect(plain(try await client.get(location).text).contains("Prévenues par message"))
                let reverted = try await client.post(location + "/reversal", [])
                #expect(reverted.status == .seeOther)
                #expect(try await client.get("/agenda/bascules").text.contains("rétablie"))

                let shown = try await client.post("/agenda/closures", closure).text
                #expect(shown.contains("name=\"remedy-\(booked.id)\""))
                let saved = try await client.post("/agenda/closures", closure + [("covers", "1"), ("remedy-\(booked.id)", "cancel")])
                #expect(saved.status == .seeOther, "\(saved.text)")
                #expect(try await client.get("/agenda/closures").text.contains("Travaux"))
                let agenda = plain(try await client.get("/agenda/agents/\(world.worker.id)?view=day&date=2026-11-30").text)
                #expect(agenda.contains("Fermé : Travaux"))
            }
        }
    }
}
