import Foundation

/// A password as it is kept: `scrypt$15$8$1$salt$hash`, salt and hash in base64 (RFC 7914).
struct PasswordHash: Sendable, Equatable {
    var cost: ScryptCost
    var salt: [UInt8]
    var hash: [UInt8]

    var text: String {
        "scrypt$\(cost.log2N)$\(cost.blockSize)$\(cost.parallelism)$\(Data(salt).base64EncodedString())$\(Data(hash).base64EncodedString())"
    }

    init(cost: ScryptCost, salt: [UInt8], hash: [UInt8]) {
        self.cost = cost
        self.salt = salt
        self.hash = hash
    }

    /// `nil` when the text is not such a hash, or asks for more work than a server should accept.
    init?(_ text: String) {
        let parts = text.split(separator: "$", omittingEmptySubsequences: false)
        guard parts.count == 6, parts[0] == "scrypt", let log2N = Int(parts[1]), let blockSize = Int(parts[2]),
            let parallelism = Int(parts[3]), (1...20).contains(log2N), (1...32).contains(blockSize), (1...16).contains(parallelism),
            let salt = Data(base64Encoded: String(parts[4])), let hash = Data(base64Encoded: String(parts[5])), !salt.isEmpty, !hash.isEmpty
        else { return nil }
        self.init(cost: ScryptCost(log2N: log2N, blockSize: blockSize, parallelism: parallelism), salt: Array(salt), hash: Array(hash))
    }
}

/// How much work a guess costs. The memory is 128 × 2^log2N × blockSize bytes.
public struct ScryptCost: Sendable, Equatable {
    public var log2N: Int
    public var blockSize: Int
    public var parallelism: Int

    public init(log2N: Int, blockSize: Int, parallelism: Int) {
        self.log2N = log2N
        self.blockSize = blockSize
        self.parallelism = parallelism
    }

    /// 32 MB and about 90 ms on one core.
    public static let standard = ScryptCost(log2N: 15, blockSize: 8, parallelism: 1)
    /// For tests alone: what is tried is the same, without the wait.
    public static let light = ScryptCost(log2N: 4, blockSize: 8, parallelism: 1)
}
