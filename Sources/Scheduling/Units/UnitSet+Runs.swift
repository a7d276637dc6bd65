/// Runs of consecutive units, and the starts that fit in them.
extension UnitSet {
    /// Calls `body` with the first unit of each start where `length` consecutive units are in the set, until it answers false.
    ///
    /// Starts are laid from the beginning of each maximal run (its beginning, + step, + 2 × step…), even when that
    /// beginning is before `notBefore`: what is offered does not depend on the minute at which one asks. Only starts in
    /// `notBefore ..< before` are given; the last may end after `before`.
    /// - Parameter step: units from one start to the next; `length` lays them end to end.
    @inline(__always)
    public func forEachStart(length: Int, step: Int, notBefore: Int, before: Int, _ body: (Int) -> Bool) {
        let before = min(before, window.upperBound)
        guard length > 0, step > 0, notBefore < before, !words.isEmpty else { return }
        var cursor = beginningOfRun(at: max(notBefore, window.lowerBound))
        while cursor < before, let lower = next(in: cursor..<before) {
            let upper = endOfRun(from: lower)
            var start = lower
            if start < notBefore { start += (notBefore - start).ceiledQuotient(by: step) * step }
            while start + length <= upper && start < before {
                guard body(start) else { return }
                start += step
            }
            cursor = upper
        }
    }

    /// The first of the starts of `forEachStart`, end to end.
    public func firstStart(length: Int, notBefore: Int, before: Int) -> Int? {
        var first: Int?
        forEachStart(length: length, step: length, notBefore: notBefore, before: before) { start in
            first = start
            return false
        }
        return first
    }

    /// The set of the units n such that n ..< n + length are all in this set: every place where a run of that length may start,
    /// on any grid. Shift-and-AND, by doubling.
    public func erodedForRun(length: Int) -> UnitSet {
        var result = self
        var reached = 1
        while reached < length {
            let step = min(reached, length - reached)
            result.formIntersectionWithSelf(shiftedDownBy: step)
            reached += step
        }
        return result
    }

    private mutating func formIntersectionWithSelf(shiftedDownBy units: Int) {
        let (skipped, bits) = (units >> 6, UInt64(units & 63))
        for index in words.indices {
            let low = index + skipped < words.count ? words[index + skipped] : 0
            let high = index + skipped + 1 < words.count ? words[index + skipped + 1] : 0
            words[index] &= bits == 0 ? low : low >> bits | high << (64 - bits)
        }
    }

    /// The first unit of the set in a range of the window.
    @inline(__always)
    func next(in units: Range<Int>) -> Int? {
        guard !units.isEmpty else { return nil }
        let base = firstWord
        var index = (units.lowerBound >> 6) - base
        let last = ((units.upperBound - 1) >> 6) - base
        var word = words[index] & (.max << UInt64(units.lowerBound & 63))
        while word == 0 {
            guard index < last else { return nil }
            index += 1
            word = words[index]
        }
        let unit = (index + base) << 6 + word.trailingZeroBitCount
        return unit < units.upperBound ? unit : nil
    }

    /// The first unit after `unit` (which is in the set) that is not in it.
    @inline(__always)
    func endOfRun(from unit: Int) -> Int {
        let base = firstWord
        var index = (unit >> 6) - base
        var gaps = ~words[index] & (.max << UInt64(unit & 63))
        while gaps == 0 {
            index += 1
            guard index < words.count else { return window.upperBound }
            gaps = ~words[index]
        }
        return (index + base) << 6 + gaps.trailingZeroBitCount
    }

    /// The first unit of the run that holds `unit`; `unit` itself when it is not in the set.
    private func beginningOfRun(at unit: Int) -> Int {
        guard contains(unit) else { return unit }
        let base = firstWord
        var index = (unit >> 6) - base
        var gaps = ~words[index] & ~(.max << UInt64(unit & 63))
        while gaps == 0 {
            guard index > 0 else { return window.lowerBound }
            index -= 1
            gaps = ~words[index]
        }
        return (index + base) << 6 + (64 - gaps.leadingZeroBitCount)
    }
}
