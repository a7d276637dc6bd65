import Core
import Foundation
import Scheduling
import Testing

@testable import Web

@Suite("French formats")
struct FormatTests {
    private let today = CivilDate(year: 2026, month: 12, day: 3)!
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") }

    @Test("dates as people say them")
    func dates() {
        #expect(plain(Format.moment(CivilDate(year: 2026, month: 12, day: 10)!, minute: 570, today: today)) == "jeudi 10 décembre à 9 h 30")
        #expect(plain(Format.moment(today, minute: 840, today: today)) == "aujourd’hui à 14 h")
        #expect(Format.near(CivilDate(year: 2026, month: 12, day: 4)!, today: today) == "demain")
        #expect(Format.near(CivilDate(year: 2026, month: 12, day: 2)!, today: today) == "hier")
        #expect(plain(Format.date(CivilDate(year: 2026, month: 12, day: 1)!, today: today)) == "1er décembre")
        #expect(plain(Format.day(CivilDate(year: 2027, month: 1, day: 1)!, today: today)) == "vendredi 1er janvier 2027")
        #expect(plain(Format.week(CivilDate(year: 2026, month: 11, day: 30)!, today: today)) == "Semaine du 30 novembre")
    }

    @Test("hours and durations", arguments: [(540, "9 h"), (545, "9 h 05"), (570, "9 h 30"), (0, "0 h"), (1439, "23 h 59")])
    func hours(minute: Int, said: String) { #expect(plain(Format.time(minute)) == said) }

    @Test("quantities")
    func quantities() {
        #expect(plain(Format.duration(minutes: 30)) == "30 minutes")
        #expect(plain(Format.duration(minutes: 60)) == "1 heure")
        #expect(plain(Format.duration(minutes: 90)) == "1 h 30")
        #expect(plain(Format.count(0, "rendez-vous", "rendez-vous")) == "0 rendez-vous")
        #expect(plain(Format.count(1, "personne")) == "1 personne")
        #expect(plain(Format.count(1_234_567, "personne")) == "1 234 567 personnes")
        #expect(plain(Format.number(-1_000)) == "−1 000")
        #expect(Format.list(["lundi", "mardi", "jeudi"]) == "lundi, mardi et jeudi")
        #expect(Format.capitalized("être") == "Être")
    }

    @Test("ages")
    func ages() {
        #expect(plain(Format.age(born: CivilDate(year: 1942, month: 12, day: 4)!, today: today)) == "83 ans")
        #expect(plain(Format.age(born: CivilDate(year: 1942, month: 12, day: 3)!, today: today)) == "84 ans")
        #expect(plain(Format.age(born: CivilDate(year: 2025, month: 6, day: 3)!, today: today)) == "18 mois")
        #expect(plain(Format.age(born: CivilDate(year: 2026, month: 11, day: 12)!, today: today)) == "3 semaines")
        #expect(plain(Format.age(born: CivilDate(year: 2026, month: 12, day: 2)!, today: today)) == "1 jour")
    }

    @Test(
        "numbers as they are read aloud",
        arguments: [
            ("+33639981234", "06 39 98 12 34"), ("+33536490012", "05 36 49 00 12"), ("+262692001234", "06 92 00 12 34"),
            ("+34612345678", "+34 612 345 678"), ("+212612345678", "+212 612 345 678"), ("poste 12", "poste 12"),
        ])
    func phones(number: String, read: String) { #expect(plain(Format.phone(number)) == read) }
}
