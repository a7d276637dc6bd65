extension SlotSearch {
    /// Every start at which some candidate is free, in order, with how many agents are and which one to propose.
    ///
    /// One pass over the candidates' starts; what is known of each unit stays in one small array.
    public func run(over candidates: [Candidate]) -> [FoundStart] {
        var tallies = [Tally](repeating: Tally(), count: starts.count)
        for (index, candidate) in candidates.enumerated() {
            for (week, span) in weeks.enumerated() {
                let rank = candidate.rank(week: week)
                forEachStart(of: candidate, in: span.units) { start in
                    tallies[start - starts.lowerBound].add(Int32(index), agent: candidate.agent, rank: rank)
                    return true
                }
            }
        }
        return found(in: tallies)
    }

    private func found(in tallies: [Tally]) -> [FoundStart] {
        var found: [FoundStart] = []
        for (offset, tally) in tallies.enumerated() where tally.count > 0 {
            let start = UnitSet.instant(of: starts.lowerBound + offset)
            found.append(FoundStart(start: start, count: Int(tally.count), proposed: Int(tally.proposed)))
        }
        return found
    }
}

/// What is known of one start while candidates pass: 16 bytes, so that four weeks stay in the processor's cache.
private struct Tally {
    var count: Int32 = 0
    var rank: Int32 = .max
    var proposed: Int32 = -1
    var lastAgent: Int32 = .min

    @inline(__always)
    mutating func add(_ candidate: Int32, agent: Int32, rank: Int32) {
        if lastAgent != agent || count == 0 { count += 1 }
        lastAgent = agent
        if rank < self.rank || proposed < 0 { (self.rank, proposed) = (rank, candidate) }
    }
}
