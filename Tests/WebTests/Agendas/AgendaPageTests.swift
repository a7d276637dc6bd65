import Core
import Foundation
import HTTPTypes
import HummingbirdTesting
import Scheduling
import Store
import TestKit
import Testing

@testable import Web

@Suite("Agenda pages")
struct AgendaPageTests {
    static let samples: [(name: String, page: any Page)] = [
        ("week", AgendaPage.sample), ("day", AgendaPage.sampleDay), ("site", TogetherPage.sample), ("month", AgendaPage.sampleMonth),
        ("list", AgendaPage.sampleList),
        ("together-week", TogetherPage.sampleWeek), ("together-month", TogetherPage.sampleMonth), ("groups", AgendaGroupsPage.sample),
        ("group", AgendaGroupPage.sample), ("preferences", PreferencePage.sample), ("changes", ChangesPage.sample),
        ("to-close", ToClosePage.sample),
        ("openings", OpeningsPage.sample), ("opening", OpeningFormPage.sample), ("absences", AbsencesPage.sample),
        ("absence", AbsenceFormPage.sample), ("away-today", AwayTodayPage.sample), ("to-tell", ToTellPage.sample),
        ("closures", ClosuresPage.sample),
        ("closure", ClosurePage.sample), ("one-day", OccurrencePage<Opening>.sample), ("bascules", BasculesPage.sample),
        ("new-bascule", NewBasculePage.sample), ("bascule", BasculePage.sample), ("handover", HandoverPage.sample),
        ("week-templates", WeekTemplatesPage.sample), ("day-list", DayListPage.sample),
        ("messages", EnvoisPage.sample), ("to-call", ToCallPage.sample), ("gateways", GatewaysPage.sample),
        ("costs", MessageCostsPage.sample),
        ("replies", RepliesPage.sample),
        ("campaigns", CampaignsPage.sample), ("campaign", CampaignPage.sample), ("prepared-campaign", CampaignPage.prepared),
        ("new-campaign", CampaignFormPage.sample), ("unreached", CampaignUnreachedPage.sample), ("campaign-rule", CampaignRulePage.sample),
    ]

