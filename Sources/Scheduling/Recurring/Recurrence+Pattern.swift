/// The dates of the pattern, as day numbers, exceptions left aside. Only for a recurrence that passes `check()`.
extension Recurrence {
    /// Calls `body` with each date of the pattern in `window`, in order. Goes straight to the window: nothing is counted from `first`.
    @inline(__always)
    func forEachPatternDay(in window: Range<Int>, _ body: (Int) -> Void) {
        let lower = max(window.lowerBound, first.dayNumber)
        let upper = min(window.upperBound, lastDay + 1)
        guard lower < upper else { return }
        switch pattern {
        case .once:
            body(lower)
        case .daily(let every):
            let skipped = (lower - first.dayNumber).ceiledQuotient(by: every)
            for day in stride(from: first.dayNumber + skipped * every, to: upper, by: every) { body(day) }
        case .weekly(let every, let weekdays):
            forEachWeekly(every: every, mask: weekdays.mask, in: lower..<upper, body)
        case .monthly(let every, let nth, let weekday):
            forEachMonthly(every: every, nth: nth, weekday, in: lower..<upper, body)
        }
    }

    func falls(on day: Int) -> Bool {
        var found = false
        forEachPatternDay(in: day..<day + 1) { _ in found = true }
        return found
    }

    @inline(__always)
    private func forEachWeekly(every: Int, mask: UInt8, in window: Range<Int>, _ body: (Int) -> Void) {
        let origin = first.monday.dayNumber
        let skipped = (CivilDate(dayNumber: window.lowerBound).monday.dayNumber - origin) / 7
        let start = origin + skipped.ceiledQuotient(by: every) * every * 7
        for monday in stride(from: start, to: window.upperBound, by: every * 7) {
            var left = mask
            while left != 0 {
                let day = monday + left.trailingZeroBitCount
                left &= left - 1
                if window.contains(day) { body(day) }
            }
        }
    }

    @inline(__always)
    private func forEachMonthly(every: Int, nth: Int, _ weekday: Weekday, in window: Range<Int>, _ body: (Int) -> Void) {
        let origin = Month(of: first.dayNumber).number
        let skipped = Month(of: window.lowerBound).number - origin
        var month = Month(number: origin + skipped.ceiledQuotient(by: every) * every)
        while month.firstDay < window.upperBound {
            if let day = month.day(nth: nth, weekday), window.contains(day) { body(day) }
            month.number += every
        }
    }
}
