import Foundation

/// A password that someone may choose: long enough, and not one that is tried first.
public struct NewPassword: Sendable {
    let text: String

    /// In characters as people count them.
    static let length = 12...200
    /// Fewer steps of a guesser than this, and the password is refused: see ``Guessing``.
    static let fewestSteps = 8

    /// - Parameter agent: whose it is: their names and e-mail, and the territory's name, count for nothing.
    /// - Throws: a ``Refusal`` with a sentence for the field.
    public init(_ typed: String, for agent: Agent, of territory: Territory, field: String = "password") throws(Refusal) {
        let text = typed.precomposedStringWithCanonicalMapping
        if let complaint = Self.complaint(text, knowing: Self.words(of: agent, territory)) {
            throw .field(field, "weak-password", complaint)
        }
        self.text = text
    }

    /// One that has just opened an account: it may be older than today's rules.
    init(proven text: String) { self.text = text }

    /// What is wrong with it, in a sentence; `nil` when it will do.
    static func complaint(_ text: String, knowing words: [String]) -> String? {
        if text.count < length.lowerBound {
            return
                "Il faut \(length.lowerBound) caractères au moins : il y en a \(text.count). Quatre mots sans rapport conviennent."
        }
        if text.count > length.upperBound { return "C’est trop long : \(length.upperBound) caractères au plus." }
        if Guessing.steps(text) < fewestSteps {
            return "Ce mot de passe est trop facile à deviner. Prenez plutôt quatre mots sans rapport entre eux."
        }
        if Guessing.steps(text, knowing: words) < fewestSteps {
            return
                "Ce mot de passe contient surtout votre nom, votre e-mail ou le nom de la collectivité. Prenez plutôt quatre autres mots."
        }
        return nil
    }

    private static func words(of agent: Agent, _ territory: Territory) -> [String] {
        let known = [agent.firstName, agent.lastName, agent.email ?? "", territory.name, territory.slug]
        return known.flatMap { $0.split { !$0.isLetter } }.map(String.init).filter { $0.count >= 3 }
    }
}
