import Core

/// What a form sent: `application/x-www-form-urlencoded`, read strictly, every value of each name in order.
///
/// Hummingbird's own decoder answers 500 to `a=1&a=2` and lets invalid UTF-8 through as U+FFFD; here both are read for what they are.
struct Form: Sendable, Equatable {
    /// The largest form, in bytes.
    static let maximumSize = 1_048_576

    private(set) var fields: [String: [String]]

    init(_ fields: [String: [String]] = [:]) { self.fields = fields }

    /// - Throws: a ``Refusal`` of code `invalid-text` for a wrong percent-encoding, invalid UTF-8 or a NUL.
    init(encoded bytes: some Collection<UInt8>) throws(Refusal) {
        fields = [:]
        for pair in bytes.split(separator: UInt8(ascii: "&")) {
            let cut = pair.firstIndex(of: UInt8(ascii: "="))
            let name = try Self.decoded(pair[..<(cut ?? pair.endIndex)])
            let value = try cut.map { cut throws(Refusal) in try Self.decoded(pair[pair.index(after: cut)...]) }
            fields[name, default: []].append(value ?? "")
        }
    }

    /// The value with the spaces around it taken off; empty when it is not there.
    func text(_ name: String) -> String {
        (fields[name]?.first ?? "").trimmed
    }

    /// The value with the spaces around it taken off, or nothing when it is empty or not there.
    func optional(_ name: String) -> String? {
        let text = text(name)
        return text.isEmpty ? nil : text
    }

    /// Every value of a name, such as the boxes ticked of a group, without the empty ones.
    func values(_ name: String) -> [String] {
        (fields[name] ?? []).map(\.trimmed).filter { !$0.isEmpty }
    }

    /// Whether a box is ticked or a button was pressed.
    func has(_ name: String) -> Bool { fields[name] != nil }
}

extension Form {
    private static func decoded(_ text: some Collection<UInt8>) throws(Refusal) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.count)
        var rest = text.makeIterator()
        while let byte = rest.next() {
            switch byte {
            case UInt8(ascii: "+"): bytes.append(UInt8(ascii: " "))
            case UInt8(ascii: "%"):
                guard let high = hexadecimal(rest.next()), let low = hexadecimal(rest.next()) else { throw .invalidText }
                bytes.append(high << 4 | low)
            default: bytes.append(byte)
            }
        }
        guard !bytes.contains(0), let decoded = String(validating: bytes, as: UTF8.self) else { throw .invalidText }
        return decoded
    }

    private static func hexadecimal(_ digit: UInt8?) -> UInt8? {
        switch digit {
        case .some(let digit) where (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit): digit - UInt8(ascii: "0")
        case .some(let digit) where (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(digit | 0x20): (digit | 0x20) - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}

extension Refusal {
    /// Bytes that are no text in UTF-8.
    static let invalidText = Refusal(
        .invalid, "invalid-text", "Ce qui a été envoyé contient des caractères illisibles. Revenez en arrière et écrivez-le de nouveau.")
}

extension String {
    /// Without the spaces and line ends around it.
    var trimmed: String {
        let isSpace: (Character) -> Bool = { $0.isWhitespace }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else { return "" }
        return String(self[first...last])
    }
}
