import Foundation
import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("A foreign calendar")
struct ForeignCalendarTests {
    private let hour = World.at(0, 9)..<World.at(0, 10)

    private func add(_ one: CalendarWorld, _ name: String = "Mairie", _ url: String = "https://exemple.fr/a.ics?jeton=abc") async throws
        -> ForeignCalendar
    {
        try await one.store.write { db in
            try ForeignCalendar.add(.init(name: name, url: url), by: one.worker, at: World.now, in: db)
        }
    }

    private func take(_ one: CalendarWorld, at now: Instant = World.now) async throws -> ForeignReading {
        try #require(try await ForeignReading.take(at: now, in: one.store))
    }

    private func record(_ outcome: ForeignReading.Outcome, _ one: CalendarWorld, at now: Instant = World.now) async throws {
        try await take(one, at: now).record(outcome, chance: 0.5, at: now, in: one.store)
    }

    private func version(_ one: CalendarWorld) async throws -> Int64 {
        try await one.store.read { db in
            try AgendaOwner.versions(of: [one.world.worker.id], of: one.world.territory.id, in: db)[one.world.worker.id] ?? -1
        }
    }

    private func standing(_ one: CalendarWorld, at now: Instant = World.now) async throws -> ForeignCalendar.Standing? {
        try await one.store.read { db in try ForeignCalendar.own(of: one.worker, in: db).first?.standing(at: now) }
    }

    private func starts(_ one: CalendarWorld, _ calendars: Calendars) async throws -> Set<Instant> {
        var query = SlotQuery(reasonID: one.world.reason.id)
        query.agentIDs = [one.world.worker.id]
        let asked = query
        let found = try await one.store.read { db in try calendars.find(asked, for: one.reception, now: World.now, in: db) }
        return Set(found.slots.map(\.start))
    }

