/// What is looked for: so many minutes in a row, starting in a range of time, perhaps at some hours of the day only.
public struct SlotSearch: Sendable {
    /// In units.
    public let length: Int
    /// Units from one start to the next in a run of free units.
    public let step: Int
    /// Units after a slot that no claim may take; they need not be open.
    public let gap: Int
    /// The units in which a slot may start.
    public let starts: Range<Int>
    /// The weeks that those touch: ranks are given for each.
    public let weeks: [Week]
    /// The starts that the part of day allows; nil when any is.
    private let allowed: UnitSet?

    /// - Parameters:
    ///   - minutes: how long; rounded up to whole units, one at least.
    ///   - step: minutes from one start to the next; `nil`: slots and the gaps between them lie end to end.
    ///   - gap: minutes kept free after each slot.
    ///   - range: the first instant at which a slot may start, and the one before which it must. It may end later.
    ///   - dayPart: minutes since midnight, in civil time, between which a slot may start.
    public init(
        minutes: Int, step: Int? = nil, gap: Int = 0, startingIn range: Range<Instant>, dayPart: Range<Int>? = nil, zone: Zone
    ) {
        length = max(1, UnitSet.length(minutes: minutes))
        self.gap = UnitSet.length(minutes: gap)
        self.step = max(1, step.map(UnitSet.length(minutes:)) ?? length + self.gap)
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
            exact.forEachStart(length: 1, step: step, notBefore: notBefore, before: before) { start in
                allows(start, of: candidate) ? body(start) : true
            }
        } else if allowed == nil && gap == 0 {
            candidate.free.forEachStart(length: length, step: step, notBefore: notBefore, before: before, body)
        } else {
            candidate.free.forEachStart(length: length, step: step, notBefore: notBefore, before: before) { start in
                allows(start, of: candidate) ? body(start) : true
            }
        }
    }

    /// Whether a start is one that is asked for.
    public func allows(_ start: Instant) -> Bool {
        let unit = UnitSet.unit(of: start)
        return starts.contains(unit) && allowed?.contains(unit) ?? true
    }

    private func allows(_ start: Int, of candidate: Candidate) -> Bool {
        guard allowed?.contains(start) ?? true else { return false }
        let after = start + length
        return gap == 0 || (candidate.taken?.count(in: after..<after + gap) ?? 0) == 0
    }
}
