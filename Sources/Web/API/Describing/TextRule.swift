import Core
import Foundation
import Scheduling

/// What a text must look like: the same rule for who reads the description and for what is sent.
struct TextRule: Sendable {
    /// `uuid`, `date` or `date-time`, as in JSON Schema.
    var format: String?
    /// In Unicode code points, as JSON Schema counts.
    var length: ClosedRange<Int>?
    /// An ECMA-262 regular expression that says what ``accepts`` says.
    var pattern: String?
    /// What should stand there: « Ce champ attend … ».
    let expected: String
    let accepts: @Sendable (String) -> Bool
}

extension TextRule {
    static let uuid = TextRule(format: "uuid", expected: "un identifiant (UUID)") { UUID(uuidString: $0) != nil }

    static let date = TextRule(format: "date", expected: "une date (AAAA-MM-JJ)") { CivilDate($0) != nil }

    static let instant = TextRule(format: "date-time", expected: "un instant (AAAA-MM-JJThh:mm:ssZ)") { Instant(rfc3339: $0) != nil }

    /// One line: no control character.
    static func line(_ length: ClosedRange<Int>) -> TextRule {
        text(length, without: "\\u0000-\\u001F\\u007F-\\u009F", "un texte d’une ligne") { !$0.isControl }
    }

    /// Several lines: no control character but tabs and line ends.
    static func lines(_ length: ClosedRange<Int>) -> TextRule {
        text(length, without: "\\u0000-\\u0008\\u000B\\u000C\\u000E-\\u001F\\u007F-\\u009F", "un texte") {
            !$0.isControl || $0 == "\t" || $0 == "\n" || $0 == "\r"
        }
    }

    private static func text(
        _ length: ClosedRange<Int>, without controls: String, _ what: String, _ accepts: @escaping @Sendable (Unicode.Scalar) -> Bool
    ) -> TextRule {
        let isNeeded = length.lowerBound > 0
        // What must be there is more than spaces.
        let pattern = isNeeded ? "^[^\(controls)]*[^\\s\(controls)][^\(controls)]*$" : "^[^\(controls)]*$"
        return TextRule(length: length, pattern: pattern, expected: "\(what), \(length.upperBound) caractères au plus") { text in
            text.unicodeScalars.allSatisfy(accepts)
                && (!isNeeded || text.unicodeScalars.contains { !$0.properties.isWhitespace })
        }
    }

    /// ASCII signs that a regular expression describes whole.
    /// - Parameters:
    ///   - pattern: without its anchors.
    ///   - accepts: the same rule in Swift.
    static func signs(_ pattern: String, _ expected: String, _ accepts: @escaping @Sendable (String) -> Bool) -> TextRule {
        TextRule(pattern: "^\(pattern)$", expected: expected, accepts: accepts)
    }

    static let colour = signs("#[0-9a-fA-F]{6}", "une couleur (#rrvvbb)") { text in
        text.utf8.count == 7 && text.utf8.first == UInt8(ascii: "#") && text.dropFirst().allSatisfy { $0.isASCII && $0.isHexDigit }
    }
}

extension Unicode.Scalar {
    fileprivate var isControl: Bool { properties.generalCategory == .control }
}
