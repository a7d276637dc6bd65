import Foundation

/// The default alphabet of SMS and its extension (3GPP TS 23.038, 6.2.1 and 6.2.1.1).
enum SMSAlphabet {
    /// How many septets a sign takes: two for those of the extension, nothing when there is no such sign.
    static func septets(_ scalar: Unicode.Scalar) -> Int? { table[scalar] }

    /// In the order of their codes. 0x1B, which announces the extension, is no sign.
    private static let basic =
        "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
        + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà"
    private static let extended = "\u{0C}^{}\\[~]|€"

    private static let table: [Unicode.Scalar: Int] = Dictionary(
        basic.unicodeScalars.map { ($0, 1) } + extended.unicodeScalars.map { ($0, 2) }, uniquingKeysWith: { first, _ in first })
}

extension SMSAlphabet {
    /// What to write instead of a sign that SMS does not have: another of the same sense, else the letter without its accent. `nil`
    /// when nothing says the same.
    static func transliteration(of sign: Character) -> String? {
        if let chosen = chosen[sign] { return chosen }
        let bare = String(sign).decomposedStringWithCompatibilityMapping.unicodeScalars.filter {
            $0.properties.generalCategory != .nonspacingMark
        }
        guard !bare.isEmpty, bare.allSatisfy({ septets($0) != nil }) else { return nil }
        return String(String.UnicodeScalarView(bare))
    }

    private static let chosen: [Character: String] = [
        "’": "'", "‘": "'", "‚": "'", "ʼ": "'", "′": "'", "´": "'", "`": "'", "“": "\"", "”": "\"", "„": "\"", "«": "\"", "»": "\"",
        "″": "\"",
        "‹": "'", "›": "'", "–": "-", "—": "-", "‐": "-", "‑": "-", "−": "-", "…": "...", "•": "-", "·": ".", "œ": "oe", "Œ": "OE",
        "\u{A0}": " ", "\u{202F}": " ", "\u{2009}": " ", "\u{2007}": " ", "\t": " ", "\r\n": "\n", "×": "x", "÷": "/", "½": "1/2",
        "¼": "1/4",
        "¾": "3/4", "°": "o", "©": "(c)", "®": "(r)", "™": "(tm)", "→": "->", "←": "<-", "\u{AD}": "", "\u{200B}": "", "\u{FEFF}": "",
        "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D",
    ]
}
