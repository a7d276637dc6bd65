import Core
import Crypto
import Foundation

/// Makes the address to which what becomes of one e-mail comes back, and knows it again: it holds its own proof, and nothing that a letter
/// says has to be believed.
struct ReturnAddress: Sendable {
    /// `retour+{token}@example.fr`.
    let pattern: String
    let key: SymmetricKey

    static let hole = "{token}"
    /// Letters of a token: what mail servers put in lower case stays itself.
    static let length = 2 * (16 + bytes)
    /// Of the signature: enough for what can only be tried by sending letters.
    private static let bytes = 10

    func address(of sending: Sending) -> String { pattern.replacing(Self.hole, with: token(sending.id)) }

    func token(_ id: ID<Delivery>) -> String {
        let raw = withUnsafeBytes(of: id.uuid.uuid) { Array($0) }
        return (raw + signature(of: raw)).map { $0 < 16 ? "0" + String($0, radix: 16) : String($0, radix: 16) }.joined()
    }

    private func signature(of raw: [UInt8]) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array("return\u{0}".utf8) + raw, using: key).prefix(Self.bytes))
    }

    /// The sending that a letter comes back to, by where it was sent: what it says elsewhere counts for nothing.
    func delivery(_ mail: ReturnedMail) -> ID<Delivery>? {
        let fields = mail.head.filter { Self.destinations.contains($0.name) }
        for word in fields.flatMap({ $0.value.lowercased().split { !$0.isHexDigit } }) where word.utf8.count == Self.length {
            if let id = read(word) { return id }
        }
        return nil
    }

    private static let destinations: Set<String> = [
        "to", "cc", "delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to", "resent-to",
    ]

    private func read(_ token: Substring) -> ID<Delivery>? {
        let digits = Array(token)
        let raw = stride(from: 0, to: digits.count, by: 2).compactMap { UInt8(String(digits[$0...($0 + 1)]), radix: 16) }
        guard raw.count == 16 + Self.bytes,
            zip(signature(of: Array(raw.prefix(16))), raw.suffix(Self.bytes)).reduce(0, { $0 | ($1.0 ^ $1.1) }) == 0
        else { return nil }
        return ID(UUID(uuid: raw.withUnsafeBytes { $0.loadUnaligned(as: uuid_t.self) }))
    }
}
