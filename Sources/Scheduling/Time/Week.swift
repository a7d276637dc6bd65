/// An ISO week in a zone, as units: loads and ranks are counted by week.
public struct Week: Hashable, Sendable {
    public let monday: CivilDate
    /// From Monday's midnight to the next Monday's: 2016 units, or 12 less or more when clocks change by an hour.
    public let units: Range<Int>
}

extension Zone {
    /// The weeks that touch a range of units, whole, in order.
    public func weeks(touching units: Range<Int>) -> [Week] {
        guard !units.isEmpty else { return [] }
        var weeks: [Week] = []
        var monday = civil(UnitSet.instant(of: units.lowerBound)).date.monday
        var lower = UnitSet.unit(of: instant(monday, minute: 0))
        while lower < units.upperBound {
            let next = monday.adding(days: 7)
            let upper = UnitSet.unit(of: instant(next, minute: 0))
            weeks.append(Week(monday: monday, units: lower..<upper))
            (monday, lower) = (next, upper)
        }
        return weeks
    }
}
