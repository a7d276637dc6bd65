import Scheduling
import Store
import Synchronization

/// How many people are « à rappeler » for each agent, for the bar of every page.
///
/// Counting looks at every reminder of the coming days (tens of milliseconds in a large territory), and its answer changes as time
/// passes and gateways answer, which no version tells: it is kept for half a minute, or until the agent called someone.
public final class ToCallCounts: Sendable {
    private let known = Mutex<[ID<Agent>: Known]>([:])

    private struct Known: Sendable {
        let count: Int
        let at: Instant
    }

    private static let seconds = 30, capacity = 20_000

    public init() {}

    public func count(for acting: Acting, at now: Instant, in db: Reader) throws -> Int {
        if let kept = known.withLock({ $0[acting.agent.id] }), (kept.at..<kept.at.adding(seconds: Self.seconds)).contains(now) {
            return kept.count
        }
        let fresh = Known(count: try ToCall.count(for: acting, at: now, in: db), at: now)
        known.withLock { known in
            if known.count >= Self.capacity { known.removeAll() }
            known[acting.agent.id] = fresh
        }
        return fresh.count
    }

    public func forget(_ agent: ID<Agent>) { known.withLock { $0[agent] = nil } }
}
