import Scheduling
import Store
import Synchronization

/// How many changes others made to each agent's agenda since they last looked, for the bar of every page.
///
/// Kept with the agent's `calendar_version`, which every such change changes on whatever node, as ``ToCloseCounts`` is: a page costs the
/// one row that says it, with when the agent last looked and what they want to be told.
public final class ChangeCounts: Sendable {
    private let known = Mutex<[ID<Agent>: Known]>([:])

    private struct Known: Sendable {
        let version: Int64
        /// When, and when the appointment is; of an opening or an absence, nothing.
        let changes: [(at: Instant, about: Instant?)]
    }

    private struct Asked {
        let version: Int64
        let seenAt: Instant?
        let wanted: AgendaPreference.Changes
    }

    private static let capacity = 20_000

    public init() {}

    public func count(for acting: Acting, now: Instant, in db: Reader) throws -> Int {
        guard let asked = try Self.asked(acting, in: db), asked.wanted != .none else { return 0 }
        let seenAt = RecentChanges.newSince(asked.seenAt, now: now)
        let known = try known(asked.version, acting, now, in: db)
        let zone = acting.territory.zone
        let today = zone.civil(now).date
        let soon = zone.instant(today, minute: 0)..<zone.instant(today.adding(days: 2), minute: 0)
        return known.count { at, about in
            at > seenAt && (asked.wanted == .all || about.map(soon.contains) ?? false)
        }
    }

    private static func asked(_ acting: Acting, in db: Reader) throws -> Asked? {
        try db.first(
            """
            SELECT agent.calendar_version, agenda_seen.at, agenda_preference.changes FROM agent
            LEFT JOIN agenda_seen ON agenda_seen.territory_id = agent.territory_id AND agenda_seen.agent_id = agent.id
            LEFT JOIN agenda_preference ON agenda_preference.territory_id = agent.territory_id AND agenda_preference.agent_id = agent.id
            WHERE agent.territory_id = \(acting.territoryID) AND agent.id = \(acting.agent.id)
            """
        ) { Asked(version: try $0[0], seenAt: try $0[1], wanted: try $0[2] ?? AgendaPreference.usual.changes) }
    }

    private func known(_ version: Int64, _ acting: Acting, _ now: Instant, in db: Reader) throws -> [(at: Instant, about: Instant?)] {
        if let kept = known.withLock({ $0[acting.agent.id] }), kept.version == version { return kept.changes }
        let since = now.adding(days: -RecentChanges.days)
        let appointments = try ChangeRow.all(for: acting, since: since, in: db).filter { $0.by != acting.agent.id }
        let things = try AgendaChange.of(acting.agent.id, since: since, of: acting.territoryID, in: db).filter { $0.by != acting.agent.id }
        let changes = appointments.map { (at: $0.at, about: Optional($0.startsAt)) } + things.map { (at: $0.at, about: nil) }
        let fresh = Known(version: version, changes: changes)
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[acting.agent.id] = fresh
        }
        return changes
    }
}
