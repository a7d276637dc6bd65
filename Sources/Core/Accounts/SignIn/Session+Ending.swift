import Scheduling
import Store

extension Session {
    /// Signs out of this device.
    public static func end(token: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        let ended = try db.run(
            """
            DELETE FROM session WHERE token = \(SecretToken.digest(of: token)) AND territory_id = \(acting.territoryID)
              AND agent_id = \(acting.agent.id)
            """)
        guard ended > 0 else { return }
        try Journal.record(.signedOut, about: acting.agent.id.uuid, by: acting, at: now, in: db)
    }

    /// Signs out everywhere, this device included.
    /// - Returns: how many sessions were ended.
    @discardableResult
    public static func endAll(of acting: Acting, at now: Instant, in db: Writer) throws -> Int {
        let ended = try endAll(of: acting.agent.id, territory: acting.territoryID, in: db)
        try Journal.record(.signedOut, about: acting.agent.id.uuid, ["sessions": String(ended)], by: acting, at: now, in: db)
        return ended
    }

    /// - Parameter token: of a session that is kept.
    @discardableResult
    static func endAll(of agent: ID<Agent>, territory: Int64, but token: String? = nil, in db: Writer) throws -> Int {
        let kept: SQL = token.map { "AND token <> \(SecretToken.digest(of: $0))" } ?? ""
        return try db.run("DELETE FROM session WHERE territory_id = \(territory) AND agent_id = \(agent) \(kept)")
    }
}
