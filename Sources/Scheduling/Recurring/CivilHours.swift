/// Turns hours of many days into instants, keeping those that intersect a window. Remembers the offset in force, and looks it up
/// only when clocks have changed since.
struct CivilHours {
    private let window: Range<Int64>
    private let civilDays: Range<Int>
    private let changes: ClockChanges
    private var offset: Int64 = 0
    private var locals: Range<Int64> = 0..<0

    init(zone: Zone, window: Range<Instant>) {
        self.window = window.lowerBound.rawValue..<window.upperBound.rawValue
        civilDays = zone.civil(window.lowerBound).date.dayNumber..<zone.civil(window.upperBound).date.dayNumber + 1
        changes = zone.changes
    }

    /// The days whose hours, that end so many minutes after midnight, may reach into the window.
    func days(reaching minutes: Int) -> Range<Int> {
        // One more: a day's hours may be pushed into the next by a clock change.
        civilDays.lowerBound - (minutes - 1) / 1440 - 1..<civilDays.upperBound
    }

    /// Nil when clock changes leave nothing of it, or when it is out of the window.
    @inline(__always)
    mutating func range(day: Int, _ minutes: Range<Int>) -> Range<Instant>? {
        let midnight = Int64(day) * 86_400
        let start = instant(local: midnight + Int64(minutes.lowerBound) * 60)
        let end = instant(local: midnight + Int64(minutes.upperBound) * 60)
        guard start < end, start < window.upperBound, end > window.lowerBound else { return nil }
        return Instant(start)..<Instant(end)
    }

    @inline(__always)
    private mutating func instant(local: Int64) -> Int64 {
        if !locals.contains(local) { (offset, locals) = changes.stretch(local: local) }
        return local - offset
    }
}
