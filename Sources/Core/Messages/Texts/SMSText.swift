import Foundation

/// A text as an SMS: what leaves, in which alphabet, in how many parts.
///
/// A text that the default alphabet can write, if need be with other signs of the same sense, leaves in it: 160 septets, or parts of
/// 153. Any other leaves as it was written, in UCS-2: 70 units, or parts of 67 (3GPP TS 23.040, 9.2.3.24.1).
public struct SMSText: Sendable, Equatable {
    /// As it leaves.
    public let text: String
    public let encoding: Encoding
    /// Septets, or units of UCS-2.
    public let units: Int
    /// What each part carries; none for an empty text.
    public let parts: [String]
    /// What is written otherwise, each sign once, in the order of the text.
    public let replaced: [Replacement]
    /// The signs that only UCS-2 has, each once: without them it would cost less.
    public let foreign: [Character]

    public enum Encoding: String, Sendable {
        case gsm7 = "gsm-7"
        case ucs2 = "ucs-2"

        /// Units of a text that leaves whole, and of each part of one that does not.
        public var room: (alone: Int, part: Int) {
            switch self {
            case .gsm7: (160, 153)
            case .ucs2: (70, 67)
            }
        }
    }

    public struct Replacement: Sendable, Equatable {
        public let sign: Character
        public let instead: String
    }

    public init(_ written: String) {
        let composed = written.precomposedStringWithCanonicalMapping
        let reading = Reading(composed)
        replaced = reading.foreign.isEmpty ? reading.replaced : []
        foreign = reading.foreign
        encoding = reading.foreign.isEmpty ? .gsm7 : .ucs2
        text = reading.foreign.isEmpty ? reading.text : composed
        let costs = text.unicodeScalars.map { [encoding] in (scalar: $0, units: Self.units($0, encoding)) }
        units = costs.reduce(0) { $0 + $1.units }
        parts = Self.cut(costs, encoding)
    }

    /// How much room is left in the last part.
    public var left: Int {
        let last = parts.last.map { part in part.unicodeScalars.reduce(0) { $0 + Self.units($1, encoding) } } ?? 0
        return (parts.count > 1 ? encoding.room.part : encoding.room.alone) - last
    }

    private static func units(_ scalar: Unicode.Scalar, _ encoding: Encoding) -> Int {
        encoding == .gsm7 ? SMSAlphabet.septets(scalar) ?? 0 : scalar.utf16.count
    }

    /// A sign of two units is never cut in two.
    private static func cut(_ costs: [(scalar: Unicode.Scalar, units: Int)], _ encoding: Encoding) -> [String] {
        let all = costs.reduce(0) { $0 + $1.units }
        guard all > 0 else { return [] }
        let room = all <= encoding.room.alone ? encoding.room.alone : encoding.room.part
        var parts = [String.UnicodeScalarView()], used = 0
        for (scalar, units) in costs {
            if used + units > room {
                parts.append(String.UnicodeScalarView())
                used = 0
            }
            parts[parts.count - 1].append(scalar)
            used += units
        }
        return parts.map { String($0) }
    }
}

/// A text sign by sign, against the default alphabet.
private struct Reading {
    var text = ""
    var replaced: [SMSText.Replacement] = []
    var foreign: [Character] = []

    init(_ composed: String) {
        for sign in Self.withoutSpacesInQuotes(composed) {
            if sign != "\r\n", sign.unicodeScalars.allSatisfy({ SMSAlphabet.septets($0) != nil }) {
                text.append(sign)
            } else if let instead = SMSAlphabet.transliteration(of: sign) {
                text += instead
                if !replaced.contains(where: { $0.sign == sign }) { replaced.append(.init(sign: sign, instead: instead)) }
            } else if !foreign.contains(sign) {
                foreign.append(sign)
            }
        }
    }

    /// « ainsi » becomes "ainsi", without the spaces inside French quotation marks.
    private static func withoutSpacesInQuotes(_ text: String) -> String {
        text.replacing(/«[ \u{A0}\u{202F}]/, with: "«").replacing(/[ \u{A0}\u{202F}]»/, with: "»")
    }
}
