/// A set that no longer changes, with the number of its units before each word: counting those of a range, however long, takes two
/// look-ups. The shares of a thousand agents over four weeks are 8,000 such counts in each search.
struct UnitCounts: Sendable {
    private let set: UnitSet
    private let before: [Int32]

    init(_ set: UnitSet) {
        self.set = set
        var total: Int32 = 0
        before = set.words.map { word in
            defer { total += Int32(word.nonzeroBitCount) }
            return total
        }
    }

    func count(in units: Range<Int>) -> Int {
        let units = units.clamped(to: set.window)
        return units.isEmpty
            ? 0 : count(through: units.upperBound - 1) - count(through: units.lowerBound) + (set.contains(units.lowerBound) ? 1 : 0)
    }

    /// How many units are in the set up to this one of the window, itself included.
    private func count(through unit: Int) -> Int {
        let index = (unit >> 6) - set.firstWord
        return Int(before[index]) + (set.words[index] & (.max >> UInt64(63 - unit & 63))).nonzeroBitCount
    }
}
