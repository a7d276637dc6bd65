import Foundation
import Store

extension Complaints {
    /// A name that must be there: spaces tidied, at most `limit` characters. What comes back is written; it counts after ``check()``.
    mutating func name(_ typed: String, _ field: String, limit: Int = 100, empty: String = "Donnez un nom.") -> String {
        let text = line(typed, field, limit: limit)
        if text.isEmpty { add(field, empty) }
        return text
    }

    /// One line that may be empty.
    mutating func line(_ typed: String, _ field: String, limit: Int) -> String {
        let text = typed.split(whereSeparator: \.isWhitespace).joined(separator: " ").precomposedStringWithCanonicalMapping
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control }) {
            add(field, "Ce texte contient des signes illisibles. Écrivez-le de nouveau.")
        }
        return within(limit, text, field)
    }

    /// Several lines that may be empty.
    mutating func text(_ typed: String, _ field: String, limit: Int) -> String {
        let text = typed.replacing("\r\n", with: "\n").trimmingCharacters(in: .whitespacesAndNewlines)
        if text.unicodeScalars.contains(where: { $0.properties.generalCategory == .control && $0 != "\n" && $0 != "\t" }) {
            add(field, "Ce texte contient des signes illisibles. Écrivez-le de nouveau.")
        }
        return within(limit, text.precomposedStringWithCanonicalMapping, field)
    }

    /// `#rrggbb`, in lower case.
    mutating func colour(_ typed: String, _ field: String) -> String {
        let text = typed.trimmingCharacters(in: .whitespaces).lowercased()
        let digits = text.dropFirst()
        if text.first != "#" || digits.utf8.count != 6 || !digits.allSatisfy({ $0.isASCII && $0.isHexDigit }) {
            add(field, "Donnez une couleur sous la forme #rrvvbb, comme #0a6b5d.")
        }
        return text
    }

    /// A telephone number in E.164, or nothing.
    mutating func phone(_ typed: String?, _ field: String, of territory: Territory) -> String? {
        guard let typed, !typed.trimmingCharacters(in: .whitespaces).isEmpty else { return nil }
        guard let number = PhoneNumber(typed, region: territory.phoneRegion) else {
            add(field, "Ce numéro de téléphone n’est pas lisible. Écrivez-le avec tous ses chiffres, comme 05 36 49 12 34.")
            return nil
        }
        return number.e164
    }

    mutating func range(_ number: Int, _ field: String, _ range: ClosedRange<Int>, _ sentence: String) {
        if !range.contains(number) { add(field, sentence) }
    }

    private mutating func within(_ limit: Int, _ text: String, _ field: String) -> String {
        if text.count > limit { add(field, "C’est trop long : \(text.count) caractères, pour \(limit) au plus.") }
        return text
    }
}

/// Runs statements of which the schema may refuse some, and says it beside the field.
/// - Parameter refusals: by the name of the constraint.
func saying<T>(_ refusals: [String: Refusal], _ body: () throws -> T) throws -> T {
    do { return try body() } catch let violation as ConstraintViolation {
        throw refusals[violation.name].map { $0 as any Error } ?? violation
    }
}
