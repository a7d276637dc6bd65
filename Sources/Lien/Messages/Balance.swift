import Scheduling
import Synchronization

/// How what leaves is shared between the gateways of a channel: by their weights, and less to one that fails or is slow, until it does
/// better. It never falls to nothing, so that its recovery is seen.
struct Balance: Sendable {
    struct Share: Sendable {
        let weight: Double
        /// From ``least`` to 1.
        var health = 1.0
    }

    private(set) var shares: [Share]
    static let least = 0.02
    /// Milliseconds beyond which an answer is slow.
    static let slow = 5000

    init(weights: [Int]) { shares = weights.map { Share(weight: Double($0)) } }

    /// - Parameter chance: from 0 to 1.
    func choose(_ chance: Double) -> Int {
        let parts = shares.map { $0.weight * $0.health }
        var left = chance * parts.reduce(0, +)
        for (index, part) in parts.enumerated() {
            if left < part { return index }
            left -= part
        }
        return shares.count - 1
    }

    mutating func note(_ index: Int, wasTrouble: Bool, milliseconds: Int) {
        let health = shares[index].health
        let now = wasTrouble ? health / 2 : milliseconds > Self.slow ? health * 0.8 : health + 0.1
        shares[index].health = min(max(now, Self.least), 1)
    }
}

/// The same, shared by the workers of a node.
final class Balancer: Sendable {
    private let balance: Mutex<Balance>

    init(weights: [Int]) { balance = Mutex(Balance(weights: weights)) }

    func choose(_ chance: Double = .random(in: 0..<1)) -> Int { balance.withLock { $0.choose(chance) } }

    func note(_ index: Int, wasTrouble: Bool, milliseconds: Int) {
        balance.withLock { $0.note(index, wasTrouble: wasTrouble, milliseconds: milliseconds) }
    }
}
