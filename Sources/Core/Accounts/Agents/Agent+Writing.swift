import Scheduling
import Store

extension Agent {
    /// A new agent, with no role yet. Someone with an e-mail chooses a password through a ``PasswordLink``.
    /// - Throws: a ``Refusal`` with sentences beside the fields.
    public static func create(_ draft: AgentDraft, by acting: Acting, at now: Instant, in db: Writer) throws -> Agent {
        try acting.require(.setUpTerritory)
        return try create(draft, of: acting.territoryID, by: .agent(acting.agent.id), at: now, in: db)
    }

    static func create(_ draft: AgentDraft, of territory: Int64, by actor: Journal.Actor, at now: Instant, in db: Writer) throws -> Agent {
        let draft = try draft.tidied()
        let agent = Agent(territoryID: territory, firstName: draft.firstName, lastName: draft.lastName, email: draft.email)
        try saying(refusals) { try agent.insert(at: now, in: db) }
        try Journal.record(
            .created, about: agent.id.uuid, agent.facts.merging(["what": "agent"]) { $1 }, by: actor, of: territory, at: now, in: db)
        return agent
    }

    /// Names and e-mail. Without an e-mail any more, there is no login any more.
    /// - Throws: a ``Refusal`` with sentences beside the fields; ``Refusal/lastAdministrator``.
    public static func change(_ id: ID<Agent>, to draft: AgentDraft, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        let before = try known(id, of: acting.territoryID, in: db)
        let draft = try draft.tidied()
        var after = before
        (after.firstName, after.lastName, after.email) = (draft.firstName, draft.lastName, draft.email)
        let changes = Journal.difference(before.facts, after.facts)
        guard !changes.isEmpty else { return }
        try saying(refusals) { try after.update(in: db) }
        if before.email != nil, after.email == nil {
            try closeDoors(of: id, territory: acting.territoryID, at: now, in: db)
            try TerritoryRole.checkAdministratorRemains(of: acting.territoryID, in: db)
        }
        try Journal.record(.changed, about: id.uuid, changes.merging(["what": "agent"]) { $1 }, by: acting, at: now, in: db)
    }

    /// - Throws: ``Refusal/notFound``.
    static func known(_ id: ID<Agent>, of territory: Int64, in db: Reader) throws -> Agent {
        guard let agent = try find(id, of: territory, in: db) else { throw Refusal.notFound }
        return agent
    }

    private func update(in db: Writer) throws {
        let password: SQL = email == nil ? ", password = NULL" : ""
        try db.run(
            """
            UPDATE agent SET first_name = \(firstName), last_name = \(lastName), email = \(email)\(password)
            WHERE territory_id = \(territoryID) AND id = \(id)
            """)
    }

    /// Sessions, tokens and password link: nothing opens any more.
    static func closeDoors(of id: ID<Agent>, territory: Int64, at now: Instant, in db: Writer) throws {
        try Session.endAll(of: id, territory: territory, in: db)
        try ApiToken.revokeAll(of: id, territory: territory, at: now, in: db)
        try CalendarFeed.end(of: id, of: territory, in: db)
        try db.run("DELETE FROM password_link WHERE territory_id = \(territory) AND agent_id = \(id)")
    }
}
