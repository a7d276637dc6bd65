import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("An agent’s calendar, read elsewhere")
struct AgentFeedTests {
    @Test("says when and how, never why nor with whom", arguments: Engine.available)
    func how(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let appointment = try await one.book(0, 9)
            let away = StretchDraft(date: World.monday, from: 14 * 60, to: 15 * 60, pattern: .weekly(every: 1, on: [.monday]))
            _ = try await Absence.create(
                AbsenceDraft(agentID: one.world.worker.id, title: "Kinésithérapeute", stretch: away), by: one.worker, at: World.now,
                in: one.store)
            let calendar = try #require(try await one.read(try await one.renew()))
            let first = try #require(calendar.events.first)
            #expect(first.uid == "\(appointment.id)" && first.time == appointment.time && first.sequence == 0)
            #expect(first.summary == "Rendez-vous par téléphone" && first.location.isEmpty && first.description.isEmpty)
            let absences = calendar.events.filter { $0.summary == "Occupé" }
            #expect(absences.count == 27 && absences.first?.time == World.at(0, 14)..<World.at(0, 15))
            #expect(Set(absences.map(\.uid)).count == absences.count)
            for word in ["Lacoste", "Jeanne", "RSA", "contact", "Kiné", "39981234"] { #expect(!calendar.text.contains(word)) }
        }
    }

