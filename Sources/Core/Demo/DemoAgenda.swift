import Foundation
import Scheduling
import Store

/// The free time of one agent of the demo, and who comes when.
struct DemoAgenda {
    /// A stretch of open time.
    struct Open {
        let time: Range<Instant>
        let opening: Opening
        let reasons: [DemoReason]
    }

    /// What was put in it.
    struct Visit {
        let start: Instant
        let reason: DemoReason
        let opening: Opening
        let people: [Int]
    }

    let demo: Demo
    let opens: [Open]
    private let away: [Range<Instant>]
    private var dice: Dice
    private var round: DemoRound

    init(_ agent: DemoAgent, openings: [Opening], absences: [Absence], caseload: DemoCaseload, demo: Demo) {
        self.demo = demo
        let reasons = Dictionary(uniqueKeysWithValues: DemoReason.allCases.map { (demo.reasonID($0), $0) })
        opens = openings.flatMap { opening in
            let known = opening.reasonIDs.compactMap { reasons[$0] }.sorted { $0.rawValue < $1.rawValue }
            return opening.stretch.ranges(in: demo.window, zone: demo.zone).map { Open(time: $0, opening: opening, reasons: known) }
        }.sorted { $0.time.lowerBound < $1.time.lowerBound }
        away =
            (absences.flatMap { $0.stretch.ranges(in: demo.window, zone: demo.zone) }
            + demo.territory.holidayZone.ranges(in: demo.window, zone: demo.zone)).sorted { $0.lowerBound < $1.lowerBound }
        dice = Dice(demo.seed, .appointments, agent.number)
        round = DemoRound(caseload, &dice)
    }

    /// In the order of time; no two overlap.
    mutating func visits() -> [Visit] {
        var visits: [Visit] = []
        var end: Instant?
        for open in opens {
            let date = demo.zone.civil(open.time.lowerBound).date
            let share = Self.share(daysAhead: date.dayNumber - demo.today.dayNumber)
            var start = max(open.time.lowerBound, end ?? open.time.lowerBound)
            while let reason = fitting(open, from: start) {
                let stop = start.adding(minutes: reason.facts.minutes)
                if dice.chance(share), isFree(start..<stop), let people = people(for: reason, on: date) {
                    visits.append(Visit(start: start, reason: reason, opening: open.opening, people: people))
                }
                start = stop
            }
            end = start
        }
        return visits
    }

    /// Agendas were nearly full; those to come fill up as the day draws near.
    private static func share(daysAhead: Int) -> Double {
        guard daysAhead > 0 else { return 88 }
        return max(10, 84 - 1.4 * Double(daysAhead))
    }

    /// The first reasons are asked for most.
    private mutating func fitting(_ open: Open, from start: Instant) -> DemoReason? {
        let fitting = open.reasons.filter { start.adding(minutes: $0.facts.minutes) <= open.time.upperBound }
        guard !fitting.isEmpty else { return nil }
        return fitting[min(dice.roll(fitting.count), dice.roll(fitting.count))]
    }

    private func isFree(_ time: Range<Instant>) -> Bool { !away.contains { $0.overlaps(time) } }

    private mutating func people(for reason: DemoReason, on date: CivilDate) -> [Int]? {
        guard reason.isMeeting else { return round.next(on: date, &dice).map { [$0] } }
        var people: [Int] = []
        for _ in 0..<dice.roll(4...9) {
            if let person = round.next(on: date, &dice), !people.contains(person) { people.append(person) }
        }
        return people.isEmpty ? nil : people.sorted()
    }
}
