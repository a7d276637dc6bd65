import Foundation
import Scheduling
import Testing

struct RecurrenceFoundationTests {
    @Test("Two thousand random rules fall at the instants that Foundation's RecurrenceRule gives, clock changes included", arguments: zoneNames)
    func againstRecurrenceRule(name: String) throws {
        let zone = try zone(name)
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: name))
        calendar.firstWeekday = 2
        calendar.minimumDaysInFirstWeek = 4
        var random = Seeded(UInt64(name.utf8.count) * 1_000)
        for _ in 0..<340 {
            let day = try randomDay(&random)
            let rule = try ruleOnItsPattern(near: day, &random)
            let minute = random.chance(50) ? random.int(0...48) * 5 : random.int(0...1439)
            let window = day.adding(days: -random.int(0...30))..<day.adding(days: random.int(1...40))
            let ours = rule.dates(in: window).map { zone.instant($0, minute: minute) }
            #expect(ours == theirs(rule, minute, window, zone, calendar), "\(rule) \(minute) \(window)")
        }
    }

    /// Foundation counts the start as an occurrence even when the pattern does not fall on it; iCalendar leaves that undefined.
    private func ruleOnItsPattern(near day: CivilDate, _ random: inout Seeded) throws -> Recurrence {
        while true {
            var rule = Recurrence.random(near: day, &random)
            guard let start = rule.dates(in: rule.first..<rule.first.adding(days: 800)).first else { continue }
            rule.first = start
            return rule
        }
    }

    private func theirs(_ rule: Recurrence, _ minute: Int, _ window: Range<CivilDate>, _ zone: Zone, _ calendar: Calendar) -> [Instant] {
        let end: Calendar.RecurrenceRule.End =
            if let times = rule.times {
                .afterOccurrences(times)
            } else if let until = rule.until {
                .afterDate(Date(zone.day(until).upperBound.adding(seconds: -1)))
            } else {
                .never
            }
        let range = Date(zone.instant(window.lowerBound, minute: 0))..<Date(zone.instant(window.upperBound, minute: 0))
        let start = Date(zone.instant(rule.first, minute: minute))
        return rule.foundation(calendar, end).recurrences(of: start, in: range).map { Instant(Int64($0.timeIntervalSince1970)) }
    }
}

extension Recurrence {
    fileprivate func foundation(_ calendar: Calendar, _ end: Calendar.RecurrenceRule.End) -> Calendar.RecurrenceRule {
        switch pattern {
        case .once:
            return Calendar.RecurrenceRule(calendar: calendar, frequency: .daily, end: .afterOccurrences(1))
        case .daily(let every):
            return Calendar.RecurrenceRule(calendar: calendar, frequency: .daily, interval: every, end: end)
        case .weekly(let every, let weekdays):
            let days = weekdays.sorted().map { Calendar.RecurrenceRule.Weekday.every($0.foundation) }
            return Calendar.RecurrenceRule(calendar: calendar, frequency: .weekly, interval: every, end: end, weekdays: days)
        case .monthly(let every, let nth, let weekday):
            let days = [Calendar.RecurrenceRule.Weekday.nth(nth, weekday.foundation)]
            return Calendar.RecurrenceRule(calendar: calendar, frequency: .monthly, interval: every, end: end, weekdays: days)
        }
    }
}

extension Weekday {
    fileprivate var foundation: Locale.Weekday {
        [.monday, .tuesday, .wednesday, .thursday, .friday, .saturday, .sunday][rawValue - 1]
    }
}

extension Date {
    fileprivate init(_ instant: Instant) {
        self.init(timeIntervalSince1970: Double(instant.rawValue))
    }
}
