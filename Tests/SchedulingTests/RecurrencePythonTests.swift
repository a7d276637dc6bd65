import Foundation
import Scheduling
import TestKit
import Testing

struct RecurrencePythonTests {
    @Test(
        "Thousands of random rules with exceptions give the dates and the hours that python-dateutil gives, clock changes included",
        .enabled(
            if: Python.isExpectedToWork(with: "dateutil"),
            "python-dateutil is not there: install it, or set LIEN_PYTHON to a python that has it"))
    func againstDateutil() throws {
        var random = Seeded(2026)
        let trials = try (0..<4_000).map { _ in try Trial.random(&random) }
        let script = Python.script("recurrences.py", of: "SchedulingTests")
        let output = try Python.run([script], input: JSONEncoder().encode(trials.map(\.question)))
        let answers = try JSONDecoder().decode([Answer].self, from: output)
        #expect(answers.count == trials.count)
        for (trial, answer) in zip(trials, answers) {
            #expect(trial.dates == answer.dates, "\(trial)")
            #expect(trial.ranges == answer.ranges, "\(trial)")
        }
        #expect(answers.map(\.ranges.count).reduce(0, +) > 15_000)
    }
}

private struct Answer: Decodable {
    let dates: [CivilDate]
    let ranges: [[Int64]]
}

/// A stretch and where to look at it.
private struct Trial {
    let zone: Zone
    let stretch: Stretch
    let days: Range<CivilDate>
    let window: Range<Instant>

    var dates: [CivilDate] {
        stretch.recurrence.dates(in: days)
    }

    var ranges: [[Int64]] {
        stretch.ranges(in: window, zone: zone).map { [$0.lowerBound.rawValue, $0.upperBound.rawValue] }
    }

    static func random(_ random: inout Seeded) throws -> Trial {
        let zone = try #require(Zone(random.one(of: zoneNames)))
        let day = try randomDay(&random)
        var recurrence = Recurrence.random(near: day, &random)
        if random.chance(5) { recurrence = Recurrence(first: day) }
        recurrence.addRandomExceptions(near: day, &random)
        let hours = Range.randomHours(&random)
        let nights = random.chance(20) ? random.int(1...9) : 0
        let to = nights > 0 ? random.int(0...1440) : min(hours.upperBound, 1440)
        let stretch = try Stretch(recurrence: recurrence, from: hours.lowerBound, to: to, days: nights)
        let days = day.adding(days: -random.int(0...30))..<day.adding(days: random.int(1...30))
        // Not on midnights, so that some occurrences begin before the window and end in it.
        let window =
            zone.instant(days.lowerBound, minute: random.int(0...1440))..<zone.instant(days.upperBound, minute: random.int(0...1440))
        return Trial(zone: zone, stretch: stretch, days: days, window: window)
    }

    var question: Question {
        let recurrence = stretch.recurrence
        var question = Question(zone: zone.identifier, first: recurrence.first)
        switch recurrence.pattern {
        case .once: question.kind = "once"
        case .daily(let every): (question.kind, question.every) = ("daily", every)
        case .weekly(let every, let weekdays):
            (question.kind, question.every, question.weekdays) = ("weekly", every, weekdays.map(\.rawValue))
        case .monthly(let every, let nth, let weekday):
            (question.kind, question.every, question.nth, question.weekdays) = ("monthly", every, nth, [weekday.rawValue])
        }
        (question.until, question.times) = (recurrence.until, recurrence.times)
        question.minutes = [stretch.from, stretch.to + 1440 * stretch.days]
        question.exceptions = recurrence.exceptions.mapValues(Question.Change.init)
        question.dates = [days.lowerBound, days.upperBound]
        question.window = [window.lowerBound, window.upperBound]
        return question
    }
}

/// What the script reads; independent of how `Recurrence` is stored.
private struct Question: Encodable {
    var zone: String
    var first: CivilDate
    var kind = ""
    var every = 1
    var weekdays: [Int] = []
    var nth: Int?
    var until: CivilDate?
    var times: Int?
    var minutes: [Int] = []
    var exceptions: [CivilDate: Change] = [:]
    var dates: [CivilDate] = []
    var window: [Instant] = []

    init(zone: String, first: CivilDate) {
        (self.zone, self.first) = (zone, first)
    }

    struct Change: Encodable {
        var kind: String
        var to: CivilDate?
        var minutes: [Int]?

        init(_ exception: Recurrence.Exception) {
            switch exception {
            case .deleted: kind = "deleted"
            case .moved(let to, let hours): (kind, self.to, minutes) = ("moved", to, [hours.lowerBound, hours.upperBound])
            case .cut(let hours): (kind, minutes) = ("cut", [hours.lowerBound, hours.upperBound])
            case .added(let hours): (kind, minutes) = ("added", [hours.lowerBound, hours.upperBound])
            }
        }
    }
}
