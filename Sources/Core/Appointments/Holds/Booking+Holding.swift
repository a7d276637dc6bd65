import Scheduling
import Store

extension Booking {
    /// Holds the time of this booking, and of what is booked in the same act, while it is written down: in the place of what its author
    /// held before.
    /// - Returns: The agent's own; `nil` for a seat of a group appointment that stands, which nobody has to hold.
    /// - Throws: ``Refusal/slotTaken`` when the time is taken or held, ``Refusal/slotClosed`` when it is not open,
    ///   ``Refusal/resourceTaken`` and ``Refusal/noResource`` for what goes with it.
    public func hold(then followings: [NextBooking] = [], by acting: Acting, at now: Instant, in store: Store) async throws -> Hold? {
        do {
            return try await store.claim { db in try hold(then: followings, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func hold(then followings: [NextBooking] = [], by acting: Acting, at now: Instant, in db: Writer) throws -> Hold? {
        let act = try HeldAct(self, then: followings, by: acting, at: now, in: db)
        let before = try Held.all(by: acting.agent.id, of: acting.territoryID, in: db)
        let agents = act.agents.union(before.compactMap(\.agent))
        try Agent.lockCalendars(agents, of: acting.territoryID, in: db)
        let parts = try act.parts(by: acting, at: now, in: db)
        try Resource.lockCalendars(Set((parts.map(\.holder) + before.map(\.holder)).compactMap(\.resource)), of: acting.territoryID, in: db)
        let until = now.adding(minutes: Hold.minutes)
        if Set(before.map(\.part)) == Set(parts), before.allSatisfy({ $0.expiresAt > now }) {
            try Held.prolong(before, until: until, of: acting.territoryID, in: db)
            return hold(before, until: until, by: acting)
        }
        try Held.delete(before, of: acting.territoryID, in: db)
        for holder in Set(parts.map(\.holder)) { try Claim.deleteExpired(holder, of: acting.territoryID, now: now, in: db) }
        if try act.isSeat(in: db) { return nil }
        try act.check(by: acting, in: db)
        for part in parts where part.holder.resource != nil {
            guard try !Claim.taken(part.holder, part.time, of: acting.territoryID, in: db) else { throw Refusal.resourceTaken }
        }
        let held = try parts.map { try Held.insert($0, by: acting.agent.id, until: until, of: acting.territoryID, in: db) }
        return hold(held, until: until, by: acting)
    }

    private func hold(_ held: [Held], until: Instant, by acting: Acting) -> Hold? {
        held.first { $0.agent == agentID && $0.time.lowerBound == startsAt }
            .map { Hold(id: $0.id, agentID: agentID, time: $0.time, heldBy: acting.agent.id, expiresAt: until) }
    }
}

/// A booking and what follows it, as they would stand.
private struct HeldAct {
    private var bookings: [(booking: Booking, asked: Appointment)] = []
    private let hasSeats: Bool

    init(_ first: Booking, then followings: [NextBooking], by acting: Acting, at now: Instant, in db: Reader) throws {
        guard followings.count < Booking.mostTogether else { throw Refusal.slotClosed }
        let bookable = try Reason.findBookable(first.reasonID, by: acting, in: db)
        try first.checkRight(bookable, by: acting)
        hasSeats = bookable.reason.seats != nil
        bookings = [(first, first.appointment(bookable, by: acting, at: now))]
        for following in followings {
            let next = following.booking(after: bookings[bookings.count - 1].asked, as: first)
            let bookable = try Reason.findBookable(next.reasonID, by: acting, in: db)
            try next.checkRight(bookable, by: acting)
            bookings.append((next, next.appointment(bookable, by: acting, at: now)))
        }
    }

    var agents: Set<ID<Agent>> { Set(bookings.flatMap(\.booking.agents)) }

    /// Only an appointment's own agent keeps the gap after it, as with ``Claim``.
    func parts(by acting: Acting, at now: Instant, in db: Reader) throws -> [HeldPart] {
        try bookings.flatMap { booking, asked in
            let resources = try booking.chosenResources(by: acting, at: now, in: db)
            let holders = booking.agents.sorted().map(Claim.Holder.agent) + resources.map { .resource($0.id) }
            return holders.map { HeldPart(holder: $0, time: $0.time(of: asked)) }
        }
    }

    /// A seat of a group appointment that stands.
    func isSeat(in db: Reader) throws -> Bool { try hasSeats && bookings[0].asked.standingGroup(in: db) != nil }

    func check(by acting: Acting, in db: Reader) throws {
        for (booking, asked) in bookings {
            try booking.checkColleagues(by: acting, in: db)
            try booking.checkPlace(by: acting, in: db)
            try booking.checkOpenings(of: asked, in: acting.territory, db: db)
        }
    }
}

extension Claim.Holder {
    fileprivate var resource: ID<Resource>? { if case .resource(let id) = self { id } else { nil } }
}
