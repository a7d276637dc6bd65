import Foundation

/// An IPv4 or IPv6 address as 16 bytes (IPv4 is mapped, `::ffff:a.b.c.d`), so that one comparison serves both.
struct NetworkAddress: Sendable, Hashable, CustomStringConvertible {
    let bytes: [UInt8]

    static let unspecified = NetworkAddress(bytes: Array(repeating: 0, count: 16))

    private init(bytes: [UInt8]) { self.bytes = bytes }

    init?(_ text: String) {
        var four = in_addr()
        var six = in6_addr()
        if inet_pton(AF_INET, text, &four) == 1 {
            bytes = Self.mappedPrefix + withUnsafeBytes(of: &four, Array.init)
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            bytes = withUnsafeBytes(of: &six, Array.init)
        } else {
            return nil
        }
    }

    var isIPv4: Bool { bytes.starts(with: Self.mappedPrefix) }

    /// What a rate limit counts: the address in IPv4, its /64 in IPv6, where one subscriber holds as many.
    var subscriber: NetworkAddress {
        isIPv4 ? self : NetworkAddress(bytes: bytes.prefix(8) + Array(repeating: 0, count: 8))
    }

    var description: String {
        if isIPv4 { return bytes.suffix(4).map(String.init).joined(separator: ".") }
        return stride(from: 0, to: 16, by: 2).map { String(Int(bytes[$0]) << 8 | Int(bytes[$0 + 1]), radix: 16) }.joined(separator: ":")
    }

    private static let mappedPrefix = Array(repeating: UInt8(0), count: 10) + [0xFF, 0xFF]
}

/// A block of addresses in CIDR notation, such as `10.0.0.0/8`, `2001:db8::/32` or one address.
public struct AddressBlock: Sendable, Hashable {
    private let address: NetworkAddress
    private let bits: Int

    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = NetworkAddress(String(parts[0])) else { return nil }
        let width = address.isIPv4 ? 32 : 128
        guard let length = parts.count == 2 ? Int(parts[1]) : width, (0...width).contains(length) else { return nil }
        self.address = address
        bits = length + 128 - width
    }

    /// Comma-separated blocks, as in `LIEN_TRUSTED_PROXIES`; nothing when one of them is wrong.
    public static func list(_ text: String) -> [AddressBlock]? {
        let parts = text.split(separator: ",").map { String($0).trimmed }.filter { !$0.isEmpty }
        let blocks = parts.compactMap(AddressBlock.init)
        return blocks.count == parts.count ? blocks : nil
    }

    func contains(_ other: NetworkAddress) -> Bool {
        let whole = bits / 8
        guard address.bytes.prefix(whole) == other.bytes.prefix(whole) else { return false }
        guard bits % 8 > 0 else { return true }
        let shift = 8 - bits % 8
        return address.bytes[whole] >> shift == other.bytes[whole] >> shift
    }
}
