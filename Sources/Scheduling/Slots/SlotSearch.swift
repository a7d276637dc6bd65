/// What is looked for: so many minutes in a row, starting in a range of time, perhaps at some hours of the day only.
public struct SlotSearch: Sendable {
    /// In units.
    public let length: Int
    /// The units in which a slot may start.
    public let starts: Range<Int>
    /// The weeks that those touch: ranks are given for each.
    public let weeks: [Week]
    /// The starts that the part of day allows; nil when any is.
    private let allowed: UnitSet?

    /// - Parameters:
    ///   - minutes: how long; rounded up to whole units, one at least.
    ///   - range: the first instant at which a slot may start, and the one before which it must. It may end later.
    ///   - dayPart: minutes since midnight, in civil time, between which a slot may start.
    public init(minutes: Int, startingIn range: Range<Instant>, dayPart: Range<Int>? = nil, zone: Zone) {
        length = max(1, UnitSet.length(minutes: minutes))
        let starts = UnitSet.starts(in: range)
        self.starts = starts
        weeks = zone.weeks(touching: starts)
        allowed = dayPart.map { SlotSearch.starts(of: $0.clamped(to: 0..<1440), in: starts, zone: zone) }
    }

    private static func starts(of dayPart: Range<Int>, in starts: Range<Int>, zone: Zone) -> UnitSet {
        var set = UnitSet(window: starts)
        guard !starts.isEmpty, !dayPart.isEmpty else { return set }
        let first = zone.civil(UnitSet.instant(of: starts.lowerBound)).date
        let last = zone.civil(UnitSet.instant(of: starts.upperBound)).date
        for date in first...last {
            let (from, to) = (zone.instant(date, minute: dayPart.lowerBound), zone.instant(date, minute: dayPart.upperBound))
            if from < to { set.insert(UnitSet.starts(in: from..<to)) }
        }
        return set
    }

    /// Calls `body` with each start of a candidate in some units, until it answers false.
    @inline(__always)
    func forEachStart(of candidate: Candidate, in units: Range<Int>, _ body: (Int) -> Bool) {
        let (notBefore, before) = (max(starts.lowerBound, units.lowerBound), min(starts.upperBound, units.upperBound))
        if let exact = candidate.starts {
            exact.forEachMember(every: length, notBefore: notBefore, before: before) { start in
                allowed?.contains(start) ?? true ? body(start) : true
            }
        } else if let allowed {
            candidate.free.forEachStart(length: length, notBefore: notBefore, before: before) { start in
                allowed.contains(start) ? body(start) : true
            }
        } else {
            candidate.free.forEachStart(length: length, notBefore: notBefore, before: before, body)
        }
    }
}
