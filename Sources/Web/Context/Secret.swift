import Crypto
import Foundation

/// Random values and signatures.
enum Secret {
    /// Random bytes in base64url, without padding.
    static func random(bytes count: Int) -> String {
        SymmetricKey(size: SymmetricKeySize(bitCount: count * 8)).withUnsafeBytes { base64URL(Array($0)) }
    }

    /// HMAC-SHA256 in base64url. `purpose` keeps one key's signatures apart.
    static func signature(of text: String, purpose: String, key: SymmetricKey) -> String {
        let code = HMAC<SHA256>.authenticationCode(for: Array("\(purpose)\u{0}\(text)".utf8), using: key)
        return base64URL(Array(code))
    }

    /// Takes the same time wherever two texts of one length differ.
    static func isEqual(_ left: String, _ right: String) -> Bool {
        let left = Array(left.utf8)
        let right = Array(right.utf8)
        guard left.count == right.count else { return false }
        return zip(left, right).reduce(UInt8(0)) { $0 | ($1.0 ^ $1.1) } == 0
    }

    static func base64URL(_ bytes: [UInt8]) -> String {
        Data(bytes).base64EncodedString()
            .replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
    }

    static func decodedBase64URL(_ text: String) -> [UInt8]? {
        let padding = String(repeating: "=", count: (4 - text.utf8.count % 4) % 4)
        return Data(base64Encoded: text.replacing("-", with: "+").replacing("_", with: "/") + padding).map(Array.init)
    }
}

/// The token of the forms of one session, and the cookie to send with a page that shows a first form to someone not signed in.
struct FormToken: Sendable, Equatable {
    var value: String
    /// To set with the answer: the anonymous half of the pair.
    var newCookie: String?
}
