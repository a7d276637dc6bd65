/// The first free slot of a place.
public struct FirstStart: Hashable, Sendable {
    public let place: Int32
    public let start: Instant
    /// The candidate to propose, as in `FoundStart`.
    public let proposed: Int

    public init(place: Int32, start: Instant, proposed: Int) {
        self.place = place
        self.start = start
        self.proposed = proposed
    }
}

extension SlotSearch {
    /// The first start of each place that has one, the soonest first; of places free at the same time, the lowest number first.
    public func first(over candidates: [Candidate]) -> [FirstStart] {
        var best: [Int32: (unit: Int, rank: Int32, proposed: Int)] = [:]
        for (index, candidate) in candidates.enumerated() {
            let known = best[candidate.place]
            // Later than what the place already has is of no use; at the same time, the rank decides.
            let bound = known.map { $0.unit + 1 } ?? starts.upperBound
            guard let (unit, rank) = firstStart(of: candidate, before: bound) else { continue }
            if let known, known.unit == unit, known.rank <= rank { continue }
            best[candidate.place] = (unit, rank, index)
        }
        let found = best.map { FirstStart(place: $0, start: UnitSet.instant(of: $1.unit), proposed: $1.proposed) }
        return found.sorted { ($0.start, $0.place) < ($1.start, $1.place) }
    }

    private func firstStart(of candidate: Candidate, before bound: Int) -> (unit: Int, rank: Int32)? {
        var first: Int?
        forEachStart(of: candidate, in: starts.lowerBound..<bound) { start in
            first = start
            return false
        }
        guard let first, let week = weeks.firstIndex(where: { $0.units.contains(first) }) else { return nil }
        return (first, candidate.rank(week: week))
    }
}
