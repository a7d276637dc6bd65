import Crypto
import CryptoExtras
import Dispatch
import Foundation
import Synchronization

/// Hashes and verifies passwords with scrypt, one at a time on a queue of its own: two at once would hold both cores of a small
/// machine, and each needs 32 MB. Never called inside a transaction.
public final class PasswordHasher: Sendable {
    let cost: ScryptCost
    private let mostWaiting: Int
    private let queue = DispatchQueue(label: "scrypt")
    private let waiting = Mutex(0)
    private let done = Mutex(0)

    /// - Parameter mostWaiting: beyond, one is told to come back. At 90 ms each, sixty wait about five seconds.
    public init(cost: ScryptCost = .standard, mostWaiting: Int = 60) {
        self.cost = cost
        self.mostWaiting = mostWaiting
    }

    /// How many it has computed since it was made.
    public var count: Int { done.withLock { $0 } }

    /// - Throws: ``Refusal`` of code `sign-in-busy` when too many wait.
    func hash(_ password: NewPassword) async throws -> PasswordHash {
        let salt = SymmetricKey(size: .bits128).withUnsafeBytes { Array($0) }
        return PasswordHash(cost: cost, salt: salt, hash: try await derive(password.text, cost: cost, salt: salt))
    }

    /// Whether the password is the one that was hashed. Without a hash it works as long, and the answer is no: whoever measures the
    /// time learns nothing of who has an account.
    func verify(_ password: String, _ hash: PasswordHash?) async throws -> Bool {
        let known = hash ?? PasswordHash(cost: cost, salt: Array(repeating: 0, count: 16), hash: Array(repeating: 0, count: 32))
        let derived = try await derive(password, cost: known.cost, salt: known.salt)
        let isEqual = zip(derived, known.hash).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
        return isEqual && derived.count == known.hash.count && hash != nil
    }

    private func derive(_ password: String, cost: ScryptCost, salt: [UInt8]) async throws -> [UInt8] {
        guard enter() else { throw Refusal.signInBusy }
        defer { leave() }
        // The library cannot take an empty password; no password is one space either.
        let bytes = Array((password.isEmpty ? " " : password.precomposedStringWithCanonicalMapping).utf8)
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Self.scrypt(bytes, cost, salt) }) }
        }
    }

    private func enter() -> Bool {
        waiting.withLock { count in
            guard count < mostWaiting else { return false }
            count += 1
            return true
        }
    }

    private func leave() {
        waiting.withLock { $0 -= 1 }
        done.withLock { $0 += 1 }
    }

    private static func scrypt(_ password: [UInt8], _ cost: ScryptCost, _ salt: [UInt8]) throws -> [UInt8] {
        let key = try KDF.Scrypt.deriveKey(
            from: password, salt: salt, outputByteCount: 32, rounds: 1 << cost.log2N, blockSize: cost.blockSize,
            parallelism: cost.parallelism)
        return key.withUnsafeBytes { Array($0) }
    }
}

extension Refusal {
    static let signInBusy = Refusal(
        .unavailable, "sign-in-busy", "Beaucoup de personnes se connectent en ce moment. Attendez quelques secondes, puis recommencez.")
}
