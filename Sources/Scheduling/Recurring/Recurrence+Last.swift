/// The end of the pattern. Turning "n times" into a date once lets everything else look only at the dates it is asked for.
extension Recurrence {
    /// The last day on which the pattern may fall; year 9999 when it has no end.
    var lastDay: Int {
        let until = min(until?.dayNumber ?? Recurrence.endOfTime, Recurrence.endOfTime)
        guard let times else { return pattern == .once ? first.dayNumber : until }
        return min(until, dayOfTime(times))
    }

    private static let endOfTime = CivilDate.dayNumber(year: 9999, month: 12, day: 31)

    private func dayOfTime(_ times: Int) -> Int {
        switch pattern {
        case .once:
            first.dayNumber
        case .daily(let every):
            first.dayNumber + every * (times - 1)
        case .weekly(let every, let weekdays):
            weeklyDay(of: times, every: every, mask: weekdays.mask)
        case .monthly(let every, let nth, let weekday):
            monthlyDay(of: times, every: every, nth: nth, weekday)
        }
    }

    private func weeklyDay(of times: Int, every: Int, mask: UInt8) -> Int {
        let monday = first.monday.dayNumber
        let firstWeek = mask & (.max << (first.dayNumber - monday))
        if times <= firstWeek.nonzeroBitCount { return monday + firstWeek.position(ofBit: times - 1) }
        let (weeks, rest) = (times - firstWeek.nonzeroBitCount - 1).quotientAndRemainder(dividingBy: mask.nonzeroBitCount)
        return monday + 7 * every * (weeks + 1) + mask.position(ofBit: rest)
    }

    /// Walks the months, because not all have a fifth Monday; every 999 months, some sequences never meet one.
    private func monthlyDay(of times: Int, every: Int, nth: Int, _ weekday: Weekday) -> Int {
        var month = Month(of: first.dayNumber)
        var left = times
        while month.firstDay <= Recurrence.endOfTime {
            if let day = month.day(nth: nth, weekday), day >= first.dayNumber {
                left -= 1
                if left == 0 { return day }
            }
            month.number += every
        }
        return Recurrence.endOfTime
    }
}

extension UInt8 {
    /// Where the bit stands that has `rank` set bits below it.
    fileprivate func position(ofBit rank: Int) -> Int {
        var left = self
        for _ in 0..<rank { left &= left - 1 }
        return left.trailingZeroBitCount
    }
}
