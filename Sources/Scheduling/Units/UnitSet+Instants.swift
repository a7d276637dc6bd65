/// From instants to units. What is open is rounded inwards and what is busy outwards, so that no unit is free that is not free whole.
extension UnitSet {
    /// The unit that holds an instant.
    public static func unit(of instant: Instant) -> Int {
        Int(instant.rawValue.flooredQuotient(by: Int64(secondsPerUnit)))
    }

    /// When a unit begins.
    public static func instant(of unit: Int) -> Instant {
        Instant(Int64(unit) * Int64(secondsPerUnit))
    }

    /// How many units it takes to hold so many minutes.
    public static func length(minutes: Int) -> Int {
        minutes.ceiledQuotient(by: minutesPerUnit)
    }

    /// The units that begin in a range: where something may start.
    public static func starts(in range: Range<Instant>) -> Range<Int> {
        unit(of: range.lowerBound.adding(seconds: secondsPerUnit - 1))..<unit(of: range.upperBound.adding(seconds: secondsPerUnit - 1))
    }

    /// The units that a range touches.
    public static func window(_ range: Range<Instant>) -> Range<Int> {
        guard !range.isEmpty else { return unit(of: range.lowerBound)..<unit(of: range.lowerBound) }
        return unit(of: range.lowerBound)..<unit(of: range.upperBound.adding(seconds: secondsPerUnit - 1))
    }

    /// The units that a range holds whole.
    public static func units(inside range: Range<Instant>) -> Range<Int> {
        let lower = unit(of: range.lowerBound.adding(seconds: secondsPerUnit - 1))
        return lower..<max(lower, unit(of: range.upperBound))
    }

    /// The empty set of the units that a range touches.
    public init(_ range: Range<Instant>) {
        self.init(window: UnitSet.window(range))
    }

    /// Inserts the units that an opening holds whole.
    public mutating func insert(inside range: Range<Instant>) {
        insert(UnitSet.units(inside: range))
    }

    /// Inserts every unit that busy time touches.
    public mutating func insert(touching range: Range<Instant>) {
        insert(UnitSet.window(range))
    }

    /// Removes every unit that busy time touches.
    public mutating func remove(touching range: Range<Instant>) {
        remove(UnitSet.window(range))
    }
}
