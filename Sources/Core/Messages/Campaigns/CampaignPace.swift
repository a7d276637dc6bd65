import Scheduling

/// When each message of a campaign is to leave: so many a minute, and none at hours when nobody is disturbed.
struct CampaignPace {
    let rate: Int
    let quiet: Quiet
    /// When the next minute of sending begins.
    private(set) var next: Instant

    init(rate: Int, quiet: Quiet, from start: Instant) { (self.rate, self.quiet, next) = (rate, quiet, start) }

    /// The start of the next minute in which one may write, which is then used up.
    mutating func minute() -> Instant {
        for edge in [0, 59] where quiet.holds(at: next.adding(seconds: edge)) { next = quiet.next(from: next.adding(seconds: edge)) }
        defer { next = next.adding(seconds: 60) }
        return next
    }

    /// When the one of this position in a minute leaves.
    func seconds(_ position: Int) -> Int { position * 60 / rate }
}
