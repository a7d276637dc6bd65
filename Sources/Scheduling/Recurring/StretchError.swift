/// Why a stretch of time, or what repeats it, makes no sense.
public enum StretchError: Error, Hashable, Sendable {
    /// It ends before it starts, or when it starts.
    case endsBeforeItStarts
    /// A minute of the day outside 0 to 1440; nothing starts at 1440.
    case minuteOutOfRange(Int)
    /// A number of nights below 0 or above ten years.
    case daysOutOfRange(Int)
    /// Every 0 days, weeks or months, or more than 999.
    case everyOutOfRange(Int)
    /// Weekly, on no day.
    case noWeekday
    /// A rank in the month that is neither 1 to 5 nor -1.
    case nthOutOfRange(Int)
    case untilBeforeFirst
    /// Less than once, or more than 100,000 times.
    case timesOutOfRange(Int)
    /// The exception of that date has no hours, or hours that are not in a day.
    case exceptionOutOfRange(CivilDate)
}
