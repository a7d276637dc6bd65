import Foundation
import Scheduling
import TestKit
import Testing

@testable import Core

@Suite("An iCalendar text")
struct ICalendarTests {
    /// Where France is, and a zone whose rule changed and may change again.
    static let zones = [
        "Europe/Paris", "America/Miquelon", "America/Guadeloupe", "America/Martinique", "America/Cayenne", "America/St_Barthelemy",
        "America/Marigot", "Indian/Reunion", "Indian/Mayotte", "Pacific/Noumea", "Pacific/Tahiti", "Pacific/Marquesas", "Pacific/Gambier",
        "Pacific/Wallis", "Indian/Kerguelen", "Africa/Casablanca", "Asia/Kathmandu",
    ]

    @Test("gives its hours in every zone to who knows nothing of it but the rules in the text", .readsCalendars, arguments: zones)
    func everyZone(name: String) throws {
        let zone = try #require(Zone(name))
        let first = World.monday, days = (0..<60).map { first.adding(days: $0 * 29) }
        // Around the changes of the clock too, before, in and after the hours that are skipped or come twice.
        let window = zone.instant(first, minute: 0)..<zone.instant(first.adding(days: 1_800), minute: 0)
        let around = zone.clockChanges(in: window).flatMap { change in
            [-7_200, -3_600, -1_800, 0, 1_800, 3_600, 7_200].map(change.at.adding(seconds:))
        }
        let starts = days.map { zone.instant($0, minute: 570) } + around
        let events = starts.enumerated().map { index, start in
            ICalendar.Event(
                uid: "e\(index)", changedAt: World.now, time: start..<start.adding(minutes: 45), summary: "Rendez-vous")
        }
        // A name that no program knows: nothing else than our rules can give the hours.
        let text = ICalendar(.publish, name: "Essai", zone: zone, events: events).text.replacing("TZID=\(name)", with: "TZID=Essai/Zone")
            .replacing("TZID:\(name)", with: "TZID:Essai/Zone")
        #expect(!text.contains(name))
        let read = try ReadCalendar.reading(text, in: window)
        let byID = Dictionary(uniqueKeysWithValues: read.every.map { ($0.uid, $0) })
        for (index, start) in starts.enumerated() {
            let event = try #require(byID["e\(index)"])
            #expect(event.start == start.rawValue && event.end == start.rawValue + 2_700, "\(name) \(event.wall)")
        }
        #expect(read.events.count > 50 && read.method == "PUBLISH" && read.name == "Essai")
    }

    @Test("has the rules of Europe and of Saint-Pierre, and one offset where clocks never change")
    func rules() throws {
        #expect(try rules(of: "Europe/Paris") == ["BYMONTH=10;BYDAY=-1SU", "BYMONTH=3;BYDAY=-1SU"])
        #expect(try rules(of: "America/Miquelon") == ["BYMONTH=11;BYDAY=1SU", "BYMONTH=3;BYDAY=2SU"])
        #expect(try rules(of: "Indian/Reunion") == [])
        let text = ICalendar(.publish, zone: World.paris, events: [event("Rendez-vous")]).text
        #expect(text.contains("BEGIN:DAYLIGHT\r\nDTSTART:20260329T020000\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"))
        #expect(text.contains("BEGIN:STANDARD\r\nDTSTART:20261025T030000\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"))
        let noumea = ICalendar(.publish, zone: try #require(Zone("Pacific/Noumea")), events: [event("Rendez-vous")]).text
        #expect(noumea.contains("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+1100\r\nTZOFFSETTO:+1100\r\nEND:STANDARD"))
    }

    private func rules(of name: String) throws -> [String] {
        ZoneObservance.all(of: try #require(Zone(name)), from: World.now).compactMap(\.rule).sorted()
    }

    private func event(_ summary: String) -> ICalendar.Event {
        ICalendar.Event(uid: "essai", changedAt: World.now, time: World.at(0, 9)..<World.at(0, 10), summary: summary)
    }

    @Test("keeps every word, whatever its signs and its length", .readsCalendars)
    func words() throws {
        var odd = event("Rendez-vous, « à deux » ; dit \"oui\" \\ non : é̀ 🧑‍🧑‍🧒 " + String(repeating: "œuvre ", count: 40))
        odd.location = "1, rue des Essais;\r\nau fond"
        odd.description = "BEGIN:VEVENT\nATTENDEE:mailto:x@example.org\n\u{7}fin"
        odd.organizer = .init(name: "Dép\"art\r\nement: d’essai; 64", email: "rdv@example.org\r\nX:1")
        odd.attendee = .init(name: "", email: "maddi@example.org")
        let text = ICalendar(.request, zone: World.paris, events: [odd]).text
        for line in text.split(separator: "\r\n", omittingEmptySubsequences: false) {
            #expect(line.utf8.count <= 75 && !line.contains("\n") && !line.contains("\r"))
        }
        #expect(text.hasSuffix("END:VCALENDAR\r\n") && !text.contains("\r\n\r\n"))
        let read = try ReadCalendar.reading(text, in: World.at(0, 0)..<World.at(0, 23))
        let only = try #require(read.every.first)
        #expect(read.every.count == 1 && read.method == "REQUEST")
        #expect(only.summary == odd.summary && only.location == "1, rue des Essais;\nau fond")
        #expect(only.description == "BEGIN:VEVENT\nATTENDEE:mailto:x@example.org\nfin")
        #expect(only.organizer == "mailto:rdv@example.orgX:1" && only.attendee == "mailto:maddi@example.org")
    }
}
