import Core
import Scheduling

/// How the agents of every bench work: open from Monday to Friday, 9 to 12 and 14 to 17, away one half-day a week, always the same;
/// half-hours, six in each half-day.
struct AgendaShape {
    static let zone = Zone("Europe/Paris")!
    /// Sunday 1 March 2026: four weeks without a public holiday follow.
    static let now = zone.instant(CivilDate(year: 2026, month: 3, day: 1)!, minute: 12 * 60)
    static let monday = CivilDate(year: 2026, month: 3, day: 2)!
    static let minutes = 30
    static let slotsInHalfDay = 6
    private static let halfDays = [9 * 60..<12 * 60, 14 * 60..<17 * 60]

    /// The half-day off, from 0 (Monday morning) to 9 (Friday afternoon).
    let away: Int

    init(agent number: Int) { away = number % 10 }

    /// The half-hours of a week that can be booked, in order.
    /// - Parameter week: 0 for the one of ``monday``; may be negative.
    func halfHours(week: Int) -> [Range<Instant>] {
        (0..<10).filter { $0 != away }.flatMap { Self.halfHours(week: week, halfDay: $0) }
    }

    static func halfHours(week: Int, halfDay: Int) -> [Range<Instant>] {
        let start = time(week: week, halfDay: halfDay).lowerBound
        return (0..<slotsInHalfDay).map { start.adding(minutes: $0 * minutes)..<start.adding(minutes: ($0 + 1) * minutes) }
    }

    static func time(week: Int, halfDay: Int) -> Range<Instant> {
        let date = monday.adding(days: week * 7 + halfDay / 2)
        let hours = halfDays[halfDay % 2]
        return zone.instant(date, minute: hours.lowerBound)..<zone.instant(date, minute: hours.upperBound)
    }

    /// The openings as the product keeps them.
    func openings(of agent: ID<Agent>, at site: Site, for reason: ID<Reason>, _ ids: inout SeededIDs) throws -> [Opening] {
        let weekdays: Set<Weekday> = [.monday, .tuesday, .wednesday, .thursday, .friday]
        return try Self.halfDays.map { hours in
            let stretch = try Stretch(recurrence: Self.weekly(on: weekdays), from: hours.lowerBound, to: hours.upperBound)
            return Opening(
                id: ids.next(), agentID: agent, organizationID: site.organizationID, siteID: site.id, stretch: stretch, reasonIDs: [reason])
        }
    }

    func absence(of agent: ID<Agent>, _ ids: inout SeededIDs) throws -> Absence {
        let hours = Self.halfDays[away % 2]
        let recurrence = Self.weekly(on: [Weekday.allCases[away / 2]])
        let stretch = try Stretch(recurrence: recurrence, from: hours.lowerBound, to: hours.upperBound)
        return Absence(id: ids.next(), agentID: agent, stretch: stretch)
    }

    /// Since three years before.
    private static func weekly(on weekdays: Set<Weekday>) -> Recurrence {
        Recurrence(first: monday.adding(days: -156 * 7), pattern: .weekly(every: 1, on: weekdays))
    }
}
