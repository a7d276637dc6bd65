extension Recurrence {
    /// The dates on which something happens, exceptions applied: in order, each once. None when it does not pass `check()`.
    public func dates(in window: Range<CivilDate>) -> [CivilDate] {
        guard (try? check()) != nil else { return [] }
        var days: [Int] = []
        forEachPatternDay(in: window.lowerBound.dayNumber..<window.upperBound.dayNumber) { day in
            if !leaves(CivilDate(dayNumber: day)) { days.append(day) }
        }
        guard !exceptions.isEmpty else { return days.map(CivilDate.init(dayNumber:)) }
        let brought = exceptions.compactMap { date, exception in broughtDate(date, exception) }
        let dates = days.map(CivilDate.init(dayNumber:)) + brought.filter(window.contains)
        return Set(dates).sorted()
    }

    /// Whether an exception takes away what happens on a date of the pattern.
    private func leaves(_ date: CivilDate) -> Bool {
        switch exceptions[date] {
        case .deleted, .moved: true
        case .cut, .added, nil: false
        }
    }

    private func broughtDate(_ date: CivilDate, _ exception: Exception) -> CivilDate? {
        switch exception {
        case .added: date
        case .moved(let other, _): falls(on: date.dayNumber) ? other : nil
        case .deleted, .cut: nil
        }
    }
}
