import Scheduling
import Store

/// The agent who follows a person in a service (table `referent`): one a service.
public struct Referent: Sendable, Equatable {
    public let serviceID: ID<Service>
    public let agentID: ID<Agent>
    public let since: Instant
    public let serviceName: String
    public let agentName: String

    public init(serviceID: ID<Service>, agentID: ID<Agent>, since: Instant, serviceName: String, agentName: String) {
        self.serviceID = serviceID
        self.agentID = agentID
        self.since = since
        self.serviceName = serviceName
        self.agentName = agentName
    }

    /// One agent of one service, who could be a referent.
    public struct Choice: Sendable, Equatable {
        public let serviceID: ID<Service>
        public let serviceName: String
        public let agentID: ID<Agent>
        public let agentName: String

        public init(serviceID: ID<Service>, serviceName: String, agentID: ID<Agent>, agentName: String) {
            self.serviceID = serviceID
            self.serviceName = serviceName
            self.agentID = agentID
            self.agentName = agentName
        }
    }
}

extension Referent {
    /// By service name. Those of a secret service are shown to its own agents only.
    public static func of(_ person: ID<Person>, seenBy acting: Acting, in db: Reader) throws -> [Referent] {
        try db.all(
            """
            SELECT referent.service_id, referent.agent_id, referent.since, service.name, agent.first_name, agent.last_name
            FROM referent
            JOIN service ON service.territory_id = referent.territory_id AND service.id = referent.service_id
            JOIN agent ON agent.territory_id = referent.territory_id AND agent.id = referent.agent_id
            WHERE referent.territory_id = \(acting.territoryID) AND referent.person_id = \(person)
              AND (NOT service.secret OR referent.service_id IN \(list: acting.services.sorted()))
            ORDER BY service.name, referent.service_id
            """
        ) { row in
            Referent(
                serviceID: try row[0], agentID: try row[1], since: try row[2], serviceName: try row[3],
                agentName: Person.displayName(firstName: try row[4], lastName: try row[5]))
        }
    }

    /// Gives a person to an agent of this service, in place of the one before; `nil` gives them to nobody. The journal keeps the history.
    /// - Throws: a ``Refusal``: not one's person, a secret service of others, an agent who is not of that service.
    public static func set(
        _ agent: ID<Agent>?, of service: ID<Service>, for person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        _ = try Person.editable(person, by: acting, in: db)
        try checkVisible(service, to: acting, in: db)
        let before = try current(of: service, for: person, in: acting.territoryID, db)
        guard before != agent else { return }
        if let agent { try check(agent, of: service, in: acting.territoryID, db) }
        try db.run(
            "DELETE FROM referent WHERE territory_id = \(acting.territoryID) AND person_id = \(person) AND service_id = \(service)")
        if let agent {
            try db.run(
                """
                INSERT INTO referent (territory_id, person_id, service_id, agent_id, since)
                VALUES (\(acting.territoryID), \(person), \(service), \(agent), \(now))
                """)
        }
        try Journal.record(.changed, about: person.uuid, payload(service, from: before, to: agent), by: acting, at: now, in: db)
    }
}

extension Referent {
    private static func checkVisible(_ service: ID<Service>, to acting: Acting, in db: Reader) throws {
        let visible = try db.exists(
            """
            SELECT 1 FROM service WHERE territory_id = \(acting.territoryID) AND id = \(service)
              AND (NOT secret OR id IN \(list: acting.services.sorted()))
            """)
        guard visible else { throw Refusal.notFound }
    }

    private static func check(_ agent: ID<Agent>, of service: ID<Service>, in territory: Int64, _ db: Reader) throws {
        let fits = try db.exists(
            """
            SELECT 1 FROM agent_service JOIN agent ON agent.territory_id = agent_service.territory_id AND agent.id = agent_service.agent_id
            WHERE agent_service.territory_id = \(territory) AND agent_service.agent_id = \(agent)
              AND agent_service.service_id = \(service) AND agent.disabled_at IS NULL
            """)
        guard fits else { throw Refusal.field("agent", "not-of-service", "Choisissez un agent de ce service.") }
    }

    private static func current(
        of service: ID<Service>, for person: ID<Person>, in territory: Int64, _ db: Reader
    ) throws -> ID<Agent>? {
        try db.first(
            """
            SELECT agent_id FROM referent
            WHERE territory_id = \(territory) AND person_id = \(person) AND service_id = \(service)
            """
        ) { try $0[0] }
    }

    private static func payload(_ service: ID<Service>, from before: ID<Agent>?, to after: ID<Agent>?) -> [String: String] {
        var payload = ["what": "referent", "service": service.description]
        payload["agent.before"] = before?.description
        payload["agent.after"] = after?.description
        return payload
    }

    /// Who could be: each service that this agent may see, with its agents who work where this person is followed.
    public static func choices(for person: ID<Person>, seenBy acting: Acting, in db: Reader) throws -> [Choice] {
        try db.all(
            """
            SELECT DISTINCT service.name, service.id, agent.last_name, agent.first_name, agent.id FROM service
            JOIN agent_service ON agent_service.territory_id = service.territory_id AND agent_service.service_id = service.id
            JOIN agent ON agent.territory_id = agent_service.territory_id AND agent.id = agent_service.agent_id
            JOIN membership ON membership.territory_id = agent.territory_id AND membership.agent_id = agent.id
            JOIN person_organization ON person_organization.territory_id = membership.territory_id
              AND person_organization.organization_id = membership.organization_id AND person_organization.person_id = \(person)
            WHERE service.territory_id = \(acting.territoryID) AND agent.disabled_at IS NULL
              AND (NOT service.secret OR service.id IN \(list: acting.services.sorted()))
            ORDER BY service.name, service.id, agent.last_name, agent.first_name, agent.id
            """
        ) { row in
            Choice(
                serviceID: try row[1], serviceName: try row[0], agentID: try row[4],
                agentName: Person.displayName(firstName: try row[3], lastName: try row[2]))
        }
    }
}
