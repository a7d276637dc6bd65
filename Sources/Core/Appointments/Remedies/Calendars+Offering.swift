import Scheduling
import Store

extension Calendars {
    /// How far ahead another slot is looked for.
    static let offeredDays = 8 * 7

    /// What could be done about each appointment that something covers, as far as one may see them: nobody is offered twice for one
    /// hour, so that all offers can be taken together.
    func offers(under cover: Cover, by acting: Acting, now: Instant, in db: Reader) throws -> [ID<Appointment>: Remedy.Ways] {
        let covered = try cover.appointments(of: acting.territoryID, seenBy: acting, at: now, in: db)
        guard !covered.isEmpty else { return [:] }
        let times = try freeTimes(in: Set(covered.map(\.organizationID)), of: acting.territory, now: now, in: db)
        let names = try Agent.names(of: acting.territoryID, in: db)
        let pairs = try Appointment.colleagues(of: covered.map(\.id), of: acting.territoryID, in: db)
        var plan = OfferPlan(times: times, cover: cover, now: now, names: names, pairs: pairs)
        // Colleagues at the same hours first: a later slot never takes the time of one.
        let colleagues = covered.map { plan.colleagues(for: $0) }
        return Dictionary(
            uniqueKeysWithValues: zip(covered, colleagues).map { one, colleagues in
                (one.id, Remedy.Ways(colleagues: colleagues, next: plan.next(for: one), canGoOn: plan.canGoOn(one)))
            })
    }

    /// The next free slots for people who must be told that theirs is gone, by appointment.
    public func nextSlots(
        for ids: [ID<Appointment>], count: Int = 3, by acting: Acting, now: Instant, in db: Reader
    ) throws -> [ID<Appointment>: [Remedy.Ways.Slot]] {
        let appointments = try Appointment.all(ids, seenBy: acting, in: db)
        guard !appointments.isEmpty else { return [:] }
        let times = try freeTimes(in: Set(appointments.map(\.organizationID)), of: acting.territory, now: now, in: db)
        let names = try Agent.names(of: acting.territoryID, in: db)
        let range = now..<now.adding(days: Calendars.offeredDays)
        let pairs = try Appointment.colleagues(of: appointments.map(\.id), of: acting.territoryID, in: db)
        return Dictionary(
            uniqueKeysWithValues: appointments.map { one in
                let wish = FreeTimes.Wish(one), colleagues = pairs[one.id, default: []]
                let starts = times.starts(for: wish, in: range, count: count) { agent, time in
                    colleagues.isEmpty || agent == one.agentID && colleagues.allSatisfy { times.canReceive($0, with: wish, at: time) }
                }
                return (one.id, starts.map { Remedy.Ways.Slot(start: $0.start, agent: .init(id: $0.agent, name: names[$0.agent] ?? "")) })
            })
    }
}

/// Offers made one after the other: what is offered for one appointment is not for the next.
private struct OfferPlan {
    let times: FreeTimes
    let cover: Cover
    let now: Instant
    let names: [ID<Agent>: String]
    /// Who receives with the agent of each appointment.
    let pairs: [ID<Appointment>: [ID<Agent>]]
    private var offered: [ID<Agent>: [Range<Instant>]] = [:]

    init(times: FreeTimes, cover: Cover, now: Instant, names: [ID<Agent>: String], pairs: [ID<Appointment>: [ID<Agent>]]) {
        (self.times, self.cover, self.now, self.names, self.pairs) = (times, cover, now, names, pairs)
    }

    /// A colleague goes on, unless it takes two.
    func canGoOn(_ appointment: Appointment) -> Bool {
        cover.agent != nil && pairs[appointment.id, default: []].count > (appointment.isForTwo ? 1 : 0)
    }

    mutating func colleagues(for appointment: Appointment) -> [Remedy.Ways.Someone] {
        let wish = FreeTimes.Wish(appointment)
        let isPossible = { (agent: ID<Agent>) in agent != appointment.agentID && isFree(agent, at: appointment.time, wish) }
        let colleagues =
            cover.agent ?? appointment.agentID == appointment.agentID
            ? times.agents(for: wish, at: appointment.time, accepting: isPossible)
            : times.colleagues(for: wish, at: appointment.time, accepting: isPossible)
        if let first = colleagues.first { offered[first, default: []].append(appointment.keptTime) }
        return colleagues.map(someone)
    }

    mutating func next(for appointment: Appointment) -> Remedy.Ways.Slot? {
        let wish = FreeTimes.Wish(appointment)
        let found = times.starts(for: wish, in: now..<now.adding(days: Calendars.offeredDays), count: 1) { agent, time in
            !time.overlaps(appointment.time) && isFree(agent, at: time, wish) && isFreeTogether(appointment, agent, at: time, wish)
        }.first
        guard let found else { return nil }
        offered[found.agent, default: []].append(found.start..<found.start.adding(minutes: wish.minutes + wish.gap))
        return Remedy.Ways.Slot(start: found.start, agent: someone(found.agent))
    }

    /// Those who receive together stay together.
    private func isFreeTogether(_ appointment: Appointment, _ agent: ID<Agent>, at time: Range<Instant>, _ wish: FreeTimes.Wish) -> Bool {
        guard let colleagues = pairs[appointment.id] else { return true }
        return agent == appointment.agentID
            && colleagues.allSatisfy { isFree($0, at: time, wish) && times.canReceive($0, with: wish, at: time) }
    }

    private func isFree(_ agent: ID<Agent>, at time: Range<Instant>, _ wish: FreeTimes.Wish) -> Bool {
        let isAway = cover.hits(agent, wish.place) && cover.away.contains { $0.overlaps(time) }
        let kept = time.lowerBound..<time.upperBound.adding(minutes: wish.gap)
        return !isAway && !offered[agent, default: []].contains { $0.overlaps(kept) }
    }

    private func someone(_ agent: ID<Agent>) -> Remedy.Ways.Someone { .init(id: agent, name: names[agent] ?? "") }
}

extension Appointment {
    /// Those of these ids that one may see.
    static func all(_ ids: [ID<Appointment>], seenBy acting: Acting, in db: Reader) throws -> [Appointment] {
        try db.all(
            """
            SELECT \(columns) FROM appointment
            WHERE appointment.territory_id = \(acting.territoryID) AND appointment.id IN \(list: ids) AND \(visible(to: acting))
            """
        ) { try Appointment($0).hidingWhatWasSaid(from: acting) }
    }
}
