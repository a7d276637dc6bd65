/// Clocks go forward or back.
public struct ClockChange: Hashable, Sendable {
    public let at: Instant
    /// Seconds from UTC, just before and from then on.
    public let before: Int
    public let after: Int
}

extension Zone {
    /// Seconds from UTC at an instant.
    public func offset(at instant: Instant) -> Int { Int(changes.offset(instant: instant.rawValue)) }

    /// When clocks change in a range, in order.
    public func clockChanges(in range: Range<Instant>) -> [ClockChange] { changes.all(in: range) }
}
