import Foundation

/// The e-mail with which an agent signs in: in lower case whole, since it is unique over the database.
enum LoginEmail {
    /// One writing for one address, whether it is a good one or not.
    static func folded(_ typed: String) -> String {
        typed.trimmingCharacters(in: .whitespacesAndNewlines).precomposedStringWithCanonicalMapping.lowercased()
    }

    /// Folded, when it looks like an address that can receive.
    static func parse(_ typed: String) -> String? { EmailAddress.normal(folded(typed)) }
}
