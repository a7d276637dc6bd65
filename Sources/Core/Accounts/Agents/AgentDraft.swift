import Scheduling
import Store

/// What is typed of an agent. Without an e-mail they are an *intervenant*: they have an agenda and no login.
public struct AgentDraft: Sendable, Equatable {
    public var firstName: String
    public var lastName: String
    public var email: String?

    public init(firstName: String, lastName: String, email: String? = nil) {
        self.firstName = firstName
        self.lastName = lastName
        self.email = email
    }

    /// - Throws: a ``Refusal`` with sentences beside the fields.
    func tidied() throws -> AgentDraft {
        var complaints = Complaints()
        var tidied = self
        tidied.firstName = complaints.line(firstName, "first_name", limit: 100)
        tidied.lastName = complaints.name(lastName, "last_name", empty: "Donnez le nom de famille.")
        tidied.email = complaints.email(email, "email")
        try complaints.check()
        return tidied
    }
}

extension Complaints {
    fileprivate mutating func email(_ typed: String?, _ field: String) -> String? {
        guard let typed, !LoginEmail.folded(typed).isEmpty else { return nil }
        guard let email = LoginEmail.parse(typed) else {
            add(field, "Cet e-mail n’est pas complet. Écrivez-le comme prenom.nom@example.org.")
            return nil
        }
        return email
    }
}

extension Agent {
    static let refusals = [
        "agent_email": Refusal.field("email", "email-taken", "Un autre compte a déjà cet e-mail, ici ou dans une autre collectivité.")
    ]

    var facts: [String: String] { ["first_name": firstName, "last_name": lastName, "email": email ?? ""] }
}
