import Scheduling
import Store

/// Who is free for a reason at a place, from the built calendars: at a given time, or from one on.
struct FreeTimes: Sendable {
    private let numbers: Numbers
    private let calendars: [ID<Agent>: BuiltCalendar]
    /// Who works in each organization.
    private let working: [ID<Organization>: [ID<Agent>]]

    init(built: Calendars.Built, working: [ID<Organization>: [ID<Agent>]]) {
        numbers = built.numbers
        calendars = Dictionary(uniqueKeysWithValues: built.calendars.map { ($0.stamp.agent, $0.calendar) })
        self.working = working
    }

    /// What is looked for: a reason, at a place, for so long.
    struct Wish: Sendable {
        let reason: ID<Reason>
        let place: Numbers.Place
        let minutes: Int
        let onSite: Bool
        /// Kept free after it.
        let gap: Int

        init(_ appointment: Appointment) {
            onSite = appointment.how == .site
            reason = appointment.reasonID
            place = Numbers.Place(organization: appointment.organizationID, site: appointment.siteID)
            minutes = Int(appointment.endsAt - appointment.startsAt) / 60
            gap = appointment.gapMinutes
        }
    }

    struct Start: Sendable, Equatable {
        let start: Instant
        let agent: ID<Agent>
    }

    /// Those who are free at a time, the least busy of that day first.
    func agents(for wish: Wish, at time: Range<Instant>, accepting: (ID<Agent>) -> Bool) -> [ID<Agent>] {
        let units = UnitSet.window(time)
        return free(for: wish)
            .filter { agent, free in
                accepting(agent) && free.count(in: units) == units.count && keepsGap(of: wish, after: units.upperBound, agent)
            }
            .map { agent, _ in (agent, calendars[agent]?.load(in: units.lowerBound - 96..<units.upperBound + 96).share ?? 0) }
            .sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map(\.0)
    }

    /// The first starts that are free in a range, one an agent and an hour at most, soonest first.
    func starts(for wish: Wish, in range: Range<Instant>, count: Int, accepting: (ID<Agent>, Range<Instant>) -> Bool) -> [Start] {
        let length = max(1, UnitSet.length(minutes: wish.minutes)), units = UnitSet.starts(in: range)
        var found: [Start] = []
        for (agent, free) in free(for: wish) {
            var left = count
            let step = length + UnitSet.length(minutes: wish.gap)
            free.forEachStart(length: length, step: step, notBefore: units.lowerBound, before: units.upperBound) { unit in
                let start = UnitSet.instant(of: unit)
                guard keepsGap(of: wish, after: unit + length, agent), accepting(agent, start..<start.adding(minutes: wish.minutes)) else {
                    return true
                }
                found.append(Start(start: start, agent: agent))
                left -= 1
                return left > 0
            }
        }
        var seen: Set<Instant> = []
        let distinct = found.sorted { ($0.start, $0.agent) < ($1.start, $1.agent) }.filter { seen.insert($0.start).inserted }
        return Array(distinct.prefix(count))
    }

    /// Those who could receive with its agent at a time, whatever the reason of their opening.
    func colleagues(for wish: Wish, at time: Range<Instant>, accepting: (ID<Agent>) -> Bool) -> [ID<Agent>] {
        working[wish.place.organization, default: []].filter { accepting($0) && canReceive($0, with: wish, at: time) }
    }

    /// Whether an agent is open and free where someone else receives.
    func canReceive(_ agent: ID<Agent>, with wish: Wish, at time: Range<Instant>) -> Bool {
        let units = UnitSet.window(time), there = numbers.compatible(with: wish.place, onSite: wish.onSite)
        return calendars[agent].map { $0.free(at: { there[Int($0)] }).count(in: units) == units.count } ?? false
    }

    /// No claim begins in the gap after the unit at which it would end.
    private func keepsGap(of wish: Wish, after end: Int, _ agent: ID<Agent>) -> Bool {
        wish.gap == 0 || calendars[agent]?.taken.count(in: end..<end + UnitSet.length(minutes: wish.gap)) == 0
    }

    private func free(for wish: Wish) -> [(ID<Agent>, UnitSet)] {
        guard let number = numbers.known(wish.reason), let place = numbers.places.firstIndex(of: wish.place) else { return [] }
        return working[wish.place.organization, default: []].compactMap { agent in
            guard let calendar = calendars[agent], calendar.places(for: number).contains(Int32(place)) else { return nil }
            return (agent, calendar.free(reason: number, place: Int32(place)))
        }
    }
}

extension Calendars {
    /// - Parameter organizations: those where someone is looked for.
    func freeTimes(in organizations: Set<ID<Organization>>, of territory: Territory, now: Instant, in db: Reader) throws -> FreeTimes {
        var working: [ID<Organization>: [ID<Agent>]] = [:]
        try db.forEach(
            """
            SELECT DISTINCT organization_id, agent_id FROM membership
            WHERE territory_id = \(territory.id) AND organization_id IN \(list: organizations.sorted()) ORDER BY organization_id, agent_id
            """
        ) { working[try $0[0], default: []].append(try $0[1]) }
        return FreeTimes(built: try current(of: territory, now: now, in: db), working: working)
    }
}
