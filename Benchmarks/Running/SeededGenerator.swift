import Core
import Foundation

/// SplitMix64: small, fast, and the same on every machine.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(_ seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}

/// Identifiers as the product makes them, in increasing order, and the same at each run.
struct SeededIDs {
    private var generator: SeededGenerator
    /// 1 January 2026.
    private var milliseconds: UInt64 = 1_767_225_600_000

    init(_ seed: UInt64) { generator = SeededGenerator(seed) }

    mutating func next<Entity>(_ type: Entity.Type = Entity.self) -> ID<Entity> {
        milliseconds += 1
        return ID(.version7(milliseconds: milliseconds, random: (generator.next(), generator.next())))
    }
}
