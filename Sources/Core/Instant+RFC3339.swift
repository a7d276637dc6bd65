import Scheduling

extension Instant {
    /// `2026-12-03T08:30:00Z`, with any offset; fractions of a second are dropped. RFC 3339, without leap seconds.
    public init?(rfc3339 text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count >= 20, let date = CivilDate(String(decoding: bytes[0..<10], as: UTF8.self)) else { return nil }
        guard bytes[10] | 0x20 == UInt8(ascii: "t"), bytes[16] == UInt8(ascii: ":") else { return nil }
        guard let minutes = Self.minutes(bytes[11..<16]), let second = Self.digits(bytes[17..<19]), second < 60 else { return nil }
        guard let offset = Self.offset(bytes[19...]) else { return nil }
        self.init(Int64(date.dayNumber * 86_400 + (minutes - offset) * 60 + second))
    }

    /// `2026-12-03T08:30:00Z`.
    public var rfc3339: String {
        let day = rawValue.flooredQuotient(by: 86_400), second = rawValue.flooredRemainder(by: 86_400)
        return String(unsafeUninitializedCapacity: 20) { text in
            CivilDate(dayNumber: Int(day)).write(into: text)
            for (index, mark) in [(10, "T"), (13, ":"), (16, ":"), (19, "Z")] as [(Int, Unicode.Scalar)] { text.write(mark, at: index) }
            text.write(Int(second) / 3600, digits: 2, at: 11)
            text.write(Int(second) / 60 % 60, digits: 2, at: 14)
            text.write(Int(second) % 60, digits: 2, at: 17)
            return 20
        }
    }

    /// After the seconds: an optional fraction, then `Z` or `+hh:mm`, in minutes.
    private static func offset(_ bytes: ArraySlice<UInt8>) -> Int? {
        var rest = bytes
        if rest.first == UInt8(ascii: ".") {
            let fraction = rest.dropFirst().prefix { isDigit($0) }
            guard !fraction.isEmpty else { return nil }
            rest = rest.dropFirst(1 + fraction.count)
        }
        guard let sign = rest.first else { return nil }
        if sign | 0x20 == UInt8(ascii: "z") { return rest.count == 1 ? 0 : nil }
        guard sign == UInt8(ascii: "+") || sign == UInt8(ascii: "-"), let minutes = minutes(rest.dropFirst()) else { return nil }
        return sign == UInt8(ascii: "+") ? minutes : -minutes
    }

    /// `hh:mm`.
    private static func minutes(_ bytes: ArraySlice<UInt8>) -> Int? {
        guard bytes.count == 5, bytes[bytes.startIndex + 2] == UInt8(ascii: ":"), let hour = digits(bytes.prefix(2)),
            let minute = digits(bytes.suffix(2))
        else { return nil }
        return hour < 24 && minute < 60 ? hour * 60 + minute : nil
    }

    private static func digits(_ bytes: ArraySlice<UInt8>) -> Int? {
        bytes.allSatisfy(isDigit) ? bytes.reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } : nil
    }

    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
