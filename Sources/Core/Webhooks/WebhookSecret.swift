import Crypto
import Foundation
import Scheduling

/// What signs what is sent to a webhook, as Standard Webhooks has it (https://www.standardwebhooks.com): 32 random bytes.
///
/// They are kept as they are, since they must sign again: who steals them can send false news to that address, and read nothing here.
public struct WebhookSecret: Sendable, Equatable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    static func new() -> WebhookSecret { WebhookSecret(bytes: SymmetricKey(size: .bits256).withUnsafeBytes { Array($0) }) }

    /// `whsec_` and the bytes in base64: shown once, when it is made.
    public var text: String { "whsec_" + Data(bytes).base64EncodedString() }

    /// `v1,` and the HMAC-SHA256 of `id.timestamp.body`, in base64.
    func signature(id: String, at now: Instant, body: String) -> String {
        let signed = Array("\(id).\(now.rawValue).\(body)".utf8)
        let code = HMAC<SHA256>.authenticationCode(for: signed, using: SymmetricKey(data: bytes))
        return "v1," + Data(code).base64EncodedString()
    }
}
