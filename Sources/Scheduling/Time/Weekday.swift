/// A day of the week, numbered as in ISO 8601.
public enum Weekday: Int, CaseIterable, Comparable, Codable, Sendable {
    case monday = 1
    case tuesday, wednesday, thursday, friday, saturday, sunday

    public static func < (left: Weekday, right: Weekday) -> Bool {
        left.rawValue < right.rawValue
    }

    /// 1970-01-01 was a Thursday.
    init(dayNumber: Int) {
        self = Weekday.allCases[(dayNumber + 3).flooredRemainder(by: 7)]
    }
}

extension Set<Weekday> {
    /// The seven days as bits, Monday lowest.
    var mask: UInt8 {
        reduce(0) { $0 | 1 << ($1.rawValue - 1) }
    }
}
