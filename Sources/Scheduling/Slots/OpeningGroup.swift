/// The openings of an agent for the same reasons at the same place: one set of units answers for all of them.
struct OpeningGroup: Sendable {
    let reasons: Set<Int32>
    let place: Int32
    private(set) var openings: [(id: Int32, units: [Range<Int>])] = []
    /// While openings are added, the units that they open; once restricted, those that are free.
    private(set) var units: UnitSet

    init(reasons: Set<Int32>, place: Int32, window: Range<Int>) {
        self.reasons = reasons
        self.place = place
        units = UnitSet(window: window)
    }

    mutating func add(_ opening: OpeningInput) {
        let ranges = opening.ranges.map(UnitSet.units(inside:)).filter { $0.overlaps(units.window) }
        for range in ranges { units.insert(range) }
        openings.append((opening.id, ranges))
    }

    mutating func restrict(to free: UnitSet) {
        units.formIntersection(free)
    }

    func serves(_ reason: Int32, at place: Int32?) -> Bool {
        (place == nil || place == self.place) && reasons.contains(reason)
    }

    /// The openings one occurrence of which holds these units whole.
    func openings(holding sought: Range<Int>) -> [Int32] {
        openings.filter { $0.units.contains { $0.contains(sought) } }.map(\.id)
    }
}

extension OpeningGroup {
    /// In the order in which the openings come.
    static func groups(of inputs: [OpeningInput], window: Range<Int>) -> [OpeningGroup] {
        var groups: [OpeningGroup] = []
        for input in inputs {
            let known = groups.firstIndex { $0.place == input.place && $0.reasons == input.reasons }
            if known == nil { groups.append(OpeningGroup(reasons: input.reasons, place: input.place, window: window)) }
            groups[known ?? groups.count - 1].add(input)
        }
        return groups
    }
}
