import Foundation
import Scheduling
import Store

extension Journal {
    /// One act of someone upon a person's file, as the data-protection role sees it.
    public struct Reading: Sendable, Equatable {
        public let at: Instant
        public let act: Act
        /// `nil` when it was the system, or someone not signed in.
        public let agentID: ID<Agent>?
        public let agentName: String?
        /// Where the agent works: their services; without one, what they do (« accueil »).
        public let services: [String]
        /// The reason given at the time, unless it was erased since.
        public let reason: String?

        public init(at: Instant, act: Act, agentID: ID<Agent>?, agentName: String?, services: [String], reason: String?) {
            self.at = at
            self.act = act
            self.agentID = agentID
            self.agentName = agentName
            self.services = services
            self.reason = reason
        }
    }

    /// Who looked at someone's file, and who changed it, newest first. ``consult(_:because:by:at:in:)`` comes first, with a reason.
    /// - Throws: ``Refusal/forbidden`` but for the data-protection role; ``Refusal/consultFirst``.
    public static func readers(
        of person: ID<Person>, by acting: Acting, at now: Instant, limit: Int = 1_000, in db: Reader
    ) throws -> [Reading] {
        try acting.require(.readJournal)
        guard try isConsulting(person, by: acting, at: now, in: db) else { throw Refusal.consultFirst }
        let services = try services(of: acting.territoryID, in: db)
        let identities = try Person.identities(of: person, of: acting.territoryID, in: db)
        return try db.all(
            """
            SELECT journal_header.at, journal_header.act, agent.id, agent.first_name, agent.last_name, journal_payload.payload
            FROM journal_header
            LEFT JOIN agent ON agent.territory_id = journal_header.territory_id AND agent.id = journal_header.actor_id
            LEFT JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id
              AND journal_payload.id = journal_header.id
            WHERE journal_header.territory_id = \(acting.territoryID) AND journal_header.subject_id IN \(list: identities)
            ORDER BY journal_header.at DESC, journal_header.id DESC LIMIT \(limit)
            """
        ) { row in
            let agent: ID<Agent>? = try row[2]
            return Reading(
                at: try row[0], act: try row[1], agentID: agent,
                agentName: try agent.map {
                    Agent(territoryID: acting.territoryID, id: $0, firstName: try row[3], lastName: try row[4]).name
                },
                services: agent.flatMap { services[$0] } ?? [], reason: decode(try row[5])?["reason"])
        }
    }

    /// The names of each agent's services; of their roles, for those who have none.
    private static func services(of territory: Int64, in db: Reader) throws -> [ID<Agent>: [String]] {
        var services: [ID<Agent>: [String]] = [:]
        try db.forEach(
            """
            SELECT agent_service.agent_id, service.name FROM agent_service
            JOIN service ON service.territory_id = agent_service.territory_id AND service.id = agent_service.service_id
            WHERE agent_service.territory_id = \(territory) ORDER BY agent_service.agent_id, service.name
            """
        ) { services[try $0[0], default: []].append(try $0[1]) }
        var roles: [ID<Agent>: [String]] = [:]
        try db.forEach("SELECT DISTINCT agent_id, role FROM membership WHERE territory_id = \(territory) ORDER BY agent_id, role") {
            roles[try $0[0], default: []].append((try $0[1] as Role).label)
        }
        try db.forEach("SELECT agent_id, role FROM territory_role WHERE territory_id = \(territory) ORDER BY agent_id, role") {
            roles[try $0[0], default: []].append((try $0[1] as TerritoryRole).label)
        }
        return services.merging(roles) { service, _ in service }
    }

    /// - Returns: `nil` for a payload that was erased.
    static func decode(_ payload: String?) -> [String: String]? {
        payload.flatMap { try? JSONDecoder().decode([String: String].self, from: Data($0.utf8)) }
    }
}

extension Journal.Act {
    /// What was done, for someone to read: the purpose that the person is told.
    public var label: String {
        switch self {
        case .created: "création"
        case .changed: "modification"
        case .deleted: "suppression"
        case .read: "consultation"
        case .searched: "recherche"
        case .exported: "export"
        case .refused: "accès refusé"
        case .signedIn: "connexion"
        case .signedOut: "déconnexion"
        case .booked: "prise de rendez-vous"
        case .moved: "déplacement d’un rendez-vous"
        case .cancelled: "annulation d’un rendez-vous"
        case .closed: "suivi d’un rendez-vous"
        case .overbooked: "rendez-vous en plus"
        case .disclosed: "ouverture hors de son organisation"
        case .merged: "réunion de deux fiches"
        case .erased: "effacement légal du journal"
        }
    }
}
