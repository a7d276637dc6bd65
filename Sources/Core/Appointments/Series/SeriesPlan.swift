import Scheduling
import Store

/// Une série: the same appointment every few weeks, and what each date meets.
public struct SeriesPlan: Sendable, Equatable {
    public let query: SlotQuery
    /// The first of them, chosen among the free slots.
    public let first: Slot
    /// From one to the next.
    public let weeks: Int
    /// How many in all.
    public let times: Int

    public static let mostTimes = 26
    public static let mostWeeks = 8

    /// - Throws: a ``Refusal`` beside `weeks` or `times`.
    public init(_ query: SlotQuery, first: Slot, weeks: Int, times: Int) throws {
        var complaints = Complaints()
        if !(1...Self.mostWeeks).contains(weeks) { complaints.add("weeks", "D’une à \(Self.mostWeeks) semaines entre deux.") }
        if !(2...Self.mostTimes).contains(times) { complaints.add("times", "De 2 à \(Self.mostTimes) rendez-vous.") }
        try complaints.check()
        (self.query, self.first, self.weeks, self.times) = (query, first, weeks, times)
    }

    /// One date, what it meets, and what can be booked instead.
    public struct Date: Sendable, Equatable {
        public let date: CivilDate
        /// The hour asked for, with the same agent, when it is free.
        public let wanted: Slot?
        /// Why not.
        public let obstacle: Obstacle?
        /// The nearest of that week, with the same agent; else with another at the same hour or nearly.
        public let alternative: Slot?

        public init(date: CivilDate, wanted: Slot?, obstacle: Obstacle?, alternative: Slot?) {
            self.date = date
            self.wanted = wanted
            self.obstacle = obstacle
            self.alternative = alternative
        }
    }

    public enum Obstacle: Sendable, Equatable {
        /// Its name.
        case holiday(String)
        /// The house, or the site: its title.
        case closed(String)
        /// The agent is away, or has another appointment.
        case busy
        /// Nothing is open then.
        case notOpen
        /// Beyond what is looked at.
        case tooFar
    }
}

extension Calendars {
    /// Each date of a series, at the same civil hour if possible.
    /// - Throws: ``Refusal/notFound`` when the reason is not theirs to book.
    public func dates(of plan: SeriesPlan, for acting: Acting, now: Instant, in db: Reader) throws -> [SeriesPlan.Date] {
        let zone = acting.territory.zone, first = zone.civil(plan.first.start)
        let last = first.date.adding(days: 7 * plan.weeks * (plan.times - 1))
        var query = plan.query
        query.dates = first.date.adding(days: -3)..<last.adding(days: 4)
        (query.dayPart, query.agentIDs) = (nil, [])
        query.organizationIDs = [plan.first.organizationID]
        query.isSeries = true
        let finder = try finder(query, for: acting, now: now, in: db)
        let window = zone.instant(first.date, minute: 0)..<zone.instant(last.adding(days: 1), minute: 0)
        let closed = try ClosedTimes.read(in: window, of: acting.territory, in: db)
        let search = SeriesSearch(finder, plan, territory: acting.territory, closed: closed)
        return (0..<plan.times).map { search.date(first.date.adding(days: 7 * plan.weeks * $0), minute: first.minute) }
    }
}

/// Looks at one date after the other in calendars that are current.
private struct SeriesSearch {
    private let finder: SlotFinder
    private let plan: SeriesPlan
    private let territory: Territory
    private let closed: ClosedTimes
    private let found: SlotFinder.Candidates
    private let starts: [UnitSet]

    init(_ finder: SlotFinder, _ plan: SeriesPlan, territory: Territory, closed: ClosedTimes) {
        (self.finder, self.plan, self.territory, self.closed) = (finder, plan, territory, closed)
        found = finder.candidates()
        starts = found.all.map { $0.starts ?? $0.free.erodedForRun(length: finder.search.length) }
    }

    func date(_ date: CivilDate, minute: Int) -> SeriesPlan.Date {
        let start = territory.zone.instant(date, minute: minute), unit = UnitSet.unit(of: start)
        let own = found.all.indices.first { isFree($0, at: unit) && agent($0) == plan.first.agentID && isSamePlace($0) }
        if let own { return SeriesPlan.Date(date: date, wanted: slot(own, unit), obstacle: nil, alternative: nil) }
        return SeriesPlan.Date(date: date, wanted: nil, obstacle: obstacle(date, start, unit), alternative: alternative(near: unit))
    }

    private func isFree(_ index: Int, at unit: Int) -> Bool {
        let gap = finder.search.gap, after = unit + finder.search.length
        return starts[index].contains(unit) && (gap == 0 || (found.all[index].taken?.count(in: after..<after + gap) ?? 0) == 0)
    }

    private func agent(_ index: Int) -> ID<Agent> { found.agents[Int(found.all[index].agent)] }

    private func isSamePlace(_ index: Int) -> Bool {
        finder.built.numbers.places[Int(found.all[index].place)].site == plan.first.siteID
    }

    private func obstacle(_ date: CivilDate, _ start: Instant, _ unit: Int) -> SeriesPlan.Obstacle {
        if let holiday = territory.holidayZone.holidays(in: date.year).first(where: { $0.date == date }) { return .holiday(holiday.name) }
        guard UnitSet.window(finder.built.window).contains(unit) else { return .tooFar }
        let place = Numbers.Place(organization: plan.first.organizationID, site: plan.first.siteID)
        let time = start..<start.adding(minutes: plan.first.minutes)
        if let closure = closed.meeting([time], at: place).first { return .closed(closure.title) }
        return isOpenToSomeone(unit) ? .busy : .notOpen
    }

    /// Somebody else could: it is the agent who cannot.
    private func isOpenToSomeone(_ unit: Int) -> Bool {
        guard let own = finder.built.calendars.first(where: { $0.agent == plan.first.agentID }) else { return false }
        return own.calendar.load(in: unit..<unit + 1).open > 0 || own.calendar.taken.contains(unit)
    }

    /// The nearest start within three days: the agent's own first, then anybody's.
    private func alternative(near unit: Int) -> Slot? {
        let around = unit - 3 * 288..<unit + 3 * 288
        var best: (distance: Int, index: Int, unit: Int)?
        for index in found.all.indices where isSamePlace(index) {
            // A colleague at nearly the same hour is as good as the agent the day after.
            let penalty = agent(index) == plan.first.agentID ? 0 : 288
            starts[index].forEachStart(length: 1, step: 1, notBefore: around.lowerBound, before: around.upperBound) { start in
                let distance = abs(start - unit) + penalty
                if distance < best?.distance ?? .max, isFree(index, at: start) { best = (distance, index, start) }
                return true
            }
        }
        return best.map { slot($0.index, $0.unit) }
    }

    private func slot(_ index: Int, _ unit: Int) -> Slot {
        finder.slot(at: UnitSet.instant(of: unit), count: 1, index, of: found)
    }
}
