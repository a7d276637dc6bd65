import Foundation
import Testing

@testable import Web

@Suite("French formats")
struct FormatTests {
    private let today = Day(2026, 12, 3)
    private func plain(_ text: String) -> String { text.replacing("\u{A0}", with: " ").replacing("\u{202F}", with: " ") }

    @Test("dates as people say them")
    func dates() {
        #expect(plain(Format.moment(Day(2026, 12, 10), minute: 570, today: today)) == "jeudi 10 décembre à 9 h 30")
        #expect(plain(Format.moment(today, minute: 840, today: today)) == "aujourd’hui à 14 h")
        #expect(Format.near(Day(2026, 12, 4), today: today) == "demain")
        #expect(Format.near(Day(2026, 12, 2), today: today) == "hier")
        #expect(plain(Format.date(Day(2026, 12, 1), today: today)) == "1er décembre")
        #expect(plain(Format.day(Day(2027, 1, 1), today: today)) == "vendredi 1er janvier 2027")
        #expect(plain(Format.week(Day(2026, 11, 30), today: today)) == "Semaine du 30 novembre")
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
        #expect(plain(Format.age(born: Day(1942, 12, 4), today: today)) == "83 ans")
        #expect(plain(Format.age(born: Day(1942, 12, 3), today: today)) == "84 ans")
        #expect(plain(Format.age(born: Day(2025, 6, 3), today: today)) == "18 mois")
        #expect(plain(Format.age(born: Day(2026, 11, 12), today: today)) == "3 semaines")
        #expect(plain(Format.age(born: Day(2026, 12, 2), today: today)) == "1 jour")
    }

    @Test(
        "numbers as they are read aloud",
        arguments: [
            ("+33639981234", "06 39 98 12 34"), ("+33536490012", "05 36 49 00 12"), ("+262692001234", "06 92 00 12 34"),
            ("+34612345678", "+34 612 345 678"), ("+212612345678", "+212 612 345 678"), ("poste 12", "poste 12"),
        ])
    func phones(number: String, read: String) { #expect(plain(Format.phone(number)) == read) }

    @Test("the days of a century are those of Foundation's calendar")
    func days() throws {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: "UTC"))
        for number in stride(from: -10_000, to: 40_000, by: 37) {
            let date = Date(timeIntervalSince1970: Double(number) * 86_400)
            let parts = calendar.dateComponents([.year, .month, .day, .weekday], from: date)
            let day = Day(try #require(parts.year), try #require(parts.month), try #require(parts.day))
            #expect(day.number == number)
            #expect(day.weekday == (try #require(parts.weekday) + 5) % 7 + 1)
        }
    }
}
