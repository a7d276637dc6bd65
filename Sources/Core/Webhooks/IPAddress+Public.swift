extension IPAddress {
    public var isLoopback: Bool {
        switch plain.count {
        case 4: plain[0] == 127
        default: plain == Array(repeating: 0, count: 15) + [1]
        }
    }

    /// An address of the Internet: of IPv4 all but the blocks set apart, of IPv6 global unicast alone, without those set apart in it
    /// (IANA's special-purpose registries, RFC 6890). What carries an IPv4 address inside is judged as IPv6: it is never one of these.
    public var isPublic: Bool {
        plain.count == 4 ? !Self.apart.contains { $0.holds(plain) } : Self.unicast.holds(plain) && !Self.apart6.contains { $0.holds(plain) }
    }

    /// An IPv4 address written as IPv6 (`::ffff:10.0.0.1`) is that IPv4 address.
    private var plain: [UInt8] {
        let mapped = Array(repeating: UInt8(0), count: 10) + [0xFF, 0xFF]
        return bytes.count == 16 && bytes.starts(with: mapped) ? Array(bytes.suffix(4)) : bytes
    }

    private struct Block: Sendable {
        let first: [UInt8]
        let bits: Int

        init(_ first: [UInt8], _ bits: Int) { (self.first, self.bits) = (first, bits) }

        func holds(_ address: [UInt8]) -> Bool {
            (0..<bits).allSatisfy { bit in
                let (byte, mask) = (bit / 8, UInt8(0x80) >> (bit % 8))
                return (byte < first.count ? first[byte] : 0) & mask == address[byte] & mask
            }
        }
    }

    private static let apart: [Block] = [
        Block([0], 8), Block([10], 8), Block([100, 64], 10), Block([127], 8),
        // Link-local, and with it the metadata services of hosting companies.
        Block([169, 254], 16),
        Block([172, 16], 12), Block([192, 0, 0], 24), Block([192, 0, 2], 24), Block([192, 31, 196], 24), Block([192, 52, 193], 24),
        Block([192, 88, 99], 24), Block([192, 168], 16), Block([192, 175, 48], 24), Block([198, 18], 15), Block([198, 51, 100], 24),
        Block([203, 0, 113], 24), Block([224], 4), Block([240], 4),
    ]

    private static let unicast = Block([0x20], 3)
    private static let apart6: [Block] = [
        // Teredo, benchmarking, ORCHID and others; documentation; 6to4, which goes on to an IPv4 address; documentation again.
        Block([0x20, 0x01, 0x00], 23), Block([0x20, 0x01, 0x0D, 0xB8], 32), Block([0x20, 0x02], 16), Block([0x3F, 0xFF], 20),
    ]
}
