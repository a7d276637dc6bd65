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
        if isMark(scalar) { return .nothing }
        let letters = letters(of: scalar)
        return letters.isEmpty ? .space : .letters(Array(letters.utf8))
    }

    private static func isMark(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .nonspacingMark, .enclosingMark, .spacingMark, .format: true
        default: false
        }
    }

    /// `É` → `e`, `ﬁ` → `fi`, `Ж` → `ж`, `Ǽ` → `ae`; decimal digits of any script become ASCII ones; nothing for what is no letter.
    private static func letters(of scalar: Unicode.Scalar) -> String {
        if let letters = opened[scalar] { return letters }
        if scalar.properties.numericType == .decimal, let digit = scalar.properties.numericValue { return String(Int(digit)) }
        // Apostrophes that Unicode calls letters: « Taʻaroa ».
        guard scalar.properties.isAlphabetic, !isMark(scalar), !(0x2B9...0x2BF).contains(scalar.value) else { return "" }
        let parts = String(scalar).lowercased().decomposedStringWithCompatibilityMapping.unicodeScalars
        return parts.count == 1 && parts.first == scalar ? String(scalar) : parts.map(letters).joined()
    }
}
