import Foundation

/// Chance that is the same every time: a splitmix64 of a seed, a purpose and a number (Steele, Lea and Flood, 2014).
///
/// Any person and any agent of the demo can be made at once from their number, without those before them.
struct Dice: RandomNumberGenerator, Sendable {
    private var state: UInt64

    /// What is drawn for one purpose changes nothing of what is drawn for another.
    enum Purpose: UInt64 {
        case territory = 1, agent, agenda, person, file, appointments, ids, password
    }

    init(_ seed: UInt64, _ purpose: Purpose, _ number: Int = 0) {
        state =
            seed &* 0x9E37_79B9_7F4A_7C15 ^ purpose.rawValue &* 0xD1B5_4A32_D192_ED03 ^ UInt64(truncatingIfNeeded: number)
            &* 0x8CB9_2BA7_2F3D_8DD7
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }

    /// From 0 to `count - 1`.
    mutating func roll(_ count: Int) -> Int { Int(next().multipliedFullWidth(by: UInt64(max(count, 1))).high) }
    mutating func roll(_ range: ClosedRange<Int>) -> Int { range.lowerBound + roll(range.count) }

    /// - Parameter percent: how often the answer is yes.
    mutating func chance(_ percent: Double) -> Bool { Double(next() >> 11) / Double(1 << 53) * 100 < percent }

    mutating func pick<Element>(_ values: [Element]) -> Element { values[roll(values.count)] }

    /// The first of the pairs whose share is reached: shares are percentages, and the last pair takes the rest.
    mutating func pick<Value>(_ shares: [(Value, Double)]) -> Value {
        var left = Double(next() >> 11) / Double(1 << 53) * 100
        for (value, share) in shares.dropLast() {
            if left < share { return value }
            left -= share
        }
        return shares[shares.count - 1].0
    }
}