    @Test("takes its hours out of the slots, and gives them back when they are free again", arguments: Engine.available)
    func slots(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let calendars = Calendars()
            let all = try await starts(one, calendars)
            #expect(all.contains(World.at(0, 9)) && all.contains(World.at(0, 9, 30)))
            _ = try await add(one)
            let before = try await version(one)
            try await record(.read([hour], tag: "\"1\""), one)
            #expect(try await version(one) == before + 1)
            #expect(try await starts(one, calendars) == all.subtracting([World.at(0, 9), World.at(0, 9, 30)]))
            let later = World.now.adding(minutes: 60)
            try await record(.read([hour], tag: "\"2\""), one, at: later)
            try await record(.same, one, at: later.adding(minutes: 60))
            #expect(try await version(one) == before + 1, "the same hours change nothing")
            let calendar = try #require(try await one.store.read { db in try ForeignCalendar.own(of: one.worker, in: db).first })
            try await one.store.claim { db in try ForeignCalendar.remove(calendar.id, by: one.worker, at: World.now, in: db) }
            #expect(try await starts(one, calendars) == all)
            #expect(try await version(one) == before + 2)
        }
    }

    @Test("is « Occupé » in the agenda, refuses a slot found before, and lets one write over it", arguments: Engine.available)
    func booking(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            _ = try await add(one)
            try await record(.read([hour], tag: nil), one)
            let agenda = try await one.store.read { db in
                try Agenda.read(
                    of: [one.world.worker.id], World.monday..<World.monday.adding(days: 1), seenBy: one.reception, now: World.now, in: db)
            }
            #expect(agenda.agents[0].busy == [hour] && agenda.agents[0].absences.isEmpty)
            var slot = one.world.booking(at: World.at(0, 9))
            slot.asSlot = true
            let found = slot
            await #expect(throws: Refusal.slotClosed) {
                _ = try await found.book(by: one.reception, at: World.now, in: one.store)
            }
            let written = try await one.book(0, 9)
            #expect(written.startsAt == World.at(0, 9))
            let (over, beside) = try await one.store.read { db in
                (
                    try ForeignCalendar.takes(written.time, of: one.world.worker.id, of: 64, in: db),
                    try ForeignCalendar.takes(World.at(0, 10)..<World.at(0, 11), of: one.world.worker.id, of: 64, in: db)
                )
            }
            #expect(over && !beside)
        }
    }

    @Test("that fails keeps its last hours for a week, says why, and asks less and less often", arguments: Engine.available)
    func failing(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let calendars = Calendars()
            _ = try await add(one)
            #expect(try await standing(one) == .new)
            try await record(.read([hour], tag: nil), one)
            #expect(try await standing(one) == .good(World.now))
            let first = World.now.adding(minutes: 15)
            #expect(try await ForeignReading.take(at: first.adding(seconds: -1), in: one.store) == nil, "not before its time")
            try await record(.failed(.gone), one, at: first)
            let week = World.now.adding(days: 7)
            #expect(try await standing(one, at: first) == .stale(.gone, since: World.now, until: week))
            #expect(try await ForeignReading.take(at: first.adding(minutes: 29), in: one.store) == nil)
            try await record(.failed(.timeout), one, at: first.adding(minutes: 30))
            #expect(try await starts(one, calendars).contains(World.at(0, 9)) == false)
            try await record(.failed(.timeout), one, at: week.adding(seconds: -1))
            #expect(try await starts(one, calendars).contains(World.at(0, 9)) == false)
            try await record(.failed(.timeout), one, at: week.adding(minutes: 6 * 60))
            #expect(try await starts(one, calendars).contains(World.at(0, 9)))
            #expect(try await standing(one, at: week.adding(minutes: 6 * 60)) == .lost(.timeout))
            try await record(.read([hour], tag: nil), one, at: week.adding(days: 1))
            #expect(try await standing(one, at: week.adding(days: 1)) == .good(week.adding(days: 1)))
        }
    }

    @Test("is asked whether it changed, but once a day read whole, for days that come into sight", arguments: Engine.available)
    func tags(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            _ = try await add(one)
            #expect(try await take(one).tag == nil)
            let later = World.now.adding(minutes: 10)
            try await record(.read([], tag: "\"1\""), one, at: later)
            let hourLater = later.adding(minutes: 60)
            let reading = try await take(one, at: hourLater)
            #expect(reading.tag == "\"1\"")
            try await reading.record(.same, chance: 0.5, at: hourLater, in: one.store)
            #expect(try await take(one, at: later.adding(days: 1)).tag == nil)
        }
    }

    @Test("is read by one worker at a time, and what a slower one finds later is left", arguments: Engine.available)
    func leases(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            _ = try await add(one)
            let first = try await take(one)
            #expect(try await ForeignReading.take(at: World.now.adding(seconds: 60), in: one.store) == nil)
            let later = World.now.adding(seconds: 121)
            let second = try await take(one, at: later)
            try await second.record(.read([hour], tag: nil), at: later, in: one.store)
            try await first.record(.read([], tag: nil), at: later, in: one.store)
            let kept = try await one.store.read { db in try db.first("SELECT count(*) FROM foreign_busy") { try $0[0] as Int } }
            #expect(kept == 1)
        }
    }

    @Test("is its agent’s alone, at an address of the Internet, named and once", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let calendar = try await add(one)
            #expect(calendar.host == "exemple.fr")
            let colleague = try await one.world.acting(one.world.colleague, in: one.store)
            await #expect(throws: Refusal.notFound) {
                try await one.store.claim { db in try ForeignCalendar.remove(calendar.id, by: colleague, at: World.now, in: db) }
            }
            await #expect(throws: Refusal.notFound) {
                try await one.store.write { db in try ForeignCalendar.readAgain(calendar.id, by: colleague, at: World.now, in: db) }
            }
            let wrong = [
                "http://exemple.fr/a.ics", "https://10.0.0.1/a.ics", "https://[::1]/", "file:///etc/passwd", "https://u:p@exemple.fr/", "",
            ]
            for url in wrong {
                let refusal = await #expect(throws: Refusal.self) { _ = try await add(one, "Mairie", url) }
                #expect(refusal?.fields.keys.contains("url") == true, "\(url)")
            }
            let again = await #expect(throws: Refusal.self) { _ = try await add(one, "Autre", calendar.url) }
            #expect(again?.code == "already-read")
            #expect(try await add(one, "Autre", "webcal://exemple.fr/b.ics").url == "https://exemple.fr/b.ics")
            for number in 2..<ForeignCalendar.most { _ = try await add(one, "N\(number)", "https://exemple.fr/\(number)") }
            await #expect(throws: Refusal.tooManyForeignCalendars) { _ = try await add(one, "N", "https://exemple.fr/n") }
            let journal = try await one.store.read { db in
                try db.all("SELECT payload FROM journal_payload") { try $0[0] as String }
            }.joined()
            #expect(journal.contains("exemple.fr") && !journal.contains("jeton") && !journal.contains("a.ics"))
        }
    }

    @Test(
        "keeps no hour that ends before it begins, nor a trouble that it does not know, by the schema’s own rules",
        arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await CalendarWorld.with(engine) { one in
            let calendar = try await add(one)
            let rows: [(SQL, String)] = [
                (
                    "INSERT INTO foreign_busy VALUES (64, \(one.world.worker.id), \(calendar.id), 100, 100)", "foreign_busy_order"
                ),
                ("UPDATE foreign_calendar SET trouble = 'bad', checked_at = 1 WHERE id = \(calendar.id)", "foreign_calendar_trouble"),
                ("UPDATE foreign_calendar SET trouble = 'gone' WHERE id = \(calendar.id)", "foreign_calendar_checked"),
            ]
            for (statement, rule) in rows {
                let violation = await #expect(throws: ConstraintViolation.self) {
                    try await one.store.write { db in _ = try db.run(statement) }
                }
                #expect(violation?.name == rule)
            }
        }
    }
}
