import Scheduling
import Store
import Synchronization

/// The built calendars of every agent whose slots were looked for, kept in memory and stamped with `calendar_version`.
///
/// A search reads the versions of the territory's agents in one query and rebuilds only what changed: right on any number of nodes,
/// with no message between them.
public final class Calendars: Sendable {
    private let built = Mutex<[Int64: Built]>([:])

    struct Built: Sendable {
        var window: Range<Instant>
        var holidayZone: HolidayZone
        var holidays: [Range<Instant>]
        /// Of those who work, in the order of their ids; beside the calendars, so that comparing them touches nothing else.
        var stamps: [AgentCalendar.Stamp] = []
        var calendars: [AgentCalendar] = []
        var numbers = Numbers()
        /// When the first hold of all runs out.
        var expiresAt: Instant?

        func isCurrent(_ stamps: [AgentCalendar.Stamp], now: Instant) -> Bool {
            self.stamps == stamps && (expiresAt.map { now < $0 } ?? true)
        }
    }

    /// How far ahead slots are looked for, and how far behind the share of a week's time is known.
    static let weeksAhead = 27
    /// Beyond so many stale agents, the whole territory is read at once.
    static let manyAgents = 50

    public init() {}

    /// Every calendar of the territory as this transaction sees it.
    func current(of territory: Territory, now: Instant, in db: Reader) throws -> Built {
        let stamps = try AgentCalendar.stamps(of: territory.id, in: db)
        var built = prepared(for: territory, now: now)
        // Most often nothing has changed: one comparison each, and no hashing.
        if built.isCurrent(stamps, now: now) { return built }
        let known = built.calendars.byAgent
        let stale = stamps.filter { known[$0.agent]?.isCurrent($0, now: now) != true }.map(\.agent)
        let fresh = try rebuilt(stale, of: territory, in: &built, now: now, db: db).byAgent
        built.stamps = stamps
        built.calendars = stamps.compactMap { fresh[$0.agent] ?? known[$0.agent] }
        built.expiresAt = built.calendars.compactMap(\.expiresAt).min()
        keep(built, of: territory.id)
        return built
    }

    private func rebuilt(_ stale: [ID<Agent>], of territory: Territory, in built: inout Built, now: Instant, db: Reader) throws
        -> [AgentCalendar]
    {
        guard !stale.isEmpty else { return [] }
        let some = stale.count > Calendars.manyAgents ? nil : stale
        let rows = try CalendarRows.read(some, window: built.window, of: territory, now: now, in: db)
        return rows.stamps.map { stamp in
            AgentCalendar.build(
                stamp, from: rows, window: built.window, holidays: built.holidays, zone: territory.zone,
                numbers: &built.numbers)
        }
    }

    /// What is kept, unless a new week has begun: then the window moves on.
    private func prepared(for territory: Territory, now: Instant) -> Built {
        let monday = territory.zone.civil(now).date.monday
        let window =
            territory.zone.instant(
                monday.adding(days: -7), minute: 0)..<territory.zone.instant(monday.adding(days: 7 * Calendars.weeksAhead), minute: 0)
        if let known = built.withLock({ $0[territory.id] }), known.window == window,
            known.holidayZone == territory.holidayZone
        {
            return known
        }
        return Built(
            window: window, holidayZone: territory.holidayZone, holidays: territory.holidayZone.ranges(in: window, zone: territory.zone))
    }

    /// Numbers are true only beside the calendars built with them: what is kept is replaced whole. When two searches rebuild at once
    /// the last one stays; a calendar it lacks is built by the next search.
    private func keep(_ newer: Built, of territory: Int64) {
        built.withLock { $0[territory] = newer }
    }
}

extension [AgentCalendar] {
    fileprivate var byAgent: [ID<Agent>: AgentCalendar] {
        Dictionary(map { ($0.agent, $0) }, uniquingKeysWith: { _, newer in newer })
    }
}
