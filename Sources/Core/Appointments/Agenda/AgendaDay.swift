import Scheduling

/// One civil day of one agent: everything in minutes since midnight, as it is drawn.
public struct AgendaDay: Sendable, Equatable {
    public let date: CivilDate
    public let owner: AgendaOwner
    /// The name of the public holiday.
    public let holiday: String?
    public let appointments: [Placed<AgendaAppointment>]
    public let cancelled: [Placed<AgendaAppointment>]
    public let busy: [Range<Int>]
    public var holds: [Placed<Agenda.Held>] = []
    /// None on a public holiday.
    public let openings: [Placed<AgendaOpening>]
    public let absences: [Placed<Agenda.Away>]
    public let closures: [Placed<Agenda.Closed>]
    /// Open time that nothing takes, from now on.
    public let free: [Range<Int>]

    /// Something, and the minutes of the day that it takes.
    public struct Placed<Item: Sendable & Equatable>: Sendable, Equatable {
        public let minutes: Range<Int>
        public let item: Item
    }

    public var isEmpty: Bool {
        [appointments.isEmpty, busy.isEmpty, holds.isEmpty, openings.isEmpty, absences.isEmpty, closures.isEmpty].allSatisfy { $0 }
    }
}

extension Agenda {
    /// Every day, agent by agent.
    public func byDay(of territory: Territory, now: Instant) -> [[AgendaDay]] {
        agents.map { agent in days.map { agent.day($0, of: territory, now: now) } }
    }
}

extension Agenda.OfAgent {
    /// What lies on a day; what runs over midnight is cut there.
    public func day(_ date: CivilDate, of territory: Territory, now: Instant) -> AgendaDay {
        let ruler = DayRuler(date, zone: territory.zone)
        let holidays = territory.holidayZone.holidays(in: date.year).filter { $0.date == date }.map(\.name)
        let opened = holidays.isEmpty ? ruler.place(openings, at: \.time) : []
        let placed = ruler.place(appointments, at: \.time)
        let kept = placed.filter { $0.item.status.keepsTime }
        let busy = busy.compactMap(ruler.minutes)
        let held = ruler.place(holds, at: \.time)
        let away = ruler.place(absences, at: \.time)
        let past = ruler.minutesBefore(now)
        let taken =
            kept.compactMap { ruler.minutes($0.item.keptTime) } + busy + held.map(\.minutes) + away.map(\.minutes)
            + (past.isEmpty ? [] : [past])
        return AgendaDay(
            date: date, owner: owner, holiday: holidays.isEmpty ? nil : holidays.joined(separator: ", "), appointments: kept,
            cancelled: placed.filter { $0.item.status.isCancelled }, busy: busy, holds: held,
            openings: opened.map { AgendaDay.Placed(minutes: $0.minutes, item: $0.item.opening) }, absences: away,
            closures: ruler.place(closures, at: \.time),
            free: opened.filter { $0.item.opening.opening.permanenceOf == nil }.map(\.minutes).subtracting(taken))
    }
}

/// Turns instants into the minutes of one civil day.
struct DayRuler {
    private let zone: Zone
    private let day: Range<Instant>

    init(_ date: CivilDate, zone: Zone) {
        self.zone = zone
        day = zone.day(date)
    }

    /// Nil when the time does not touch the day. At least five minutes, even where clocks go back.
    func minutes(_ time: Range<Instant>) -> Range<Int>? {
        guard time.overlaps(day) else { return nil }
        let start = time.lowerBound <= day.lowerBound ? 0 : zone.civil(time.lowerBound).minute
        let end = time.upperBound >= day.upperBound ? 1440 : zone.civil(time.upperBound).minute
        return start..<min(max(end, start + 5), 1440)
    }

    /// What of the day is past, to the next five minutes.
    func minutesBefore(_ now: Instant) -> Range<Int> {
        guard now > day.lowerBound else { return 0..<0 }
        guard now < day.upperBound else { return 0..<1440 }
        return 0..<(zone.civil(now).minute + 4) / 5 * 5
    }

    func place<Item>(_ items: [Item], at time: (Item) -> Range<Instant>) -> [AgendaDay.Placed<Item>] {
        items.compactMap { item in minutes(time(item)).map { AgendaDay.Placed(minutes: $0, item: item) } }
    }
}

extension [Range<Int>] {
    /// What is in these and in none of the others, as disjoint ranges in order.
    func subtracting(_ others: [Range<Int>]) -> [Range<Int>] {
        let taken = others.sorted { $0.lowerBound < $1.lowerBound }
        return merged.flatMap { whole in
            var left: [Range<Int>] = []
            var start = whole.lowerBound
            for other in taken where other.upperBound > start && other.lowerBound < whole.upperBound {
                if other.lowerBound > start { left.append(start..<other.lowerBound) }
                start = Swift.max(start, other.upperBound)
            }
            return start < whole.upperBound ? left + [start..<whole.upperBound] : left
        }
    }

    /// The same minutes as disjoint ranges, those that touch made one.
    private var merged: [Range<Int>] {
        sorted { $0.lowerBound < $1.lowerBound }.reduce(into: []) { merged, next in
            if let last = merged.last, next.lowerBound <= last.upperBound {
                merged[merged.count - 1] = last.lowerBound..<Swift.max(last.upperBound, next.upperBound)
            } else {
                merged.append(next)
            }
        }
    }
}
