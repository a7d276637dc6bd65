import Scheduling
import Store
import Synchronization

/// How many appointments each agent has « à renseigner », for the bar of every page.
///
/// Counting looks at all of an agent's past (milliseconds), so the answer is kept with the agent's `calendar_version`: every change of
/// an appointment changes it, on whatever node. What is kept is when each ends, because time passing adds to the count by itself.
public final class ToCloseCounts: Sendable {
    private let known = Mutex<[ID<Agent>: Known]>([:])

    private struct Known: Sendable {
        let version: Int64
        /// Looked no further than this.
        let until: Instant
        /// In order.
        let ends: [Instant]

        func count(_ now: Instant) -> Int { ends.prefix { $0 <= now }.count }
    }

    /// Beyond so many agents everything is forgotten and asked again.
    private static let capacity = 20_000
    private static let ahead = 86_400

    public init() {}

    public func count(for acting: Acting, now: Instant, in db: Reader) throws -> Int {
        let version = try AgendaOwner.versions(of: [acting.agent.id], of: acting.territoryID, in: db)[acting.agent.id] ?? 0
        if let kept = known.withLock({ $0[acting.agent.id] }), kept.version == version, now <= kept.until {
            return kept.count(now)
        }
        let until = now.adding(seconds: ToCloseCounts.ahead)
        let ends = try ToClose.ends(for: acting, before: until, in: db).map(\.time.upperBound).sorted()
        let fresh = Known(version: version, until: until, ends: ends)
        keep(fresh, for: acting.agent.id)
        return fresh.count(now)
    }

    private func keep(_ fresh: Known, for agent: ID<Agent>) {
        known.withLock { known in
            if known.count >= ToCloseCounts.capacity { known.removeAll() }
            known[agent] = fresh
        }
    }
}
