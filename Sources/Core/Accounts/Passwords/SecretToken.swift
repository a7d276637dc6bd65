import Crypto
import Foundation

/// A random secret that is given out once; only its SHA-256 is kept, so that a stolen database opens no door.
public struct SecretToken: Sendable, Equatable {
    /// 256 random bits in base64url, after the prefix if there is one.
    public let text: String

    static func new(prefix: String = "") -> SecretToken {
        let bytes = SymmetricKey(size: .bits256).withUnsafeBytes { Data($0) }
        let text = bytes.base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        return SecretToken(text: prefix + text)
    }

    /// What the database keeps: 32 bytes.
    var digest: [UInt8] { Self.digest(of: text) }

    static func digest(of text: String) -> [UInt8] { Array(SHA256.hash(data: Array(text.utf8))) }
}