    @Test("says less or more when its agent chooses, and never names who comes for something sensitive", arguments: Engine.available)
    func names(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let site = try await one.reason("Entretien", how: .site)
            let discreet = try await one.reason("Écoute", how: .phone) { $0.isDiscreet = true }
            let child = try await one.reason("Bilan de 4 ans", how: .phone) { $0.isForChild = true }
            _ = try await one.book(0, 9)
            _ = try await one.book(0, 10) { ($0.reasonID, $0.phone) = (site.id, nil) }
            _ = try await one.book(0, 11) { $0.reasonID = discreet.id }
            _ = try await one.book(0, 14) { $0.reasonID = child.id }
            let secret = try await one.renew(.names)
            let told = try #require(try await one.read(secret)).events
            #expect(
                told.map(\.summary) == [
                    "Rendez-vous par téléphone\u{A0}: Jeanne Lacoste", "Rendez-vous sur place\u{A0}: Jeanne Lacoste",
                    "Rendez-vous par téléphone", "Rendez-vous par téléphone",
                ])
            #expect(told.map(\.location) == ["", "1 rue des Essais, Orthez", "", ""])
            try await one.store.write { db in
                try db.run("UPDATE service SET secret = TRUE WHERE id = \(one.world.social.id)")
            }
            #expect(try #require(try await one.read(secret)).text.contains("Lacoste") == false)
            try await one.store.write { db in try CalendarFeed.show(.busy, by: one.worker, at: World.now, in: db) }
            let busy = try #require(try await one.read(secret)).events
            #expect(Set(busy.map { $0.summary + $0.location }) == ["Occupé"] && busy.count == 4)
        }
    }

    @Test("follows what moves under one name, and lets go what is cancelled", arguments: Engine.available)
    func changes(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let appointment = try await one.book(0, 9), secret = try await one.renew()
            let later = World.now.adding(minutes: 10)
            let moved = try await appointment.move(
                to: .init(agentID: one.world.worker.id, startsAt: World.at(1, 15)), by: one.reception, at: later, in: one.store)
            let event = try #require(try await one.read(secret)?.events.first)
            #expect(event.uid == "\(appointment.id)" && event.sequence == 1 && event.changedAt == later && event.time == moved.time)
            try await moved.close(.cancelledByPerson, for: one.world.person.id, why: "", by: one.reception, at: later, in: one.store)
            #expect(try await one.read(secret)?.events == [])
        }
    }

    @Test("holds the appointments of pairs too, and only some months", arguments: Engine.available)
    func window(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let colleague = try await one.world.acting(one.world.colleague, in: one.store)
            let pair = try await one.book(0, 9) { $0.colleagueIDs = [one.world.colleague.id] }
            _ = try await one.book(300, 9) { $0.colleagueIDs = [one.world.colleague.id] }
            let secret = try await one.renew(by: colleague)
            #expect(try await one.read(secret)?.events.map(\.uid) == ["\(pair.id)"])
            #expect(try await one.read(secret, at: World.at(40, 9))?.events == [])
            #expect(try await one.read(secret, at: World.at(200, 9))?.events.count == 1)
        }
    }

    @Test("opens to its secret alone, until another is made or its agent leaves", arguments: Engine.available)
    func secrets(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let first = try await one.renew(), second = try await one.renew(.busy)
            #expect(try await one.read(second) != nil)
            for other in [first, second + "x", ""] { #expect(try await one.read(other) == nil) }
            let kept = try await one.store.read { db in try db.all("SELECT secret FROM calendar_feed") { try $0[0] as [UInt8] } }
            #expect(kept == [SecretToken.digest(of: second)], "one address, and no word of it")
            try await one.store.write { db in try CalendarFeed.revoke(by: one.worker, at: World.now, in: db) }
            #expect(try await one.read(second) == nil)
            await #expect(throws: Refusal.noCalendarFeed) {
                try await one.store.write { db in try CalendarFeed.revoke(by: one.worker, at: World.now, in: db) }
            }
            let third = try await one.renew()
            try await one.store.write { db in
                try Agent.shutOut(one.world.worker.id, of: one.world.territory.id, by: .system, at: World.now, in: db)
            }
            #expect(try await one.read(third) == nil)
            let fourth = try await one.renew()
            try await one.store.write { db in
                try db.run("DELETE FROM opening_reason")
                try db.run("DELETE FROM opening")
                try db.run("UPDATE agent SET disabled_at = 1 WHERE id = \(one.world.worker.id)")
            }
            #expect(try await one.read(fourth) == nil)
        }
    }

    @Test("is for who has an agenda, and a token that may not everything makes none", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            await #expect(throws: Refusal.forbidden) { _ = try await one.renew(by: one.reception) }
            let program = Acting(
                territory: one.world.territory, agent: one.world.worker, roles: one.worker.roles,
                scopes: .init([.appointments: .write]))
            await #expect(throws: Refusal.tokenScope) { _ = try await one.renew(by: program) }
        }
    }

    @Test("notes each hour of reading, in the journal where names are said", arguments: Engine.available)
    func reading(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let secret = try await one.renew(.names)
            for minutes in [0, 20, 59, 61] { _ = try await one.read(secret, at: World.now.adding(minutes: minutes)) }
            let feed = try #require(try await one.store.read { db in try CalendarFeed.own(of: one.worker, in: db) })
            #expect(feed.readAt == World.now.adding(minutes: 61))
            let acts = try await one.store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(feed.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "exported", "exported"])
        }
    }

    @Test("is one an agent, their own, by the schema’s own rules", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            _ = try await one.renew()
            let (worker, colleague) = (one.world.worker.id, one.world.colleague.id), person = one.world.person.id
            let none: ID<Agent>? = nil
            let wrong: [(agent: ID<Agent>?, person: ID<Person>?, by: ID<Agent>, shows: String, rule: String)] = [
                (worker, nil, worker, "how", "calendar_feed_of_agent"), (colleague, nil, worker, "how", "calendar_feed_own"),
                (colleague, person, colleague, "how", "calendar_feed_holder"), (none, nil, worker, "how", "calendar_feed_holder"),
                (none, person, worker, "names", "calendar_feed_of_person_shows"), (colleague, nil, colleague, "all", "calendar_feed_shows"),
            ]
            for (index, row) in wrong.enumerated() {
                let violation = await #expect(throws: ConstraintViolation.self) {
                    try await one.store.write { db in
                        try db.run(
                            """
                            INSERT INTO calendar_feed (territory_id, id, secret, agent_id, person_id, shows, created_at, created_by)
                            VALUES (\(one.world.territory.id), \(ID<CalendarFeed>.new()),
                              \(Array(repeating: UInt8(index), count: 32)), \(row.agent), \(row.person), \(row.shows), 0, \(row.by))
                            """)
                    }
                }
                #expect(violation?.name == row.rule)
            }
        }
    }
}
