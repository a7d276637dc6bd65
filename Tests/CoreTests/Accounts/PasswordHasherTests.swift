import Foundation
import TestKit
import Testing

@testable import Core

@Suite("Hashing passwords")
struct PasswordHasherTests {
    @Test("is scrypt as RFC 7914 gives it")
    func vector() async throws {
        let hash = try #require(PasswordHash("scrypt$10$8$16$TmFDbA==$/bq+HJ00cgB4VucZDQHp/nxq18vII3gw53N2Y0s3MWI="))
        #expect(try await PasswordHasher().verify("password", hash))
        #expect(try await !PasswordHasher().verify("Password", hash))
    }

    @Test("keeps its cost and salt beside the hash, and reads nothing else back")
    func text() async throws {
        let password = try NewPassword(Office.password, for: PasswordRuleTests.agent, of: PasswordRuleTests.territory)
        let first = try await Office.hasher.hash(password)
        let second = try await Office.hasher.hash(password)
        #expect(first.salt != second.salt && first.hash != second.hash)
        #expect(first.text.hasPrefix("scrypt$4$8$1$"))
        #expect(PasswordHash(first.text) == first)
        for bad in ["", "scrypt$4$8$1$AAAA", "md5$4$8$1$AAAA$AAAA", "scrypt$40$8$1$AAAA$AAAA", "scrypt$4$8$1$$", "scrypt$4$8$1$?$AAAA"] {
            #expect(PasswordHash(bad) == nil, "\(bad)")
        }
    }

    @Test("an unknown account costs one derivation like a known one, and never opens")
    func unknown() async throws {
        let hasher = PasswordHasher(cost: .light)
        let password = try NewPassword(Office.password, for: PasswordRuleTests.agent, of: PasswordRuleTests.territory)
        let hash = try await hasher.hash(password)
        let before = hasher.count
        #expect(try await !hasher.verify("une autre chose", hash))
        #expect(try await !hasher.verify(Office.password, nil))
        #expect(try await !hasher.verify("", nil))
        #expect(hasher.count == before + 3)
    }

    @Test("beyond those who may wait, one is told to come back")
    func bounded() async throws {
        let hasher = PasswordHasher(cost: ScryptCost(log2N: 12, blockSize: 8, parallelism: 1), mostWaiting: 2)
        let outcomes = await withTaskGroup(of: String.self) { group in
            for _ in 0..<6 {
                group.addTask {
                    do { return try await hasher.verify("quelque chose", nil) ? "yes" : "no" } catch {
                        return (error as? Refusal)?.code ?? "?"
                    }
                }
            }
            return await group.reduce(into: [String: Int]()) { $0[$1, default: 0] += 1 }
        }
        #expect(outcomes["no", default: 0] >= 2)
        #expect(outcomes["sign-in-busy", default: 0] >= 1)
        #expect(try await !hasher.verify("quelque chose", nil), "and is let in again afterwards")
    }
}
