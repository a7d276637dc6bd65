import PhoneShim

/// A telephone number, kept in E.164: `+33639981234`.
///
/// A number is accepted when it is *possible* (libphonenumber): people have numbers that its tables call invalid.
public struct PhoneNumber: Hashable, Sendable, CustomStringConvertible {
    /// `+`, the country code and the number: at most 15 digits (ITU-T E.164).
    public let e164: String

    /// From what someone typed or dictated, in any usual writing: `06 39 98 12 34`, `0033 6.39.98.12.34`, `+33 (0)6…`.
    /// - Parameter region: ISO 3166 code of the country or overseas territory where the number was given; France is tried next.
    public init?(_ typed: String, region: String = "FR") {
        guard let plain = Self.plain(typed) else { return nil }
        let regions = region == "FR" ? ["FR"] : [region, "FR"]
        let readings = regions.map { Self.read(plain, region: $0) }
        let valid = readings.first { $0.answer & Int32(PHONE_VALID.rawValue) != 0 }
        guard let reading = valid ?? readings.first(where: { $0.answer != 0 }) else { return nil }
        e164 = reading.e164
    }

    /// From the text of a database or of a form's value: strict E.164. Cheap: nothing but a look at its characters.
    public init?(stored: String) {
        let text = stored.utf8
        guard (8...16).contains(text.count), text.first == UInt8(ascii: "+") else { return nil }
        let digits = text.dropFirst()
        guard digits.first != UInt8(ascii: "0"), digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        e164 = stored
    }

    public var description: String { e164 }

    /// Whether an SMS can be sent to it. The numbers that ARCEP keeps for fiction (06 39 98) count as mobiles, for trials.
    public var isMobile: Bool {
        e164.hasPrefix("+3363998") || phone_is_mobile(e164, e164.utf8.count) != 0
    }
}

extension PhoneNumber {
    /// Digits, and a `+` in front; `nil` when there is anything else than usual separators.
    private static func plain(_ typed: String) -> String? {
        var plain = ""
        for scalar in typed.unicodeScalars {
            if let digit = scalar.properties.numericType == .decimal ? scalar.properties.numericValue : nil {
                plain.append(String(Int(digit)))
            } else if scalar == "+" {
                guard plain.isEmpty else { return nil }
                plain = "+"
            } else if !isSeparator(scalar) {
                return nil
            }
            guard plain.utf8.count <= 24 else { return nil }
        }
        // « +33 (0)6… »: the zero in brackets is not dialled after the country code.
        if plain.hasPrefix("+330") { plain = "+33" + plain.dropFirst(4) }
        return plain
    }

    private static func isSeparator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case ".", "/", "(", ")", "\u{00AD}", "\u{200B}"..."\u{200F}", "\u{202A}"..."\u{202E}", "\u{2060}", "\u{2066}"..."\u{2069}",
            "\u{FEFF}":
            true
        default: scalar.properties.isWhitespace || scalar.properties.isDash
        }
    }

    private static func read(_ plain: String, region: String) -> (answer: Int32, e164: String) {
        var text = [CChar](repeating: 0, count: Int(PHONE_CAPACITY))
        let answer = phone_parse(plain, plain.utf8.count, region, &text)
        let e164 = string(text)
        // Eight digits after the zero: libphonenumber counts the zero as one of the nine.
        if frenchCodes.contains(where: { e164.hasPrefix($0 + "0") }) { return (0, "") }
        return (answer, e164)
    }

    private static func string(_ text: [CChar]) -> String {
        String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}

extension PhoneNumber {
    /// As people say it: `06 39 98 12 34` in France and its overseas territories, `+34 612 34 56 78` elsewhere.
    public var display: String {
        let national = nationalDigits
        guard !national.hasPrefix("00") else { return international }
        return stride(from: 0, to: national.count, by: 2).map { national.dropFirst($0).prefix(2) }.joined(separator: "\u{A0}")
    }

    /// What is dialled from France, without spaces: `0639981234`, `0034612345678`. It is the search index's token, so a number
    /// begun is the beginning of its token.
    public var nationalDigits: String {
        for code in Self.frenchCodes where e164.hasPrefix(code) && e164.utf8.count == code.utf8.count + 9 {
            return "0" + e164.dropFirst(code.utf8.count)
        }
        return "00" + e164.dropFirst()
    }

    /// Metropolitan France and the overseas territories with ten-digit numbers.
    static let frenchCodes = ["+33", "+262", "+590", "+594", "+596"]

    private var international: String {
        var text = [CChar](repeating: 0, count: Int(PHONE_CAPACITY))
        guard phone_international(e164, e164.utf8.count, &text) != 0 else { return e164 }
        return String(Self.string(text).map { $0 == " " ? "\u{A0}" : $0 })
    }
}

extension Territory {
    /// The libphonenumber region in which its people give their numbers.
    public var phoneRegion: String {
        let overseas = [
            "971": "GP", "972": "MQ", "973": "GF", "974": "RE", "975": "PM", "976": "YT", "977": "BL", "978": "MF", "986": "WF",
            "987": "PF",
            "988": "NC",
        ]
        return departement.flatMap { overseas[$0] } ?? "FR"
    }
}
