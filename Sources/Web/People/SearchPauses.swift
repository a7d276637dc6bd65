import Core
import Scheduling

/// Which searches of someone who types are written to the journal: the first at once, then one entry when the typing pauses, with all
/// those whom the letters typed in between showed.
///
/// It decides and does not write: ``SearchJournal`` does.
struct SearchPauses {
    /// A silence of so many seconds ends a burst of typing.
    static let pause = 2

    private struct Burst {
        var last: Instant
        /// Searched since the first, which was written at once.
        var unwritten: SearchedPeople?

        var end: Instant { last.adding(seconds: SearchPauses.pause) }
    }

    private var bursts: [ID<Agent>: Burst] = [:]
    /// Of bursts that ended, and not yet taken.
    private var ended: [SearchedPeople] = []

    /// - Returns: whether this search is to be written before it is answered.
    mutating func note(_ search: SearchedPeople) -> Bool {
        guard var burst = bursts[search.agentID], search.at < burst.end else {
            if let unwritten = bursts[search.agentID]?.unwritten { ended.append(unwritten) }
            bursts[search.agentID] = Burst(last: search.at, unwritten: nil)
            return true
        }
        burst.last = search.at
        burst.unwritten = merged(burst.unwritten, search)
        bursts[search.agentID] = burst
        return false
    }

    private func merged(_ before: SearchedPeople?, _ search: SearchedPeople) -> SearchedPeople {
        var merged = search
        let earlier = before?.people ?? []
        merged.people = earlier + search.people.filter { !earlier.contains($0) }
        return merged
    }

    /// What is to be written now: the bursts that paused.
    mutating func due(at now: Instant) -> [SearchedPeople] {
        for (agent, burst) in bursts where now >= burst.end {
            if let unwritten = burst.unwritten { ended.append(unwritten) }
            bursts[agent] = nil
        }
        defer { ended = [] }
        return ended
    }

    /// All that is left, when the server stops.
    mutating func rest() -> [SearchedPeople] {
        ended += bursts.values.compactMap(\.unwritten)
        bursts = [:]
        defer { ended = [] }
        return ended
    }

    /// Gives back what could not be written: it is due again.
    mutating func giveBack(_ searches: [SearchedPeople]) { ended = searches + ended }
}
