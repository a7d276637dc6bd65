import Store

/// With whom a follow-up reason is booked, once its person is known.
public enum Following: Sendable, Equatable {
    /// Nobody yet: every agent's slots are found, and only the referent's can be booked.
    case unknownPerson
    case referent(ID<Agent>)
    /// The person has no referent in the service: no slot is found.
    case noReferent
    /// Whoever looks asked for other agents too.
    case otherAgents

    init?(_ reason: Reason, _ query: SlotQuery, _ preferred: Preference) {
        guard reason.isFollowUp else { return nil }
        if query.personID == nil {
            self = .unknownPerson
        } else if query.otherAgents {
            self = .otherAgents
        } else {
            self = preferred.referent.map { .referent($0) } ?? .noReferent
        }
    }

    func allows(_ agent: ID<Agent>) -> Bool {
        switch self {
        case .unknownPerson, .otherAgents: true
        case .referent(let referent): agent == referent
        case .noReferent: false
        }
    }
}
