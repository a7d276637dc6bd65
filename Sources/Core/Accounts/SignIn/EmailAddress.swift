import Foundation

/// The e-mail with which an agent signs in.
public enum EmailAddress {
    /// One writing for one address: lower case, no spaces around, composed characters.
    static func folded(_ typed: String) -> String {
        typed.trimmingCharacters(in: .whitespacesAndNewlines).lowercased().precomposedStringWithCanonicalMapping
    }

    /// Folded, when it looks like an address that can receive: one @, a name before it, a domain with a dot after it (RFC 5321: 254
    /// characters at most). Whether it does receive, only sending tells.
    static func parse(_ typed: String) -> String? {
        let text = folded(typed)
        let parts = text.split(separator: "@", omittingEmptySubsequences: false)
        guard parts.count == 2, text.utf8.count <= 254, (1...64).contains(parts[0].utf8.count) else { return nil }
        let labels = parts[1].split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy({ !$0.isEmpty }) else { return nil }
        return text.allSatisfy { !$0.isWhitespace && !"<>,;:\"()[]\\".contains($0) && $0.unicodeScalars.allSatisfy(isShown) } ? text : nil
    }

    private static func isShown(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .privateUse, .surrogate, .unassigned: false
        default: true
        }
    }
}
