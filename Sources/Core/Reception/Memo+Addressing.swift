import Store

extension Memo {
    /// Those for whom one may leave a memo: who works in an organization where one finds people, by name.
    public static func addressees(for acting: Acting, in db: Reader) throws -> [Agent] {
        try db.all(
            """
            SELECT \(Agent.columns) FROM agent
            WHERE agent.territory_id = \(acting.territoryID) AND agent.disabled_at IS NULL AND EXISTS (
              SELECT 1 FROM membership WHERE membership.territory_id = agent.territory_id AND membership.agent_id = agent.id
                AND membership.organization_id IN \(list: acting.organizations(with: .findPeople)))
            ORDER BY agent.last_name, agent.first_name, agent.id
            """
        ) { try Agent($0) }
    }

    /// Where a memo for this agent belongs: an organization that both work in.
    public static func organization(of agent: ID<Agent>, for acting: Acting, in db: Reader) throws -> ID<Organization>? {
        try db.first(
            """
            SELECT organization_id FROM membership WHERE territory_id = \(acting.territoryID) AND agent_id = \(agent)
              AND organization_id IN \(list: acting.organizations(with: .findPeople)) ORDER BY organization_id LIMIT 1
            """
        ) { try $0[0] }
    }
}
