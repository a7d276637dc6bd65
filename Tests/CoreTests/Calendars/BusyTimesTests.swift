import Foundation
import Scheduling
import TestKit
import Testing

@testable import Core

@Suite("What another calendar says is taken")
struct BusyTimesTests {
    static let window = World.at(0, 0)..<World.at(28, 0)

    private func read(_ lines: String, in window: Range<Instant> = window) throws -> [Range<Instant>] {
        try BusyTimes.read(Array(Self.calendar(lines).utf8), in: window, zone: World.paris)
    }

    static func calendar(_ lines: String) -> String {
        let all = "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:essai\n\(lines)\nEND:VCALENDAR\n"
        return all.replacing("\n", with: "\r\n")
    }

    static func event(_ lines: String) -> String { "BEGIN:VEVENT\nUID:1\nDTSTAMP:20260101T000000Z\n\(lines)\nEND:VEVENT" }

    @Test("is read with its recurrences, exceptions, moved days and zones, a year of clocks included")
    func recurring() throws {
        let weekly = Self.event(
            """
            DTSTART;TZID=Europe/Paris:20260105T090000
            DTEND;TZID=Europe/Paris:20260105T100000
            RRULE:FREQ=WEEKLY;BYDAY=MO
            EXDATE;TZID=Europe/Paris:20261207T090000
            """)
        let moved = Self.event(
            """
            RECURRENCE-ID;TZID=Europe/Paris:20261214T090000
            DTSTART;TZID=Europe/Paris:20261215T140000
            DTEND;TZID=Europe/Paris:20261215T143000
            """)
        let hours = [World.at(0, 9)..<World.at(0, 10), World.at(15, 14)..<World.at(15, 14, 30), World.at(21, 9)..<World.at(21, 10)]
        #expect(try read(weekly + "\n" + moved) == hours)
        let summer = World.at(140, 0)..<World.at(147, 0)
        #expect(try read(weekly, in: summer) == [World.at(140, 9)..<World.at(140, 10)], "nine o’clock in April too")
    }

    @Test("is, of hundreds of random calendars, what recurring-ical-events finds", .readsCalendars)
    func oracle() throws {
        let window = World.at(-90, 0)..<World.at(135, 0)
        let arguments = ["2026", "300", String(window.lowerBound.rawValue), String(window.upperBound.rawValue)]
        let output = try Python.run([Python.script("foreign_calendars.py", of: "CoreTests")] + arguments, input: Data())
        let trials = try JSONDecoder().decode([Trial].self, from: output)
        for trial in trials {
            let found = try BusyTimes.read(Array(trial.text.utf8), in: window, zone: World.paris)
            #expect(found.map { [$0.lowerBound.rawValue, $0.upperBound.rawValue] } == trial.taken, "\(trial.text)")
        }
        #expect(trials.map(\.taken.count).reduce(0, +) > 3_000)
    }

    private struct Trial: Decodable {
        let text: String
        let taken: [[Int64]]
    }

    @Test("is whole days on the wall’s calendar, hours that name no zone, durations, and periods of free and busy time")
    func kinds() throws {
        #expect(try read(Self.event("DTSTART;VALUE=DATE:20261201")) == [World.at(1, 0)..<World.at(2, 0)])
        #expect(try read(Self.event("DTSTART:20261201T090000\nDURATION:PT45M")) == [World.at(1, 9)..<World.at(1, 9, 45)])
        #expect(try read(Self.event("DTSTART:20261201T080000Z\nDTEND:20261201T083000Z")) == [World.at(1, 9)..<World.at(1, 9, 30)])
        let own = """
            BEGIN:VTIMEZONE\nTZID:Bureau\nBEGIN:STANDARD\nDTSTART:19700101T000000\nTZOFFSETFROM:-0500\nTZOFFSETTO:-0500\nEND:STANDARD
            END:VTIMEZONE\n\(Self.event("DTSTART;TZID=Bureau:20261201T040000\nDTEND;TZID=Bureau:20261201T050000"))
            """
        #expect(try read(own) == [World.at(1, 10)..<World.at(1, 11)])
        let periods = "BEGIN:VFREEBUSY\nUID:2\nFREEBUSY:20261201T080000Z/PT1H\nFREEBUSY;FBTYPE=FREE:20261202T080000Z/PT1H\nEND:VFREEBUSY"
        #expect(try read(periods) == [World.at(1, 9)..<World.at(1, 10)])
    }

    @Test("is neither what is cancelled, nor what is marked free, nor what lasts no time; what overlaps is one")
    func left() throws {
        let hour = "DTSTART:20261201T080000Z\nDTEND:20261201T090000Z"
        for line in ["STATUS:CANCELLED", "TRANSP:TRANSPARENT"] { #expect(try read(Self.event(hour + "\n" + line)) == []) }
        #expect(try read(Self.event("DTSTART:20261201T080000Z\nDTEND:20261201T080000Z")) == [])
        let next = Self.event("DTSTART:20261201T083000Z\nDTEND:20261201T100000Z")
        #expect(try read(Self.event(hour) + "\n" + next) == [World.at(1, 9)..<World.at(1, 11)])
        let long = Self.event("DTSTART;VALUE=DATE:20260101\nDTEND;VALUE=DATE:20280101")
        #expect(try read(long) == [Self.window])
    }

    @Test("is nothing of what is no calendar, and not read when it is too much")
    func unreadable() {
        for text in ["", "<html>connectez-vous</html>", "BEGIN:VCARD\r\nEND:VCARD\r\n", "BEGIN:VCALENDAR\0END:VCALENDAR"] {
            #expect(throws: BusyTimes.Unreadable.noCalendar) {
                try BusyTimes.read(Array(text.utf8), in: Self.window, zone: World.paris)
            }
        }
        let endless = Self.event("DTSTART:20000101T000000Z\nDURATION:PT1S\nRRULE:FREQ=SECONDLY")
        #expect(throws: BusyTimes.Unreadable.tooMuch) { try read(endless) }
        let huge = Array(repeating: UInt8(ascii: " "), count: BusyTimes.longest + 1)
        #expect(throws: BusyTimes.Unreadable.tooMuch) { try BusyTimes.read(huge, in: Self.window, zone: World.paris) }
    }

    @Test("never harms who reads it, cut or scrambled")
    func scrambled() {
        let whole = Array(
            Self.calendar(
                Self.event(
                    """
                    DTSTART;TZID=Europe/Paris:20260105T090000
                    DTEND;TZID=Europe/Paris:20260105T100000
                    RRULE:FREQ=MONTHLY;BYDAY=-1MO;BYSETPOS=1;UNTIL=20270101T000000Z
                    EXDATE;VALUE=DATE:20260202
                    RDATE;VALUE=PERIOD:20261201T080000Z/PT1H,20261202T080000Z/20261202T090000Z
                    """)
            ).utf8)
        var random = SystemRandomNumberGenerator()
        for length in stride(from: 0, to: whole.count, by: 3) {
            _ = try? BusyTimes.read(Array(whole.prefix(length)), in: Self.window, zone: World.paris)
            var changed = whole
            for _ in 0..<3 { changed[Int.random(in: 0..<changed.count, using: &random)] = UInt8.random(in: 1...255, using: &random) }
            _ = try? BusyTimes.read(changed, in: Self.window, zone: World.paris)
        }
    }
}
