import Foundation
import Scheduling
import Testing

struct RecurrenceTests {
    @Test("Every other Tuesday is counted from the week of the first date, which begins on Monday")
    func everyOtherWeek() throws {
        // First on a Sunday: its week is the one that ends that day.
        let rule = Recurrence(first: try date("2026-03-01"), pattern: .weekly(every: 2, on: [.tuesday, .sunday]))
        #expect(try texts(rule, "2026-02-01", "2026-04-01") == ["2026-03-01", "2026-03-10", "2026-03-15", "2026-03-24", "2026-03-29"])
    }

    @Test("The fifth Monday is skipped in months that have four; the last one never is")
    func nth() throws {
        let fifth = Recurrence(first: try date("2026-01-01"), pattern: .monthly(every: 1, nth: 5, .monday))
        #expect(try texts(fifth, "2026-01-01", "2026-09-30") == ["2026-03-30", "2026-06-29", "2026-08-31"])
        let last = Recurrence(first: try date("2026-01-15"), pattern: .monthly(every: 2, nth: -1, .friday))
        #expect(try texts(last, "2026-01-01", "2026-06-30") == ["2026-01-30", "2026-03-27", "2026-05-29"])
    }

    @Test("It ends on its last date, included, or after so many times, deleted ones counted")
    func ends() throws {
        var rule = Recurrence(first: try date("2026-03-04"), pattern: .weekly(every: 1, on: [.monday, .wednesday]))
        rule.until = try date("2026-03-16")
        #expect(try texts(rule, "2026-01-01", "2027-01-01") == ["2026-03-04", "2026-03-09", "2026-03-11", "2026-03-16"])
        rule.until = nil
        rule.times = 3
        rule.exceptions[try date("2026-03-09")] = .deleted
        #expect(try texts(rule, "2026-01-01", "2027-01-01") == ["2026-03-04", "2026-03-11"])
        rule.until = try date("2026-03-10")
        #expect(try texts(rule, "2026-01-01", "2027-01-01") == ["2026-03-04"])
    }

    @Test("One occurrence can be moved, cut, deleted or added, and the others stay")
    func exceptions() throws {
        var rule = Recurrence(first: try date("2026-03-02"), pattern: .weekly(every: 1, on: [.monday]))
        rule.exceptions = [
            try date("2026-03-09"): .moved(to: try date("2026-03-10"), minutes: 600..<660),
            try date("2026-03-16"): .cut(minutes: 570..<600),
            try date("2026-03-23"): .deleted,
            try date("2026-03-25"): .added(minutes: 900..<960),
            try date("2026-03-30"): .added(minutes: 900..<960),
        ]
        let expected = ["2026-03-02", "2026-03-10", "2026-03-16", "2026-03-25", "2026-03-30"]
        #expect(try texts(rule, "2026-03-01", "2026-04-01") == expected)
        let stretch = try Stretch(recurrence: rule, from: 540, to: 720)
        let paris = try zone()
        let ranges = stretch.ranges(in: try paris.span("2026-03-01 00:00", "2026-04-01 00:00"), zone: paris)
        let starts = ["03-02 09:00", "03-10 10:00", "03-16 09:30", "03-25 15:00", "03-30 09:00", "03-30 15:00"]
        let ends = ["03-02 12:00", "03-10 11:00", "03-16 10:00", "03-25 16:00", "03-30 12:00", "03-30 16:00"]
        #expect(ranges.map { shown($0.lowerBound, in: paris) } == starts.map { "2026-\($0)" })
        #expect(ranges.map { shown($0.upperBound, in: paris) } == ends.map { "2026-\($0)" })
    }

    @Test("Deleting, moving or cutting a date on which nothing falls changes nothing")
    func idleExceptions() throws {
        var rule = Recurrence(first: try date("2026-03-02"), pattern: .weekly(every: 1, on: [.monday]))
        let before = try texts(rule, "2026-03-01", "2026-04-01")
        rule.exceptions = [
            try date("2026-03-03"): .moved(to: try date("2026-03-05"), minutes: 600..<660), try date("2026-03-04"): .deleted,
            try date("2026-02-23"): .moved(to: try date("2026-03-06"), minutes: 600..<660), try date("2026-03-11"): .cut(minutes: 0..<5),
        ]
        #expect(try texts(rule, "2026-03-01", "2026-04-01") == before)
    }

    @Test("A rule that makes no sense has no dates, instead of looping for ever")
    func senseless() throws {
        let first = try date("2026-03-02")
        for pattern: Recurrence.Pattern in [
            .daily(every: 0), .weekly(every: -1, on: [.monday]), .weekly(every: 1, on: []), .monthly(every: 1, nth: 0, .monday),
        ] {
            #expect(try texts(Recurrence(first: first, pattern: pattern), "2026-01-01", "2027-01-01") == [])
        }
    }

    @Test("Asking month by month gives the same dates as asking for the whole")
    func windows() throws {
        var random = Seeded(3)
        for _ in 0..<500 {
            let day = try randomDay(&random)
            var rule = Recurrence.random(near: day, &random)
            rule.addRandomExceptions(near: day, &random)
            let cut = day.adding(days: random.int(-50...50))
            let (start, end) = (day.adding(days: -60), day.adding(days: 60))
            #expect(rule.dates(in: start..<cut) + rule.dates(in: cut..<end) == rule.dates(in: start..<end))
        }
    }

    private func texts(_ rule: Recurrence, _ from: String, _ to: String) throws -> [String] {
        rule.dates(in: try date(from)..<date(to)).map(\.description)
    }
}
