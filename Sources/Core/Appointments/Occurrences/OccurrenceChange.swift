import Scheduling

/// What changes of one day of an opening or of an absence that recurs.
public enum OccurrenceChange: Sendable, Equatable {
    /// On another day, or at other hours, or both. Minutes count from the midnight that begins the day.
    case move(to: CivilDate, minutes: Range<Int>)
    case delete
    /// As the pattern has it again.
    case restore

    /// How far it goes: celle-ci, celle-ci et les suivantes, toutes.
    public enum Scope: String, CaseIterable, Sendable {
        case one, following, all
    }
}

/// One day on which something recurs.
public struct Occurrence: Sendable, Equatable {
    /// The day of the pattern, or the one that was added.
    public let date: CivilDate
    /// What differs; nothing when it is as the pattern has it.
    public let exception: Recurrence.Exception?
}

extension Stretch {
    /// The days of the pattern in a window, exceptions left aside but named, and those added; in order.
    public func occurrences(in window: Range<CivilDate>) -> [Occurrence] {
        let exceptions = recurrence.exceptions
        let pattern = plain.dates(in: window).map { Occurrence(date: $0, exception: exceptions[$0]) }
        let added = exceptions.filter { $0.value.isAdded && window.contains($0.key) && !isOccurrence($0.key) }
        return (pattern + added.map { Occurrence(date: $0.key, exception: $0.value) }).sorted { $0.date < $1.date }
    }

    /// Whether the pattern falls on a day.
    public func isOccurrence(_ date: CivilDate) -> Bool { !plain.dates(in: date..<date.adding(days: 1)).isEmpty }

    /// Its hours, counted from the midnight that begins it: beyond 1440 when it spans nights.
    public var usualMinutes: Range<Int> { from..<days * 1440 + to }

    private var plain: Recurrence {
        var plain = recurrence
        plain.exceptions = [:]
        return plain
    }

    /// The same with the exceptions of another that still make sense for it.
    func keepingExceptions(of old: Stretch?) throws -> Stretch {
        guard let old, !old.recurrence.exceptions.isEmpty, recurrence.pattern != .once else { return self }
        return try with(old.recurrence.exceptions.filter { $0.value.isAdded || isOccurrence($0.key) })
    }
}

extension Recurrence.Exception {
    public var isAdded: Bool { if case .added = self { true } else { false } }
}

extension Stretch {
    /// The same with one day changed.
    /// - Throws: ``Refusal/notAnOccurrence`` for a day on which it does not recur.
    func changing(_ date: CivilDate, _ change: OccurrenceChange) throws -> Stretch {
        var exceptions = recurrence.exceptions
        let isAdded = exceptions[date]?.isAdded == true
        guard isAdded || (recurrence.pattern != .once && isOccurrence(date)) else { throw Refusal.notAnOccurrence }
        switch change {
        case .restore: exceptions[date] = nil
        case .delete: exceptions[date] = isAdded && !isOccurrence(date) ? nil : .deleted
        case .move(let other, let minutes) where isAdded && !isOccurrence(date):
            guard exceptions[other] == nil || other == date else { throw Refusal.dayChanged }
            exceptions[date] = nil
            exceptions[other] = .added(minutes: minutes)
        case .move(let other, let minutes):
            exceptions[date] =
                other == date ? (minutes == usualMinutes ? nil : .cut(minutes: minutes)) : .moved(to: other, minutes: minutes)
        }
        return try with(exceptions)
    }

    /// The same with one more day.
    /// - Throws: ``Refusal/dayChanged`` when that day has been changed already, but for one that was deleted: it comes back.
    func adding(_ date: CivilDate, minutes: Range<Int>) throws -> Stretch {
        var exceptions = recurrence.exceptions
        switch exceptions[date] {
        case nil: exceptions[date] = .added(minutes: minutes)
        case .deleted: exceptions[date] = minutes == usualMinutes ? nil : .cut(minutes: minutes)
        default: throw Refusal.dayChanged
        }
        return try with(exceptions)
    }

    /// Up to the day before a date, then from that date on: what « celle-ci et les suivantes » tells apart.
    /// - Returns: nothing before when the date is the first.
    func split(at date: CivilDate) throws -> (before: Stretch?, after: Stretch) {
        guard recurrence.pattern != .once, isOccurrence(date) else { throw Refusal.notAnOccurrence }
        let earlier = plain.dates(in: recurrence.first..<date)
        var later = recurrence
        later.first = date
        later.times = recurrence.times.map { $0 - earlier.count }
        later.exceptions = recurrence.exceptions.filter { $0.key >= date }
        let after = try Stretch(recurrence: later, from: from, to: to, days: days)
        guard !earlier.isEmpty else { return (nil, after) }
        var before = recurrence
        (before.until, before.times) = (date.adding(days: -1), nil)
        before.exceptions = recurrence.exceptions.filter { $0.key < date }
        return (try Stretch(recurrence: before, from: from, to: to, days: days), after)
    }

    /// All of it as one of its days has become: other hours, and the other day of the week when it moved.
    func shifted(from date: CivilDate, to other: CivilDate, minutes: Range<Int>) throws -> Stretch {
        var moved = recurrence
        let days = other.dayNumber - date.dayNumber
        if days != 0 {
            moved.first = moved.first.adding(days: days)
            moved.until = moved.until.map { $0.adding(days: days) }
            moved.pattern = moved.pattern.shifted(from: date, to: other)
        }
        let nights = (minutes.upperBound - 1) / 1440
        let plain = try Stretch(recurrence: moved.bare, from: minutes.lowerBound, to: minutes.upperBound - nights * 1440, days: nights)
        return try plain.keepingExceptions(of: self)
    }
}

extension Recurrence {
    fileprivate var bare: Recurrence {
        var bare = self
        bare.exceptions = [:]
        return bare
    }
}

extension Recurrence.Pattern {
    /// The day of the week, and the rank in the month, of another date in place of one.
    fileprivate func shifted(from date: CivilDate, to other: CivilDate) -> Recurrence.Pattern {
        switch self {
        case .once, .daily: self
        case .weekly(let every, let days): .weekly(every: every, on: days.subtracting([date.weekday]).union([other.weekday]))
        case .monthly(let every, let nth, _): .monthly(every: every, nth: nth == -1 ? -1 : (other.day - 1) / 7 + 1, other.weekday)
        }
    }
}

extension Refusal {
    public static let notAnOccurrence = Refusal.field(
        "date", "not-an-occurrence", "Elle n’a pas lieu ce jour-là. Choisissez un jour de la liste, ou ajoutez ce jour.")
    public static let dayChanged = Refusal.field(
        "date", "day-changed", "Ce jour a déjà été changé. Choisissez-le dans la liste pour le changer encore.")
    public static let changedMeanwhile = Refusal(
        .conflict, "changed-meanwhile",
        "Quelqu’un l’a changée pendant que vous l’écriviez. Relisez ce qu’elle dit maintenant : ce que vous avez tapé est gardé.")
}
