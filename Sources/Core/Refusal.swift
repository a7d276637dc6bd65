import Foundation

/// An answer that says no: a stable code for machines, a French sentence that says what to do next, and the field it stands beside.
///
/// A refusal is not a failure: nothing was written, and one middleware renders it as a page or as `application/problem+json` (RFC 9457).
public struct Refusal: Error, Sendable, Equatable {
    public let kind: Kind
    public let code: String
    public let sentence: String
    /// Sentences beside fields, by the field's name in forms and JSON.
    public let fields: [String: String]

    public enum Kind: Sendable, Equatable {
        case invalid, unauthenticated, forbidden, notFound, conflict, tooMany, unavailable
    }

    public init(_ kind: Kind, _ code: String, _ sentence: String, fields: [String: String] = [:]) {
        self.kind = kind
        self.code = code
        self.sentence = sentence
        self.fields = fields
    }

    /// One field is wrong.
    public static func field(_ name: String, _ code: String, _ sentence: String) -> Refusal {
        Refusal(.invalid, code, sentence, fields: [name: sentence])
    }

    /// What does not exist and what may not be seen have the same answer.
    public static let notFound = Refusal(.notFound, "not-found", "Cette page n’existe pas, ou vous n’y avez pas accès. Revenez à l’agenda.")
    public static let forbidden = Refusal(
        .forbidden, "forbidden", "Vos droits ne permettent pas cette action. Demandez-la à votre administrateur.")
}

/// Collects what is wrong in a form, field by field, so that all of it is said at once.
public struct Complaints: Sendable {
    public private(set) var fields: [String: String] = [:]
    public init() {}

    public mutating func add(_ field: String, _ sentence: String) {
        if fields[field] == nil { fields[field] = sentence }
    }

    /// - Throws: a ``Refusal`` of kind `invalid` and code `invalid-fields` when something was added.
    public func check() throws {
        guard !fields.isEmpty else { return }
        let sentence = fields.count == 1 ? "Une réponse est à corriger." : "\(fields.count) réponses sont à corriger."
        throw Refusal(.invalid, "invalid-fields", sentence, fields: fields)
    }
}