    @Test("stand well: one title, unique ids, labels that lead somewhere, nothing inline", arguments: samples.map(\.name))
    func structure(name: String) throws {
        let page = try #require(Self.samples.first { $0.name == name }?.page)
        let frame = Frame(brand: .init(name: "Pays de l’Adour"), search: .init())
        let html = Layout(page: page, frame: frame, nonce: "n", notice: nil, assets: try Assets()).html.text
        #expect(html.matches(of: /<h1>/).count == 1)
        let ids = html.matches(of: /\ id="([^"]+)"/).map { String($0.1) }
        #expect(Set(ids).count == ids.count)
        for target in html.matches(of: /\ (?:for|aria-labelledby)="([^"]+)"/).map({ String($0.1) }) {
            #expect(ids.contains(target), "\(target)")
        }
        #expect(!html.contains(" style=") && !html.contains("v=missing"))
        #expect(html.contains("<h1>\(page.title)</h1>"))
    }

    @Test("the week shows each appointment with hour, person, how and why, and links to it", arguments: Engine.available)
    func week(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let appointment = try await desk.book(World.at(1, 9, 30))
            let worker = desk.world.worker
            let html = try await desk.ask(as: worker) { try await $0.get("/agenda/agents/\(worker.id)?date=2026-12-01").text }
            #expect(html.contains("Semaine du 30\u{A0}novembre"))
            #expect(html.contains("<b>9\u{A0}h\u{A0}30 · Jeanne Lacoste</b>"))
            #expect(html.contains("Téléphone · Premier contact RSA"))
            #expect(html.contains("href=\"/appointments/\(appointment.id)\""))
            #expect(html.contains("href=\"tel:+33639981234\""))
            #expect(html.contains("data-events=\"/agenda/events?agents=\(worker.id)&amp;version=1\""))
            #expect(html.contains("agent=\(worker.id)&amp;date=2026-12-01&amp;at=10%3A00"), "free time leads to booking")
        }
    }

    @Test("what may not be seen is only « Occupé »", arguments: Engine.available)
    func masks(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let visit = Reason(serviceID: desk.world.pmi.id, name: "Visite postnatale", minutes: 60, how: .home)
            try await desk.addMidwife(visit)
            let acting = try await desk.world.acting(desk.midwife, in: desk.store)
            let booking = Booking(
                reasonID: visit.id, agentID: desk.midwife.id, personIDs: [desk.world.person.id], startsAt: World.at(1, 9),
                organizationID: desk.world.organization.id)
            _ = try await booking.book(by: acting, at: World.now, in: desk.store)
            let paths = [
                "/agenda/agents/\(desk.midwife.id)?date=2026-12-01", "/agenda/agents/\(desk.midwife.id)?view=day&date=2026-12-01",
                "/agenda/sites/\(desk.world.site.id)?date=2026-12-01", "/api/v1/agendas/\(desk.midwife.id)?from=2026-12-01",
            ]
            for path in paths {
                let answer = try await desk.ask(as: desk.world.worker) { try await $0.get(path) }
                #expect(answer.status == .ok, "\(path)")
                #expect(answer.text.contains(path.hasPrefix("/api") ? "\"busy\":[{" : "Occupé"), "\(path)")
                for word in ["Lacoste", "postnatale", "PMI", desk.world.person.id.description] {
                    #expect(!answer.text.contains(word), "\(word) in \(path)")
                }
            }
        }
    }

    @Test("someone else’s agenda is not found; a wrong date or view is said", arguments: Engine.available)
    func refusals(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let other = try await World.make(in: desk.store, territoryID: 65)
            let expected: [(String, HTTPResponse.Status)] = [
                ("/agenda/agents/\(other.worker.id)", .notFound), ("/agenda/agents/\(ID<Agent>.new())", .notFound),
                ("/agenda/agents/x", .notFound), ("/agenda/sites/\(other.site.id)", .notFound),
                ("/agenda/events?agents=\(other.worker.id)", .notFound), ("/agenda/events?agents=x", .notFound),
                ("/agenda/events", .notFound), ("/agenda/openings?agent=\(other.worker.id)", .notFound),
                ("/api/v1/agendas/\(other.worker.id)", .notFound), ("/api/v1/openings?agent=\(other.worker.id)", .notFound),
                ("/api/v1/absences?agent=\(other.worker.id)", .notFound),
                ("/agenda?date=2026-02-30", .unprocessableContent), ("/agenda?date=9999-01-01", .unprocessableContent),
                ("/agenda?view=year", .unprocessableContent),
                ("/api/v1/agendas/\(desk.world.worker.id)?from=2026-01-01&to=2026-12-31", .unprocessableContent),
            ]
            try await desk.ask(as: desk.world.worker) { client in
                for (path, status) in expected {
                    let answer = try await client.get(path)
                    #expect(answer.status == status, "\(path)")
                }
            }
        }
    }

    @Test("an empty day of a house leads to the next on which somebody receives", arguments: Engine.available)
    func nextDay(on engine: Engine) async throws {
        try await AgendaDesk.with(engine) { desk in
            let path = "/agenda/sites/\(desk.world.site.id)"
            let sunday = try await desk.ask(as: desk.world.reception) { try await $0.get("\(path)?date=2026-11-29").text }
            #expect(sunday.contains("Personne ne reçoit ici ce jour-là") && sunday.contains("Aller au lundi 30\u{A0}novembre"))
            #expect(sunday.contains("date=2026-11-30"))
            let monday = try await desk.ask(as: desk.world.reception) { try await $0.get("\(path)?date=2026-11-30").text }
            #expect(!monday.contains("Personne ne reçoit ici") && !monday.contains("Aller au lundi"))
        }
    }

    @Test("reception lands on its site, agents side by side; a worker on their own week", arguments: Engine.available)
    func home(on engine: Engine) async throws {
        try await AgendaDesk.with(engine, now: World.at(0, 8)) { desk in
            let mine = try await desk.ask(as: desk.world.worker) { try await $0.get("/agenda").text }
            #expect(mine.contains("<h1>Semaine du 30\u{A0}novembre</h1>"))
            let ours = try await desk.ask(as: desk.world.reception) { try await $0.get("/agenda").text }
            #expect(ours.contains("<h1>Lundi 30\u{A0}novembre</h1>"))
            for name in ["Maïté Ithurralde", "Beñat Idiart"] { #expect(ours.contains(">\(name)<small>"), "\(name)") }
            #expect(!ours.contains(">Odile Bordenave<small>"))
        }
    }

    @Test(
        "« à renseigner » lists the past ones with one press for each status, and « manqué » after enough calls",
        arguments: Engine.available)
    func toClose(on engine: Engine) async throws {
        try await AgendaDesk.with(engine, now: World.at(1, 8)) { desk in
            let appointment = try await desk.book(World.at(0, 9))
            let before = try await toClose(desk)
            #expect(before.contains("action=\"/appointments/\(appointment.id)/status\""))
            #expect(before.contains("name=\"status\" value=\"attended\"") && !before.contains("value=\"missed\""))
            let acting = try await desk.world.acting(desk.world.worker, in: desk.store)
            try await desk.store.write { db in
                for minute in [0, 10] { try CallAttempt.record(for: appointment, by: acting, at: World.at(0, 9, minute), in: db) }
            }
            let called = try await toClose(desk)
            #expect(called.contains("value=\"missed\""))
            try await appointment.close(.attended, for: desk.world.person.id, by: acting, at: World.at(1, 8), in: desk.store)
            let after = try await toClose(desk)
            #expect(after.contains("Tout est renseigné"))
        }
    }

    private func toClose(_ desk: AgendaDesk) async throws -> String {
        try await desk.ask(as: desk.world.worker) { try await $0.get("/agenda/to-close").text }
    }
}
