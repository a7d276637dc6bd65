import Foundation
import Scheduling
import Testing

struct StretchTests {
    @Test("Nine o'clock stays nine o'clock on both sides of a clock change")
    func civilTime() throws {
        let paris = try zone()
        let stretch = try Stretch(recurrence: Recurrence(first: try date("2026-03-27"), pattern: .daily(every: 1)), from: 540, to: 720)
        let ranges = stretch.ranges(in: try paris.span("2026-03-27 00:00", "2026-03-31 00:00"), zone: paris)
        #expect(ranges.map { shown($0.lowerBound, in: paris) } == ["27", "28", "29", "30"].map { "2026-03-\($0) 09:00" })
        #expect(ranges[2].lowerBound - ranges[1].lowerBound == 23 * 3600)
    }

    @Test("An absence of several days is one range, found from any window that it touches, never clipped")
    func nights() throws {
        let paris = try zone()
        let leave = try Stretch(recurrence: Recurrence(first: try date("2026-10-23")), from: 780, to: 540, days: 4)
        let whole = [try paris.span("2026-10-23 13:00", "2026-10-27 09:00")]
        #expect(whole[0].upperBound - whole[0].lowerBound == Int64((4 * 24 - 4 + 1) * 3600))
        #expect(leave.ranges(in: try paris.span("2026-10-27 08:55", "2026-10-27 10:00"), zone: paris) == whole)
        #expect(leave.ranges(in: try paris.span("2026-10-20 00:00", "2026-10-23 13:05"), zone: paris) == whole)
        #expect(leave.ranges(in: try paris.span("2026-10-27 09:00", "2026-10-28 10:00"), zone: paris).isEmpty)
        #expect(leave.ranges(in: try paris.span("2026-10-20 00:00", "2026-10-23 13:00"), zone: paris).isEmpty)
    }

    @Test("Hours that clocks skip whole are left out; hours that they cut are shorter; hours shown twice are longer")
    func clockChanges() throws {
        let paris = try zone()
        let spring = try paris.span("2026-03-29 00:00", "2026-03-30 00:00")
        let daily = Recurrence(first: try date("2026-01-01"), pattern: .daily(every: 1))
        #expect(try Stretch(recurrence: daily, from: 120, to: 180).ranges(in: spring, zone: paris).isEmpty)
        #expect(try Stretch(recurrence: daily, from: 60, to: 240).ranges(in: spring, zone: paris).map(length) == [120])
        let autumn = try paris.span("2026-10-25 00:00", "2026-10-26 00:00")
        #expect(try Stretch(recurrence: daily, from: 60, to: 240).ranges(in: autumn, zone: paris).map(length) == [240])
        #expect(try Stretch(recurrence: daily, from: 0, to: 1440).ranges(in: autumn, zone: paris).map(length) == [25 * 60])
    }

    @Test("One occurrence made longer than the others is found as far as it reaches")
    func lengthened() throws {
        let paris = try zone()
        let first = try date("2026-03-02")
        var rule = Recurrence(first: first, pattern: .weekly(every: 1, on: [.monday]))
        rule.exceptions[first] = .cut(minutes: 540..<3 * 1440 + 720)
        let window = try paris.span("2026-03-05 08:00", "2026-03-05 09:00")
        let found = try Stretch(recurrence: rule, from: 540, to: 720).ranges(in: window, zone: paris)
        #expect(found == [try paris.span("2026-03-02 09:00", "2026-03-05 12:00")])
    }

    @Test("Hours that a clock change pushes past midnight are found from the next day")
    func pushedPastMidnight() throws {
        let greenland = try zone("America/Scoresbysund")
        let late = try Stretch(recurrence: Recurrence(first: try date("2026-03-28")), from: 1320, to: 1410)
        let found = late.ranges(in: try greenland.span("2026-03-29 00:00", "2026-03-30 00:00"), zone: greenland)
        #expect(found.map { shown($0.upperBound, in: greenland) } == ["2026-03-29 00:30"])
        let samoa = try zone("Pacific/Apia")
        let skipped = try Stretch(recurrence: Recurrence(first: try date("2011-12-30")), from: 600, to: 660)
        let moved = skipped.ranges(in: try samoa.span("2011-12-31 00:00", "2012-01-01 00:00"), zone: samoa)
        #expect(moved.map { shown($0.lowerBound, in: samoa) } == ["2011-12-31 10:00"])
    }

    @Test("Expanding into one array again and again gives the same ranges")
    func append() throws {
        var random = Seeded(5)
        let paris = try zone()
        var all: [Range<Instant>] = []
        var expected: [Range<Instant>] = []
        for _ in 0..<200 {
            let day = try randomDay(&random)
            var rule = Recurrence.random(near: day, &random)
            rule.addRandomExceptions(near: day, &random)
            let stretch = try Stretch(recurrence: rule, from: 60, to: 600)
            let window = paris.instant(day, minute: 0)..<paris.instant(day.adding(days: 40), minute: 0)
            expected += stretch.ranges(in: window, zone: paris)
            stretch.append(to: &all, in: window, zone: paris)
        }
        #expect(all == expected && all.count > 1_000)
    }

