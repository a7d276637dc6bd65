import Foundation
import Scheduling
import Testing

struct RecurrenceFoundationTests {
    /// Lord Howe is left to dateutil: there, half an hour is skipped, and Foundation moves the time by a whole one.
    static let zones = zoneNames.filter { $0 != "Australia/Lord_Howe" }

    @Test("Two thousand random rules fall at the instants that Foundation's RecurrenceRule gives, clock changes included", arguments: zones)
    func againstRecurrenceRule(name: String) throws {
        let zone = try zone(name)
        var random = Seeded(name.utf8.reduce(7) { $0 &* 31 &+ UInt64($1) })
        for _ in 0..<400 {
            let day = try randomDay(&random)
            let minute = random.chance(50) ? random.int(0...48) * 5 : random.int(0...1439)
            let rule = ruleOnItsPattern(near: day, minute, zone, &random)
            let window = day.adding(days: -random.int(0...30))..<day.adding(days: random.int(1...40))
            let ours = rule.dates(in: window).map { zone.instant($0, minute: minute) }
            #expect(ours == (try theirs(rule, minute, window, zone)), "\(rule) \(minute) \(window)")
        }
    }

    /// A rule whose first date is an occurrence, at a time that exists. Foundation counts the start even when the pattern does not fall on
    /// it (iCalendar leaves that undefined), and takes the hour from it.
    private func ruleOnItsPattern(near day: CivilDate, _ minute: Int, _ zone: Zone, _ random: inout Seeded) -> Recurrence {
        while true {
            var rule = Recurrence.random(near: day, &random)
            guard let start = rule.dates(in: rule.first..<rule.first.adding(days: 800)).first, zone.exists(start, minute: minute)
            else { continue }
            rule.first = start
            return rule
        }
    }

    /// Counted from the start and cut afterwards: given a range, Foundation counts `afterOccurrences` from the range
    /// (swift-foundation 1633).
    private func theirs(_ rule: Recurrence, _ minute: Int, _ window: Range<CivilDate>, _ zone: Zone) throws -> [Instant] {
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
        let found = rule.foundation(try rule.calendar(in: zone), end).recurrences(of: start).prefix { $0 < range.upperBound }
        return found.filter(range.contains).map { Instant(Int64($0.timeIntervalSince1970)) }
    }
}

extension Recurrence {
    /// Weeks begin on Monday, except for ranks in the month, which Foundation gets wrong then (swift-foundation 1387, 2203).
    fileprivate func calendar(in zone: Zone) throws -> Calendar {
        var calendar = Calendar(identifier: .gregorian)
        calendar.timeZone = try #require(TimeZone(identifier: zone.identifier))
        calendar.minimumDaysInFirstWeek = 1
        calendar.firstWeekday = 2
        if case .monthly = pattern { calendar.firstWeekday = 1 }
        return calendar
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
