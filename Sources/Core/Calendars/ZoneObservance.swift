import Scheduling

/// An offset that a zone observes, and from when: what a `VTIMEZONE` is made of (RFC 5545, section 3.6.5).
///
/// A rule where the zone has one (the last Sunday of March), found in its changes of the coming years; else each change by itself. A zone
/// whose clocks never change, as most overseas, has one.
struct ZoneObservance {
    let isDaylight: Bool
    /// On the clock that was right until then.
    let start: (date: CivilDate, minute: Int)
    let before: Int
    let after: Int
    /// `BYMONTH=3;BYDAY=-1SU`
    var rule: String?

    /// - Parameter first: the earliest hour that is said in the zone.
    static func write(_ zone: Zone, from first: Instant?, in lines: inout ICalendarLines) {
        guard let first else { return }
        lines.block("VTIMEZONE") { lines in
            lines.add("TZID", zone.identifier)
            for observance in all(of: zone, from: first) { observance.write(in: &lines) }
        }
    }

    private func write(in lines: inout ICalendarLines) {
        lines.block(isDaylight ? "DAYLIGHT" : "STANDARD") { lines in
            lines.add("DTSTART", ICalendarTime.local(start.date, minute: start.minute))
            lines.add("TZOFFSETFROM", ICalendarTime.offset(before))
            lines.add("TZOFFSETTO", ICalendarTime.offset(after))
            if let rule { lines.add("RRULE", "FREQ=YEARLY;\(rule)") }
        }
    }

    static func all(of zone: Zone, from first: Instant) -> [ZoneObservance] {
        // More than a year before, so that what holds at the first hour has begun; then enough years to know a rule.
        let since = first.adding(days: -400)
        let changes = zone.clockChanges(in: since..<since.adding(days: 12 * 366))
        let standard = changes.flatMap { [$0.before, $0.after] }.min() ?? zone.offset(at: since)
        let rules = Dictionary(grouping: changes, by: \.after).values.map { yearly($0, standard: standard) }
        if !changes.isEmpty, rules.allSatisfy({ $0 != nil }) { return rules.compactMap { $0 }.sorted { $0.start.date < $1.start.date } }
        let before = zone.offset(at: since)
        let base = ZoneObservance(
            isDaylight: before > standard, start: (CivilDate(dayNumber: 0), 0), before: before, after: before)
        return [base] + changes.map { ZoneObservance($0, standard: standard) }
    }

    /// The one rule of changes that come each year on the same weekday of the same month; nothing when they do not.
    private static func yearly(_ changes: [ClockChange], standard: Int) -> ZoneObservance? {
        let all = changes.map { ZoneObservance($0, standard: standard) }
        guard all.count >= 10, var first = all.first, all.allSatisfy({ first.agrees(with: $0) }),
            zip(all, all.dropFirst()).allSatisfy({ $1.start.date.year == $0.start.date.year + 1 })
        else { return nil }
        let days = all.map(\.start.date), weeks = Set(days.map { ($0.day - 1) / 7 + 1 })
        let isLast = days.allSatisfy { $0.adding(days: 7).month != $0.month }
        guard isLast || weeks.count == 1 else { return nil }
        let weekday = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"][days[0].weekday.rawValue - 1]
        first.rule = "BYMONTH=\(days[0].month);BYDAY=\(isLast ? -1 : weeks.first ?? 1)\(weekday)"
        return first
    }

    private init(_ change: ClockChange, standard: Int) {
        let local = change.at.adding(seconds: change.before).rawValue
        isDaylight = change.after > standard
        start = (CivilDate(dayNumber: Int(local.flooredQuotient(by: 86_400))), Int(local.flooredRemainder(by: 86_400)) / 60)
        (before, after) = (change.before, change.after)
    }

    private init(isDaylight: Bool, start: (CivilDate, Int), before: Int, after: Int) {
        (self.isDaylight, self.start, self.before, self.after) = (isDaylight, start, before, after)
    }

    private func agrees(with other: ZoneObservance) -> Bool {
        start.minute == other.start.minute && start.date.month == other.start.date.month
            && start.date.weekday == other.start.date.weekday && before == other.before
    }
}
