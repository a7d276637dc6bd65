import Scheduling
import Store

/// What figures are counted by: weeks from Monday to Sunday, or months.
public enum Grain: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case week, month

    public var label: String {
        switch self {
        case .week: "par semaine"
        case .month: "par mois"
        }
    }

    /// The first day of the week or month that holds a day.
    public func first(of date: CivilDate) -> CivilDate {
        switch self {
        case .week: date.monday
        case .month: date.adding(days: 1 - date.day)
        }
    }

    /// The first day of the week or month after the one that begins on a day.
    public func next(after first: CivilDate) -> CivilDate {
        switch self {
        case .week: first.adding(days: 7)
        case .month: self.first(of: first.adding(days: 31))
        }
    }

    /// Whole weeks or months, from the one that holds the first day to the one that holds the last.
    public func whole(_ dates: ClosedRange<CivilDate>) -> Range<CivilDate> {
        first(of: dates.lowerBound)..<next(after: first(of: dates.upperBound))
    }

    /// The first days of the weeks or months of a range of whole ones.
    public func firsts(in dates: Range<CivilDate>) -> [CivilDate] {
        var firsts: [CivilDate] = []
        var first = dates.lowerBound
        while first < dates.upperBound {
            firsts.append(first)
            first = next(after: first)
        }
        return firsts
    }

    /// How many weeks or months are read at once.
    public var most: Int { self == .week ? 53 : 36 }
}
