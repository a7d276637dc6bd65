import Foundation

extension Folding {
    /// What a character beyond ASCII becomes.
    enum Fold: Sendable {
        case letters([UInt8])
        /// It only marks the letter before it: an accent written apart, a soft hyphen.
        case nothing
        case space
    }

    static func fold(_ scalar: UInt32) -> Fold {
        let offset = Int(scalar) - latin.lowerBound
        return latinTable.indices.contains(offset) ? latinTable[offset] : slowFold(scalar)
    }

    /// Latin-1 and Latin Extended-A and -B: every letter of the languages of Europe, Turkish and Vietnamese's horns.
    private static let latin = 0x80..<0x250
    private static let latinTable: [Fold] = latin.map { slowFold(UInt32($0)) }

    /// Letters that no decomposition opens.
    private static let opened: [Unicode.Scalar: String] = [
        "œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "ß": "ss", "ẞ": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d",
        "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h", "Ħ": "h", "ŋ": "n", "Ŋ": "n", "ə": "e", "Ə": "e", "ŧ": "t", "Ŧ": "t",
    ]

    private static func slowFold(_ value: UInt32) -> Fold {
        guard let scalar = Unicode.Scalar(value) else { return .space }
        if let letters = opened[scalar] { return .letters(Array(letters.utf8)) }
        if isMark(scalar) { return .nothing }
        // Apostrophes that Unicode calls letters: « Taʻaroa ».
        if (0x2B9...0x2BF).contains(value) { return .space }
        guard scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal else { return .space }
        return .letters(Array(decomposed(scalar).utf8))
    }

    private static func isKept(_ scalar: Unicode.Scalar) -> Bool {
        !isMark(scalar) && (scalar.properties.isAlphabetic || scalar.properties.numericType == .decimal)
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: true
        default: false
        }
    }

    /// `É` → `e`, `ﬁ` → `fi`, `Ж` → `ж`; decimal digits of any script become ASCII ones.
    private static func decomposed(_ scalar: Unicode.Scalar) -> String {
        if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue { return String(Int(digit)) }
        let parts = String(scalar).lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars.filter { isKept($0) }
        return String(String.UnicodeScalarView(parts))
    }
}
