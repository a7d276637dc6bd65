/// A month of the calendar, counted so that months can be added.
struct Month {
    /// 12 × year + month − 1.
    var number: Int

    init(number: Int) {
        self.number = number
    }

    init(of dayNumber: Int) {
        let (year, month, _) = CivilDate(dayNumber: dayNumber).components
        number = 12 * year + month - 1
    }

    var firstDay: Int {
        CivilDate.dayNumber(year: number.flooredQuotient(by: 12), month: number.flooredRemainder(by: 12) + 1, day: 1)
    }

    /// The day number of the nth such weekday, or of the last for -1. Nil in a month without a fifth one.
    func day(nth: Int, _ weekday: Weekday) -> Int? {
        let end = Month(number: number + 1).firstDay
        let start = firstDay
        guard nth > 0 else { return Month.previous(weekday, notAfter: end - 1) }
        let day = Month.previous(weekday, notAfter: start + 6) + 7 * (nth - 1)
        return day < end ? day : nil
    }

    private static func previous(_ weekday: Weekday, notAfter day: Int) -> Int {
        day - (Weekday(dayNumber: day).rawValue - weekday.rawValue).flooredRemainder(by: 7)
    }
}
