import Scheduling
import Store

extension Recurring {
    /// Gives what is shown on a day other hours, or another day: what happens once moves whole, of what recurs that day alone.
    /// - Parameters:
    ///   - shown: the day on which it stands now, and its hours then: a day that was moved there is found by them.
    ///   - version: of what was read before it was changed.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func reschedule(
        _ id: ID<Self>, shownOn shown: CivilDate, at hours: Range<Int>, to date: CivilDate, minutes: Range<Int>, version: Int64? = nil,
        by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await store.claim { db in
            let old = try locked(id, by: acting, in: db)
            try old.checkVersion(version)
            try check(date, minutes, of: acting.territory, at: now)
            let (day, stands) = old.stretch.occurrence(shownOn: shown, at: hours)
            guard stands == hours else { throw Refusal.shownInPart }
            try old.replace(with: try old.stretch.rescheduled(day, to: date, minutes: minutes), by: acting, at: now, in: db)
        }
    }
}

extension Stretch {
    /// The day of the pattern behind what is shown on a day, and its hours.
    fileprivate func occurrence(shownOn date: CivilDate, at hours: Range<Int>) -> (day: CivilDate, hours: Range<Int>) {
        for (day, exception) in recurrence.exceptions {
            if case .moved(let other, let minutes) = exception, other == date, minutes == hours { return (day, minutes) }
        }
        switch recurrence.exceptions[date] {
        case .cut(let minutes), .added(let minutes): return (date, minutes)
        default: return (date, usualMinutes)
        }
    }

    fileprivate func rescheduled(_ day: CivilDate, to date: CivilDate, minutes: Range<Int>) throws -> Stretch {
        guard recurrence.pattern == .once else { return try changing(day, .move(to: date, minutes: minutes)) }
        var once = recurrence
        once.first = date
        return try Stretch(recurrence: once, from: minutes.lowerBound, to: minutes.upperBound)
    }
}

extension Refusal {
    static let shownInPart = Refusal(
        .conflict, "shown-in-part", "Cette plage n’est pas affichée en entier, ou elle a changé. Ouvrez-la pour la modifier.")
}
