/// An address that may stand in an `href`: a path of this site, a telephone, a mailbox, or a checked web address.
///
/// A literal is trusted; what is interpolated becomes one percent-encoded path segment: `"/people/\(id)"`.
struct URLPath: Sendable, Hashable {
    let text: String

    private init(text: String) { self.text = text }

    /// The same address with one more query parameter. Nothing personal goes there: addresses are kept in histories.
    func query(_ name: String, _ value: String) -> URLPath {
        let mark = text.contains("?") ? "&" : "?"
        return URLPath(text: text + mark + Self.encoded(name) + "=" + Self.encoded(value))
    }

    /// Nothing is added when there is no value.
    func query(_ name: String, _ value: String?) -> URLPath {
        value.map { query(name, $0) } ?? self
    }

    func fragment(_ name: String) -> URLPath {
        URLPath(text: text + "#" + Self.encoded(name))
    }

    /// - Parameter number: E.164, such as `+33639981234`.
    static func tel(_ number: String) -> URLPath {
        URLPath(text: "tel:" + number.filter { $0 == "+" || $0.isASCII && $0.isNumber })
    }

    static func mail(_ address: String) -> URLPath {
        URLPath(text: "mailto:" + encoded(address, keeping: "@"))
    }

    /// What someone typed as a link, such as a video room: `https` or `http` only, else nothing.
    static func web(_ address: String) -> URLPath? {
        let lowered = address.lowercased()
        guard lowered.hasPrefix("https://") || lowered.hasPrefix("http://") else { return nil }
        guard address.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F && $0 != 0x22 }) else { return nil }
        return URLPath(text: address)
    }

    /// A path of this site received from outside, such as where to return after signing in; anything else is refused.
    static func local(_ path: String) -> URLPath? {
        guard path.hasPrefix("/"), !path.hasPrefix("//"), !path.hasPrefix("/\\") else { return nil }
        guard path.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != 0x5C }) else { return nil }
        return URLPath(text: path)
    }
}

extension URLPath: ExpressibleByStringInterpolation {
    init(stringLiteral value: StaticString) { text = value.description }

    init(stringInterpolation: StringInterpolation) { text = stringInterpolation.text }

    struct StringInterpolation: StringInterpolationProtocol {
        fileprivate var text = ""

        init(literalCapacity: Int, interpolationCount: Int) { text.reserveCapacity(literalCapacity + interpolationCount * 36) }

        mutating func appendLiteral(_ literal: StaticString) { text += literal.description }

        mutating func appendInterpolation(_ segment: some CustomStringConvertible) { text += URLPath.encoded(segment.description) }
    }
}

extension URLPath {
    /// Percent-encodes all but the unreserved characters of RFC 3986.
    static func encoded(_ text: String, keeping kept: String = "") -> String {
        var encoded = ""
        for byte in text.utf8 {
            let character = Character(UnicodeScalar(byte))
            if isUnreserved(byte) || kept.contains(character) {
                encoded.append(character)
            } else {
                encoded += byte < 16 ? "%0" : "%"
                encoded += String(byte, radix: 16, uppercase: true)
            }
        }
        return encoded
    }

    private static func isUnreserved(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: "~"): true
        default: false
        }
    }
}
