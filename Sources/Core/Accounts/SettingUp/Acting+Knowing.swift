import Store

extension Acting {
    /// A secret service is named to its own members, to who sees every appointment of an organization, and to who sets up.
    public func mayKnow(_ service: Service) -> Bool {
        !service.secret || services.contains(service.id) || can(.seeEveryAppointment) || can(.setUpTerritory)
    }

    /// One's own roles, and all those of an organization that one sets up.
    public func mayKnow(_ membership: Membership) -> Bool {
        membership.agentID == agent.id || can(.setUpOrganization, in: membership.organizationID)
    }

    /// The e-mail with which someone signs in is for them and for who sets up.
    public func mayKnowEmail(of other: Agent) -> Bool { other.id == agent.id || can(.setUpTerritory) }
}

extension Service {
    /// Those that this agent may know, by name.
    public static func known(to acting: Acting, in db: Reader) throws -> [Service] {
        try all(of: acting.territoryID, in: db).filter(acting.mayKnow)
    }
}

extension Reason {
    /// Those that this agent may book; all of them, retired ones too, for who sets up.
    public static func known(to acting: Acting, in db: Reader) throws -> [Reason] {
        acting.can(.setUpTerritory) ? try all(of: acting.territoryID, in: db) : try bookable(by: acting, in: db)
    }
}

extension Agent {
    /// Colleagues of one's organizations; everyone for who sets up.
    private static func isKnown(to acting: Acting) -> SQL {
        if acting.can(.setUpOrganization) { return "TRUE" }
        return """
            (agent.id = \(acting.agent.id) OR EXISTS (SELECT 1 FROM membership WHERE membership.territory_id = agent.territory_id
              AND membership.agent_id = agent.id AND membership.organization_id IN \(list: acting.roles.keys.sorted())))
            """
    }

    /// Those that this agent may know, in the order of their ids.
    /// - Parameter after: the last id of the page before.
    public static func known(to acting: Acting, after: ID<Agent>?, limit: Int, in db: Reader) throws -> [Agent] {
        let rest: SQL = after.map { "AND agent.id > \($0)" } ?? ""
        return try db.all(
            """
            SELECT \(columns) FROM agent WHERE agent.territory_id = \(acting.territoryID) AND \(isKnown(to: acting)) \(rest)
            ORDER BY agent.id LIMIT \(limit)
            """
        ) { try Agent($0) }
    }

    /// - Throws: ``Refusal/notFound`` for who does not exist and for who may not be known.
    public static func known(_ id: ID<Agent>, to acting: Acting, in db: Reader) throws -> Agent {
        let found = try db.first(
            "SELECT \(columns) FROM agent WHERE agent.territory_id = \(acting.territoryID) AND agent.id = \(id) AND \(isKnown(to: acting))"
        ) { try Agent($0) }
        guard let found else { throw Refusal.notFound }
        return found
    }
}
