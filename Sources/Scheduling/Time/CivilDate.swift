/// A day of the proleptic Gregorian calendar, without time or zone. Years 1 to 9999 can be made and read.
public struct CivilDate: Hashable, Sendable {
    /// Days since 1970-01-01.
    public let dayNumber: Int

    public init(dayNumber: Int) {
        self.dayNumber = dayNumber
    }

    /// Nil when there is no such day: 2026-02-30, month 13, year 0.
    public init?(year: Int, month: Int, day: Int) {
        guard (1...9999).contains(year), (1...12).contains(month), day >= 1 else { return nil }
        guard day <= CivilDate.daysIn(month: month, of: year) else { return nil }
        dayNumber = CivilDate.dayNumber(year: year, month: month, day: day)
    }

    public var year: Int { components.year }
    public var month: Int { components.month }
    public var day: Int { components.day }
    public var weekday: Weekday { Weekday(dayNumber: dayNumber) }

    public func adding(days: Int) -> CivilDate {
        CivilDate(dayNumber: dayNumber + days)
    }

    /// The Monday on or before this day: the first day of its ISO week.
    public var monday: CivilDate {
        CivilDate(dayNumber: dayNumber - (dayNumber + 3).flooredRemainder(by: 7))
    }

    public var isoWeek: ISOWeek {
        let thursday = monday.adding(days: 3)
        let newYear = CivilDate.dayNumber(year: thursday.year, month: 1, day: 1)
        return ISOWeek(year: thursday.year, number: (thursday.dayNumber - newYear) / 7 + 1)
    }
}

extension CivilDate: Strideable {
    public static func == (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber == right.dayNumber
    }

    public static func < (left: CivilDate, right: CivilDate) -> Bool {
        left.dayNumber < right.dayNumber
    }

    public func distance(to other: CivilDate) -> Int {
        other.dayNumber - dayNumber
    }

    public func advanced(by days: Int) -> CivilDate {
        adding(days: days)
    }
}

/// A week from Monday to Sunday; it belongs to the year that has its Thursday.
public struct ISOWeek: Hashable, Sendable {
    public let year: Int
    public let number: Int
}
