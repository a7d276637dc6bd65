import Scheduling
import Store

/// The appointment right after a slot, for a second reason.
public struct NextSlot: Sendable, Hashable {
    public let start: Instant
    public let minutes: Int
    public let reasonID: ID<Reason>
    public let agentID: ID<Agent>
    public let siteID: ID<Site>?

    public init(start: Instant, minutes: Int, reasonID: ID<Reason>, agentID: ID<Agent>, siteID: ID<Site>?) {
        self.start = start
        self.minutes = minutes
        self.reasonID = reasonID
        self.agentID = agentID
        self.siteID = siteID
    }

    /// How long one waits at most between the two.
    public static let longestWait = 15
}

extension Calendars {
    /// The slots of a query, with the second reason that it asks for.
    /// - Throws: ``Refusal/notFound`` when a reason is not theirs to book.
    public func findConsecutive(_ query: SlotQuery, for acting: Acting, now: Instant, in db: Reader) throws -> FoundSlots {
        try consecutive(try find(query, for: acting, now: now, in: db), query, for: acting, now: now, in: db)
    }

    /// Those that another reason can follow at once, in the same house, with the same agent if possible: one choice for both. The same
    /// when nothing is to follow.
    public func consecutive(
        _ found: FoundSlots, _ query: SlotQuery, for acting: Acting, now: Instant, in db: Reader
    ) throws -> FoundSlots {
        guard let reasonID = query.thenReasonID else { return found }
        var after = SlotQuery(reasonID: reasonID)
        after.organizationIDs = query.organizationIDs
        let next = NextSlots(try finder(after, for: acting, now: now, in: db))
        let slots = found.slots.compactMap { next.following($0, gap: found.reason.gapMinutes) }
        var firsts: [Numbers.Place: Slot] = [:]
        for slot in slots {
            let place = Numbers.Place(organization: slot.organizationID, site: slot.siteID)
            if firsts[place] == nil { firsts[place] = slot }
        }
        return FoundSlots(
            reason: found.reason, firstOfPlaces: firsts.values.sorted { $0.start < $1.start }, slots: slots, following: found.following)
    }
}

/// Who can go on after a slot.
private struct NextSlots {
    private let finder: SlotFinder
    private let found: SlotFinder.Candidates
    /// Where each candidate may begin.
    private let starts: [UnitSet]

    init(_ finder: SlotFinder) {
        self.finder = finder
        found = finder.candidates()
        starts = found.all.map { $0.starts ?? $0.free.erodedForRun(length: finder.search.length) }
    }

    /// The same slot with the soonest that can follow it; with the same agent, of those as soon.
    func following(_ slot: Slot, gap: Int) -> Slot? {
        let end = UnitSet.unit(of: slot.start.adding(minutes: slot.minutes))
        for unit in end...end + NextSlot.longestWait / 5 {
            guard let next = candidate(at: unit, after: slot, end: end, gap: gap / 5) else { continue }
            var both = slot
            both.next = next
            return both
        }
        return nil
    }

    private func candidate(at unit: Int, after slot: Slot, end: Int, gap: Int) -> NextSlot? {
        let onSite = finder.reason.how == .site
        let there = finder.built.numbers.compatible(
            with: Numbers.Place(organization: slot.organizationID, site: slot.siteID), onSite: onSite && slot.siteID != nil)
        let free = found.all.indices.filter { index in
            let isSame = found.agents[Int(found.all[index].agent)] == slot.agentID
            return starts[index].contains(unit) && there[Int(found.all[index].place)] && (!isSame || unit >= end + gap)
        }
        let best = free.first { found.agents[Int(found.all[$0].agent)] == slot.agentID } ?? free.first
        return best.map { index in
            NextSlot(
                start: UnitSet.instant(of: unit), minutes: finder.reason.minutes, reasonID: finder.reason.id,
                agentID: found.agents[Int(found.all[index].agent)], siteID: finder.built.numbers.places[Int(found.all[index].place)].site)
        }
    }
}
