import Scheduling
import TestKit
import Testing

@testable import Web

@Suite("When something happens, in a sentence")
struct StretchSentenceTests {
    private static let january = CivilDate(year: 2026, month: 1, day: 5)!
    private static let june = CivilDate(year: 2027, month: 6, day: 30)!
    private static let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]

    static let cases: [(Recurrence, Range<Int>, Int, String)] = [
        (.init(first: World.monday), 540..<720, 0, "Lundi 30 novembre, de 9 h à 12 h · Orthez"),
        (
            .init(first: World.monday, pattern: .weekly(every: 1, on: [.monday, .thursday]), until: june), 540..<720, 0,
            "Tous les lundis et jeudis, de 9 h à 12 h, à partir du 30 novembre, jusqu’au 30 juin 2027 · Orthez"
        ),
        (
            .init(first: january, pattern: .weekly(every: 1, on: [.monday, .thursday])), 540..<720, 0,
            "Tous les lundis et jeudis, de 9 h à 12 h · Orthez"
        ),
        (
            .init(first: january, pattern: .weekly(every: 1, on: weekdays)), 845..<1010, 0,
            "Du lundi au vendredi, de 14 h 05 à 16 h 50 · Orthez"
        ),
        (
            .init(first: World.monday, pattern: .weekly(every: 3, on: [.monday, .wednesday])), 540..<720, 0,
            "Toutes les 3 semaines, les lundis et mercredis, de 9 h à 12 h, à partir du 30 novembre · Orthez"
        ),
        (
            .init(first: World.monday, pattern: .monthly(every: 1, nth: -1, .friday), times: 3), 540..<720, 0,
            "Le dernier vendredi de chaque mois, de 9 h à 12 h, à partir du 30 novembre, 3 fois · Orthez"
        ),
        (.init(first: january, pattern: .daily(every: 1)), 540..<720, 0, "Tous les jours, de 9 h à 12 h · Orthez"),
        (.init(first: World.monday), 0..<1440, 4, "Du lundi 30 novembre au vendredi 4 décembre · Orthez"),
        (.init(first: World.monday), 840..<1440, 1, "Du lundi 30 novembre à 14 h au mardi 1er décembre · Orthez"),
    ]

    @Test("reads as people say it", arguments: cases.indices)
    func sentence(index: Int) throws {
        let (recurrence, minutes, days, expected) = Self.cases[index]
        let stretch = try Stretch(recurrence: recurrence, from: minutes.lowerBound, to: minutes.upperBound, days: days)
        let sentence = StretchSentence(stretch: stretch, place: "Orthez", today: CivilDate(year: 2026, month: 11, day: 29)!).text
        #expect(sentence.replacing("\u{A0}", with: " ") == expected)
    }

    @Test("hours are read as forms send them and as people type them")
    func hours() {
        let read: [(String, Int?)] = [
            ("09:30", 570), ("9h30", 570), ("9 h 30", 570), ("9h", 540), ("9", 540), ("00:00", 0), ("23:59", 1439), ("24:00", nil),
            ("9:60", nil), ("", nil), ("midi", nil), ("9:3:0", nil), ("-1:00", nil), ("٩:00", nil),
        ]
        for (text, minutes) in read { #expect(ClockTime.minutes(text) == minutes, "\(text)") }
    }
}
