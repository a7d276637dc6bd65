import Store

/// Who took an appointment, as it was when they did: roles change, so the booking writes it down.
public enum Origin: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    /// The agent whom it is with.
    case own
    case reception
    /// Someone else who works in the same organization.
    case colleague
    /// Someone of another organization.
    case prescriber
    /// The person, by themselves.
    case person
    /// Before it was written down, or from a file.
    case unknown

    public var label: String {
        switch self {
        case .own: "l’agent du rendez-vous"
        case .reception: "l’accueil"
        case .colleague: "un autre agent de l’organisation"
        case .prescriber: "un prescripteur"
        case .person: "la personne elle-même"
        case .unknown: "non connu"
        }
    }

    /// - Parameters:
    ///   - acting: who books.
    ///   - agent: whom it is with.
    public init(of acting: Acting, for agent: ID<Agent>, in organization: ID<Organization>) {
        let roles = acting.roles[organization, default: []]
        if acting.agent.id == agent {
            self = .own
        } else if roles.contains(.reception) {
            self = .reception
        } else {
            self = roles.isEmpty ? .prescriber : .colleague
        }
    }
}
