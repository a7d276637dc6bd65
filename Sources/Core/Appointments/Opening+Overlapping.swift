import Scheduling
import Store

extension OpeningDraft {
    /// How far ahead overlaps are looked for.
    static let overlapDays = 26 * 7

    /// The agent's other openings that are open at the same hours, of those that one may see: a warning, not a rule.
    public func overlapping(except id: ID<Opening>?, seenBy acting: Acting, now: Instant, in db: Reader) throws -> [AgendaOpening] {
        var complaints = Complaints()
        guard let stretch = stretch.checked(in: acting.territory.zone, at: now, &complaints) else { return [] }
        let start = acting.territory.zone.instant(max(stretch.recurrence.first, acting.territory.zone.civil(now).date), minute: 0)
        let window = start..<start.adding(days: OpeningDraft.overlapDays)
        let times = stretch.ranges(in: window, zone: acting.territory.zone)
        let from = acting.territory.zone.civil(start).date
        return try AgendaOpening.read(of: [agentID], from: from, seenBy: acting, in: db).filter { other in
            guard other.opening.id != id else { return false }
            let others = other.opening.stretch.ranges(in: window, zone: acting.territory.zone)
            return others.overlap(times)
        }
    }
}

extension [Range<Instant>] {
    /// Whether two lists, both in order, share an instant.
    func overlap(_ others: [Range<Instant>]) -> Bool {
        var (left, right) = (self[...], others[...])
        while let one = left.first, let other = right.first {
            if one.overlaps(other) { return true }
            if one.upperBound <= other.upperBound { left = left.dropFirst() } else { right = right.dropFirst() }
        }
        return false
    }
}
