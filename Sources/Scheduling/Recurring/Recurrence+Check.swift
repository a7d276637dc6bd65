extension Recurrence {
    static let everyBounds = 1...999
    static let timesBounds = 1...100_000

    /// Throws the first thing that makes it meaningless.
    public func check() throws(StretchError) {
        try checkPattern()
        if let until, until < first { throw .untilBeforeFirst }
        if let times, !Recurrence.timesBounds.contains(times) { throw .timesOutOfRange(times) }
        for date in exceptions.keys.sorted() {
            guard let minutes = exceptions[date]?.minutes else { continue }
            let starts = 0..<1440
            let ends = 1...1440 * (Stretch.daysBounds.upperBound + 1)
            guard starts.contains(minutes.lowerBound), ends.contains(minutes.upperBound), !minutes.isEmpty else {
                throw .exceptionOutOfRange(date)
            }
        }
    }

    private func checkPattern() throws(StretchError) {
        switch pattern {
        case .once:
            return
        case .daily(let every):
            try check(every: every)
        case .weekly(let every, let weekdays):
            try check(every: every)
            if weekdays.isEmpty { throw .noWeekday }
        case .monthly(let every, let nth, _):
            try check(every: every)
            guard nth == -1 || (1...5).contains(nth) else { throw .nthOutOfRange(nth) }
        }
    }

    private func check(every: Int) throws(StretchError) {
        guard Recurrence.everyBounds.contains(every) else { throw .everyOutOfRange(every) }
    }
}

extension Recurrence.Exception {
    /// The hours it gives, unless it takes the occurrence away.
    var minutes: Range<Int>? {
        switch self {
        case .deleted: nil
        case .moved(_, let minutes), .cut(let minutes), .added(let minutes): minutes
        }
    }
}
