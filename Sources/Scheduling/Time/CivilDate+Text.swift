extension CivilDate: LosslessStringConvertible {
    /// Strictly `YYYY-MM-DD` in ASCII digits: no space, no sign, no missing zero, and a day that exists.
    public init?(_ text: String) {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == UInt8(ascii: "-"), bytes[7] == UInt8(ascii: "-") else { return nil }
        guard let year = number(bytes[0..<4]), let month = number(bytes[5..<7]), let day = number(bytes[8..<10]) else { return nil }
        self.init(year: year, month: month, day: day)
    }

    /// The ten bytes of `YYYY-MM-DD`.
    package func write(into text: UnsafeMutableBufferPointer<UInt8>) {
        let (year, month, day) = components
        text.write(year, digits: 4, at: 0)
        text.write("-", at: 4)
        text.write(month, digits: 2, at: 5)
        text.write("-", at: 7)
        text.write(day, digits: 2, at: 8)
    }

    /// `YYYY-MM-DD`.
    public var description: String {
        String(unsafeUninitializedCapacity: 10) { text in
            write(into: text)
            return 10
        }
    }
}

extension CivilDate: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let date = CivilDate(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a date written YYYY-MM-DD")
        }
        self = date
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(description)
    }
}

/// A dictionary keyed by dates is written as an object, not as an array of alternating keys and values.
extension CivilDate: CodingKeyRepresentable {
    private struct Key: CodingKey {
        let stringValue: String
        var intValue: Int? { nil }

        init(stringValue: String) {
            self.stringValue = stringValue
        }

        init?(intValue: Int) {
            return nil
        }
    }

    public var codingKey: any CodingKey {
        Key(stringValue: description)
    }

    public init?(codingKey: some CodingKey) {
        self.init(codingKey.stringValue)
    }
}

private func number(_ digits: ArraySlice<UInt8>) -> Int? {
    var value = 0
    for digit in digits {
        guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
        value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value
}
