/// A calendar in which to look for slots: an agent's for one reason at one place, or the AND of all that must be free at once
/// (two agents, a room).
public struct Candidate: Sendable {
    /// Several candidates may be of one agent, at several places; they follow each other, and count once at a given time.
    public let agent: Int32
    public let place: Int32
    public let free: UnitSet
    /// Where a slot may begin, when `free` alone does not tell: someone else, or a room, must be free for all of it too.
    public let starts: UnitSet?
    /// For each of `SlotSearch.weeks`, how far the agent is from being proposed: the lowest is. Missing weeks count as 0.
    public let ranks: [Int32]
    /// What claims take, open or not: needed when the search keeps a gap after each slot.
    public let taken: UnitSet?

    public init(
        agent: Int32, place: Int32 = OpeningInput.nowhere, free: UnitSet, starts: UnitSet? = nil, ranks: [Int32] = [],
        taken: UnitSet? = nil
    ) {
        self.taken = taken
        self.agent = agent
        self.place = place
        self.free = free
        self.starts = starts
        self.ranks = ranks
    }

    @inline(__always)
    func rank(week: Int) -> Int32 {
        week < ranks.count ? ranks[week] : 0
    }
}
