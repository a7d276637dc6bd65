import Scheduling

/// When to try again what the outside world did not take, for webhooks and messages alike.
public struct Patience: Sendable {
    /// Seconds: the first wait, which doubles at each attempt, up to the longest.
    let first: Double
    let longest: Double
    /// Days of trying after which it is given up.
    public let days: Int

    public static let webhooks = Patience(first: 15, longest: 6 * 3600, days: 3)
    /// A gateway that is down for an hour loses nothing; what could not leave for two days is known to nobody, and must be seen.
    public static let messages = Patience(first: 15, longest: 1800, days: 2)

    /// Seconds to wait after so many attempts that failed.
    /// - Parameter chance: from 0 to 1; spreads by a fifth around, so that those that failed together do not come back together.
    func wait(after attempts: Int, chance: Double) -> Int {
        let doubled = (1...max(attempts, 1)).dropFirst().reduce(first) { wait, _ in min(wait * 2, longest) }
        return Int(min(doubled, longest) * (0.8 + 0.4 * chance))
    }

    /// - Returns: `nil` when it would come after the days of trying.
    func next(after attempts: Int, since: Instant, at now: Instant, chance: Double) -> Instant? {
        let next = now.adding(seconds: wait(after: attempts, chance: chance))
        return next <= since.adding(days: days) ? next : nil
    }
}
