/// A start at which a slot is free.
public struct FoundStart: Hashable, Sendable {
    public let start: Instant
    /// How many agents are free.
    public let count: Int
    /// The one to propose, as an index into the candidates: of the lowest rank; of equal ranks, the first.
    public let proposed: Int

    public init(start: Instant, count: Int, proposed: Int) {
        self.start = start
        self.count = count
        self.proposed = proposed
    }
}
