/// A calendar as a set of 5-minute units, one bit each. Unit n is the five minutes that begin n × 300 seconds after 1970 (UTC):
/// units are absolute, so that days of 23 or 25 hours need no care.
///
/// Units outside the window are never in the set. Words are aligned on absolute units, so that sets combine word by word.
public struct UnitSet: Equatable, Sendable {
    public static let minutesPerUnit = 5
    public static let secondsPerUnit = 300

    /// The units that the set can hold.
    public let window: Range<Int>
    /// Word w holds the units 64 × (firstWord + w) and the 63 after it, lowest bit first.
    var words: [UInt64]

    /// An empty set.
    public init(window: Range<Int>) {
        self.window = window
        let count = window.isEmpty ? 0 : ((window.upperBound - 1) >> 6) - (window.lowerBound >> 6) + 1
        words = [UInt64](repeating: 0, count: count)
    }

    var firstWord: Int { window.lowerBound >> 6 }

    public var isEmpty: Bool {
        words.allSatisfy { $0 == 0 }
    }

    /// How many units are in the set.
    public var count: Int {
        words.reduce(0) { $0 + $1.nonzeroBitCount }
    }

    /// How many units of a range are in the set.
    public func count(in units: Range<Int>) -> Int {
        var total = 0
        UnitSet.forEachWord(of: units.clamped(to: window), from: firstWord) { total += (words[$0] & $1).nonzeroBitCount }
        return total
    }

    public func contains(_ unit: Int) -> Bool {
        guard window.contains(unit) else { return false }
        return words[(unit >> 6) - firstWord] >> UInt64(unit & 63) & 1 == 1
    }

    public mutating func insert(_ units: Range<Int>) {
        UnitSet.forEachWord(of: units.clamped(to: window), from: firstWord) { words[$0] |= $1 }
    }

    public mutating func remove(_ units: Range<Int>) {
        UnitSet.forEachWord(of: units.clamped(to: window), from: firstWord) { words[$0] &= ~$1 }
    }

    /// Each word that holds some of `units`, as its index from the word `base` and the mask of their bits.
    @inline(__always)
    private static func forEachWord(of units: Range<Int>, from base: Int, _ body: (Int, UInt64) -> Void) {
        guard !units.isEmpty else { return }
        let (low, high) = (units.lowerBound >> 6, (units.upperBound - 1) >> 6)
        for word in low...high {
            var mask = UInt64.max
            if word == low { mask &= .max << UInt64(units.lowerBound & 63) }
            if word == high { mask &= .max >> UInt64(63 - (units.upperBound - 1) & 63) }
            body(word - base, mask)
        }
    }
}