    static let senseless: [(StretchError, Recurrence.Pattern, Int, Int, Int)] = [
        (.endsBeforeItStarts, .once, 600, 540, 0),
        (.endsBeforeItStarts, .once, 600, 600, 0),
        (.minuteOutOfRange(-5), .once, -5, 60, 0),
        (.minuteOutOfRange(1440), .once, 1440, 1440, 1),
        (.minuteOutOfRange(1441), .once, 60, 1441, 0),
        (.daysOutOfRange(-1), .once, 60, 120, -1),
        (.daysOutOfRange(3654), .once, 60, 120, 3654),
        (.everyOutOfRange(0), .daily(every: 0), 60, 120, 0),
        (.everyOutOfRange(-2), .weekly(every: -2, on: [.monday]), 60, 120, 0),
        (.everyOutOfRange(1000), .monthly(every: 1000, nth: 1, .monday), 60, 120, 0),
        (.noWeekday, .weekly(every: 1, on: []), 60, 120, 0),
        (.nthOutOfRange(0), .monthly(every: 1, nth: 0, .monday), 60, 120, 0),
        (.nthOutOfRange(6), .monthly(every: 1, nth: 6, .monday), 60, 120, 0),
        (.nthOutOfRange(-2), .monthly(every: 1, nth: -2, .monday), 60, 120, 0),
    ]

    @Test("What makes no sense is refused by name", arguments: senseless)
    func refused(error: StretchError, pattern: Recurrence.Pattern, from: Int, to: Int, days: Int) throws {
        let recurrence = Recurrence(first: try date("2026-03-02"), pattern: pattern)
        #expect(throws: error) { try Stretch(recurrence: recurrence, from: from, to: to, days: days) }
    }

    @Test("An end before the beginning, no times at all and exceptions without hours are refused by name")
    func refusedEnds() throws {
        let first = try date("2026-03-02")
        var rule = Recurrence(first: first, pattern: .daily(every: 1))
        rule.until = try date("2026-03-01")
        #expect(throws: StretchError.untilBeforeFirst) { try Stretch(recurrence: rule, from: 0, to: 60) }
        rule.until = nil
        for times in [0, -1, 100_001] {
            rule.times = times
            #expect(throws: StretchError.timesOutOfRange(times)) { try Stretch(recurrence: rule, from: 0, to: 60) }
        }
        rule.times = nil
        for minutes in [600..<600, -5..<60, 1440..<1500, 0..<10_000_000] {
            for exception: Recurrence.Exception in [.cut(minutes: minutes), .added(minutes: minutes), .moved(to: first, minutes: minutes)] {
                rule.exceptions = [first: exception]
                #expect(throws: StretchError.exceptionOutOfRange(first)) { try Stretch(recurrence: rule, from: 0, to: 60) }
            }
        }
    }

    @Test("A stretch is stored in one way, and reads back")
    func stored() throws {
        var rule = Recurrence(
            first: try date("2026-03-02"), pattern: .weekly(every: 2, on: [.thursday, .monday]), until: try date("2026-06-30"))
        rule.exceptions = [try date("2026-03-05"): .cut(minutes: 540..<600), try date("2026-03-16"): .deleted]
        let stretch = try Stretch(recurrence: rule, from: 540, to: 720)
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        let text =
            #"{"from":540,"recurrence":{"exceptions":{"2026-03-05":{"cut":{"minutes":[540,600]}},"2026-03-16":{"deleted":{}}},"#
            + #""first":"2026-03-02","pattern":{"every":2,"kind":"weekly","weekdays":[1,4]},"until":"2026-06-30"},"to":720}"#
        #expect(String(decoding: try encoder.encode(stretch), as: UTF8.self) == text)
        #expect(try JSONDecoder().decode(Stretch.self, from: Data(text.utf8)) == stretch)
        for pattern: Recurrence.Pattern in [.once, .daily(every: 3), .monthly(every: 1, nth: -1, .friday)] {
            let other = try Stretch(recurrence: Recurrence(first: rule.first, pattern: pattern, times: 4), from: 0, to: 0, days: 2)
            #expect(try JSONDecoder().decode(Stretch.self, from: encoder.encode(other)) == other)
        }
    }

    @Test(
        "What is stored and makes no sense is refused when it is read",
        arguments: [
            #"{"from":600,"to":540,"recurrence":{"first":"2026-03-02","pattern":{"kind":"once"}}}"#,
            #"{"from":540,"to":600,"recurrence":{"first":"2026-02-30","pattern":{"kind":"once"}}}"#,
            #"{"from":540,"to":600,"recurrence":{"first":"2026-03-02","pattern":{"kind":"weekly","every":1,"weekdays":[]}}}"#,
            #"{"from":540,"to":600,"recurrence":{"first":"2026-03-02","pattern":{"kind":"weekly","every":1,"weekdays":[8]}}}"#,
            #"{"from":540,"to":600,"recurrence":{"first":"2026-03-02","pattern":{"kind":"yearly"}}}"#,
            #"{"from":540,"to":600,"recurrence":{"first":"2026-03-02","pattern":{"kind":"once"},"exceptions":{"demain":{"deleted":{}}}}}"#,
        ])
    func refusedWhenRead(text: String) {
        #expect(throws: DecodingError.self) { try JSONDecoder().decode(Stretch.self, from: Data(text.utf8)) }
    }

    private func length(_ range: Range<Instant>) -> Int64 {
        (range.upperBound - range.lowerBound) / 60
    }
}
