import Scheduling
import Store

extension Memo {
    /// Records what was done about it: called back settles it, not reached leaves it open, reopened brings it back.
    /// - Throws: a ``Refusal``: not theirs to see, already settled, or not settled when it is reopened.
    public static func answer(_ id: ID<Memo>, _ act: Act, by acting: Acting, at now: Instant, in db: Writer) throws {
        let memo = try locked(id, by: acting, in: db)
        guard (memo.settledAt != nil) == (act == .reopened) else { throw Refusal.memoSettled }
        try memo.settle(act == .calledBack ? now : nil, of: acting.territoryID, in: db)
        try memo.record(act, to: nil, by: acting, at: now, in: db)
    }

    /// Hands it to a colleague of the organization, who finds it on top of their day.
    /// - Throws: a ``Refusal``: not theirs to see, already settled, or nobody there of that name.
    public static func pass(_ id: ID<Memo>, to agent: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let memo = try locked(id, by: acting, in: db)
        guard memo.settledAt == nil else { throw Refusal.memoSettled }
        guard agent != memo.agentID, try canBeLeft(for: agent, in: memo.organizationID, of: acting.territoryID, db: db) else {
            throw Refusal.field("agent", "not-there", "Choisissez un autre agent de cette organisation.")
        }
        try Agent.lockCalendars([agent], of: acting.territoryID, in: db)
        try db.run("UPDATE memo SET agent_id = \(agent) WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try memo.record(.passedOn, to: agent, by: acting, at: now, in: db)
    }

    /// The addressee's calendar is locked first, so that two colleagues who answer at once take turns.
    private static func locked(_ id: ID<Memo>, by acting: Acting, in db: Writer) throws -> Memo {
        try acting.requireWriting()
        let seen = try find(id, seenBy: acting, in: db)
        try Agent.lockCalendars([seen.agentID], of: acting.territoryID, in: db)
        return try find(id, seenBy: acting, in: db)
    }

    private func settle(_ at: Instant?, of territory: Int64, in db: Writer) throws {
        try db.run("UPDATE memo SET settled_at = \(at) WHERE territory_id = \(territory) AND id = \(id)")
    }

    private func record(_ act: Act, to agent: ID<Agent>?, by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO memo_fact (territory_id, id, memo_id, act, to_agent_id, by_agent_id, at)
            VALUES (\(acting.territoryID), \(ID<Memo>.new()), \(id), \(act), \(agent), \(acting.agent.id), \(now))
            """)
        try journal(.changed, ["act": act.rawValue], by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let memoSettled = Refusal(
        .conflict, "memo-settled", "Un collègue s’en est déjà occupé. Rechargez la page pour voir ce qui a été fait.")
}
