import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A person’s own appointments, read on their telephone")
struct PersonFeedTests {
    private func give(_ one: CalendarWorld, by acting: Acting? = nil) async throws -> String {
        let acting = acting ?? one.reception
        return try await one.store.write { db in
            try CalendarFeed.give(to: one.world.person.id, by: acting, at: World.now, in: db)
        }.text
    }

    /// A site with a number, and a reason on site.
    private func furnish(_ one: CalendarWorld) async throws -> Reason {
        try await one.store.write { db in
            try db.run("UPDATE site SET phone = '+33536490012' WHERE id = \(one.world.site.id)")
            try db.run("UPDATE organization SET phone = '+33536490013' WHERE id = \(one.world.organization.id)")
        }
        return try await one.reason("Bilan RSA", how: .site)
    }

    @Test("say when, where and whom to call, and never what for nor with whom", arguments: Engine.available)
    func neutral(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let site = try await furnish(one)
            let call = try await one.book(0, 9) { $0.siteID = nil }
            let visit = try await one.book(0, 10) { ($0.reasonID, $0.phone) = (site.id, nil) }
            let other = try await one.world.anotherPerson(in: one.store)
            _ = try await one.book(0, 11) { $0.personIDs = [other.id] }
            let calendar = try #require(try await one.read(try await give(one)))
            #expect(calendar.events.map(\.uid) == ["\(call.id)", "\(visit.id)"])
            #expect(calendar.events.map(\.location) == ["", "1 rue des Essais, Orthez"])
            #expect(
                calendar.events.map(\.description) == [
                    "Nous vous appelons.\nPour déplacer ou annuler, appelez le 05\u{A0}36\u{A0}49\u{A0}00\u{A0}13.",
                    "Pour déplacer ou annuler, appelez le 05\u{A0}36\u{A0}49\u{A0}00\u{A0}12.",
                ])
            for word in ["RSA", "contact", "Bilan", "social", "Ithurralde", "Maïté", "Lacoste", "39981234"] {
                #expect(!calendar.text.contains(word), "\(word)")
            }
        }
    }

    @Test("say nothing but the hour of what is sensitive, and leave out what a minor’s parents are not told", arguments: Engine.available)
    func sensitive(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            _ = try await furnish(one)
            let discreet = try await one.reason("Écoute", how: .site) { $0.isDiscreet = true }
            let kept = try await one.reason("Planification", how: .site) { $0.isConfidentialForMinors = true }
            _ = try await one.book(0, 9) { ($0.reasonID, $0.phone) = (discreet.id, nil) }
            _ = try await one.book(0, 10) { ($0.reasonID, $0.phone) = (kept.id, nil) }
            let secret = try await give(one)
            let adult = try #require(try await one.read(secret)).events
            #expect(adult[0].summary == "Rendez-vous" && adult[0].location.isEmpty && adult[0].description.isEmpty)
            #expect(adult.count == 2 && adult[1].summary != "Rendez-vous")
            try await one.store.write { db in
                try db.run("UPDATE person SET birth_date = '2011-06-01' WHERE id = \(one.world.person.id)")
            }
            #expect(try await one.read(secret)?.events.map(\.uid) == [adult[0].uid])
            try await one.store.write { db in try db.run("UPDATE service SET secret = TRUE") }
            #expect(Set(try #require(try await one.read(secret)).events.map { $0.summary + $0.location }) == ["Rendez-vous"])
        }
    }

    @Test("are opened and closed by who may change their file", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let stranger = Acting(territory: one.world.territory, agent: one.world.colleague, roles: [one.world.elsewhere.id: [.worker]])
            let caller = Acting(territory: one.world.territory, agent: one.world.colleague, roles: [one.world.organization.id: [.caller]])
            await #expect(throws: Refusal.notFound) { _ = try await give(one, by: stranger) }
            await #expect(throws: Refusal.forbidden) { _ = try await give(one, by: caller) }
            let secrets = [try await give(one), try await give(one)]
            let given = try await given(one)
            #expect(given.count == 2 && given[0].by == "Odile Bordenave")
            await #expect(throws: Refusal.forbidden) { try await takeBack(given[0], one, by: caller) }
            try await takeBack(given[0], one, by: one.reception)
            #expect(try await one.read(secrets[1]) == nil)
            #expect(try await one.read(secrets[0])?.events == [])
            await #expect(throws: Refusal.noCalendarFeed) { try await takeBack(given[0], one, by: one.reception) }
            for _ in 1..<CalendarFeed.mostOfPerson { _ = try await give(one) }
            await #expect(throws: Refusal.tooManyCalendarFeeds) { _ = try await give(one) }
            let acts = try await one.store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(one.world.person.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "created", "deleted"] + Array(repeating: "created", count: CalendarFeed.mostOfPerson - 1))
        }
    }

    private func given(_ one: CalendarWorld) async throws -> [CalendarFeed.Given] {
        try await one.store.read { db in try CalendarFeed.given(to: one.world.person.id, of: one.world.territory.id, in: db) }
    }

    private func takeBack(_ given: CalendarFeed.Given, _ one: CalendarWorld, by acting: Acting) async throws {
        try await one.store.write { db in
            try CalendarFeed.takeBack(given.feed.id, from: one.world.person.id, by: acting, at: World.now, in: db)
        }
    }

    @Test("come by e-mail too: asked, moved, cancelled, under one name and a growing number", .readsCalendars, arguments: Engine.available)
    func invitation(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let site = try await furnish(one)
            let booked = try await one.book(0, 9) { ($0.reasonID, $0.phone) = (site.id, nil) }
            let asked = try await read(.request, booked, one)
            let first = try #require(asked.every.first)
            #expect(
                asked.method == "REQUEST" && first.status == "CONFIRMED" && first.sequence == 0 && first.start == booked.startsAt.rawValue)
            #expect(first.organizer == "mailto:rdv@example.org" && first.attendee == "mailto:jeanne@example.org")
            let moved = try await booked.move(
                to: .init(agentID: one.world.worker.id, startsAt: World.at(1, 15)), by: one.reception, at: World.now, in: one.store)
            let second = try #require(try await read(.request, booked, one).every.first)
            #expect(second.uid == first.uid && second.sequence == 1 && second.start == moved.startsAt.rawValue)
            try await moved.close(.cancelledByService, for: one.world.person.id, why: "", by: one.reception, at: World.now, in: one.store)
            let cancelled = try await read(.cancel, booked, one)
            let last = try #require(cancelled.every.first)
            #expect(cancelled.method == "CANCEL" && last.status == "CANCELLED" && last.uid == first.uid && last.sequence == 2)
            for word in ["RSA", "Bilan", "Ithurralde"] {
                #expect(!"\(first) \(last)".contains(word))
            }
            let other = try await one.world.anotherPerson(in: one.store)
            #expect(try await text(.request, booked, for: other.id, one) == nil)
        }
    }

    private func text(_ method: ICalendar.Method, _ appointment: Appointment, for person: ID<Person>, _ one: CalendarWorld) async throws
        -> String?
    {
        try await one.store.read { db in
            try Appointment.invitation(
                method, to: appointment.id, for: person, from: .init(name: "Département d’essai", email: "rdv@example.org"),
                to: .init(name: "Jeanne Lacoste", email: "jeanne@example.org"), of: one.world.territory, in: db)
        }
    }

    private func read(_ method: ICalendar.Method, _ appointment: Appointment, _ one: CalendarWorld) async throws -> ReadCalendar {
        let text = try #require(try await text(method, appointment, for: one.world.person.id, one))
        return try ReadCalendar.reading(text, in: World.at(0, 0)..<World.at(2, 0))
    }
}
