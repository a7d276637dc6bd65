/// When something repeats, in civil dates: what an agent means by "every other Tuesday until June, except the 14th".
public struct Recurrence: Hashable, Sendable {
    public enum Pattern: Hashable, Sendable {
        case once
        /// Every so many days from `first`.
        case daily(every: Int)
        /// On chosen days, every so many weeks, counted from the ISO week of `first` (iCalendar's WKST=MO).
        case weekly(every: Int, on: Set<Weekday>)
        /// On the nth weekday (1 to 5, or -1 for the last), every so many months counted from the month of `first`.
        /// A month without a fifth one has none.
        case monthly(every: Int, nth: Int, Weekday)
    }

    /// What differs on one date. Minutes count from the midnight that begins the day; beyond 1440 they run into the following days.
    public enum Exception: Hashable, Codable, Sendable {
        case deleted
        /// The occurrence of that date happens on another day, or at other hours, or both.
        case moved(to: CivilDate, minutes: Range<Int>)
        /// The occurrence keeps its day and has other hours.
        case cut(minutes: Range<Int>)
        /// One more occurrence, whether or not the date has one already.
        case added(minutes: Range<Int>)
    }

    /// A date is an occurrence only if it is not before this one.
    public var first: CivilDate
    public var pattern: Pattern
    /// The last date on which the pattern may fall, itself included.
    public var until: CivilDate?
    /// How many times the pattern falls at most, those with an exception counted (as iCalendar's COUNT).
    public var times: Int?
    /// By the date of the pattern that they change. Deleting, moving or cutting a date that is not one changes nothing.
    public var exceptions: [CivilDate: Exception]

    public init(
        first: CivilDate, pattern: Pattern = .once, until: CivilDate? = nil, times: Int? = nil,
        exceptions: [CivilDate: Exception] = [:]
    ) {
        self.first = first
        self.pattern = pattern
        self.until = until
        self.times = times
        self.exceptions = exceptions
    }
}
