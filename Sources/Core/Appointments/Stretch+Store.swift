import Scheduling
import Store

/// A stretch as the columns of `Schema.stretch`.
extension Stretch {
    static let columns: SQL = "first_date, start_minute, end_minute, nights, pattern, every, weekdays, nth, until_date, times"
    static let columnCount = 10

    static func read(_ row: Row, at offset: Int) throws -> Stretch {
        let recurrence = Recurrence(
            first: try row[offset], pattern: try pattern(row, at: offset + 4), until: try row[offset + 8], times: try row[offset + 9])
        return try Stretch(recurrence: recurrence, from: try row[offset + 1], to: try row[offset + 2], days: try row[offset + 3])
    }

    private static func pattern(_ row: Row, at offset: Int) throws -> Recurrence.Pattern {
        let kind: String = try row[offset]
        let every: Int = try row[offset + 1]
        let days = Set<Weekday>(bits: try row[offset + 2])
        switch kind {
        case "daily": return .daily(every: every)
        case "weekly": return .weekly(every: every, on: days)
        case "monthly": return .monthly(every: every, nth: try row[offset + 3], days.min() ?? .monday)
        default: return .once
        }
    }

    /// The values of the ``columns``, comma-separated.
    var values: SQL {
        let (kind, every, weekdays, nth) = recurrence.pattern.stored
        return """
            \(recurrence.first), \(from), \(to), \(self.days), \(kind), \(every), \(weekdays), \(nth), \(recurrence.until), \(recurrence.times)
            """
    }

    /// The columns of `Schema.stretch` set to this one.
    var assignments: SQL {
        let (kind, every, weekdays, nth) = recurrence.pattern.stored
        return """
            first_date = \(recurrence.first), start_minute = \(from), end_minute = \(to), nights = \(self.days), pattern = \(kind),
            every = \(every), weekdays = \(weekdays), nth = \(nth), until_date = \(recurrence.until), times = \(recurrence.times)
            """
    }

    /// For bulk loading, in the order of the ``columns``.
    var rowValues: [SQLValue] {
        let (kind, every, weekdays, nth) = recurrence.pattern.stored
        return [
            recurrence.first.sqlValue, from.sqlValue, to.sqlValue, days.sqlValue, kind.sqlValue, every.sqlValue, weekdays.sqlValue,
            nth.sqlValue, recurrence.until.sqlValue, recurrence.times.sqlValue,
        ]
    }
}

extension Recurrence.Pattern {
    var stored: (kind: String, every: Int, weekdays: Int, nth: Int) {
        switch self {
        case .once: ("once", 1, 0, 0)
        case .daily(let every): ("daily", every, 0, 0)
        case .weekly(let every, let days): ("weekly", every, days.bits, 0)
        case .monthly(let every, let nth, let weekday): ("monthly", every, Set([weekday]).bits, nth)
        }
    }
}

extension Set<Weekday> {
    /// Seven bits, Monday lowest.
    var bits: Int { reduce(0) { $0 | 1 << ($1.rawValue - 1) } }
    init(bits: Int) { self = Set(Weekday.allCases.filter { bits & 1 << ($0.rawValue - 1) != 0 }) }
}
