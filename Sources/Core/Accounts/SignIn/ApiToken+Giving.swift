import Scheduling
import Store

extension ApiToken {
    /// What someone asks for on their account's page.
    public struct Draft: Sendable, Equatable {
        public var name: String
        public var scopes: TokenScopes
        public var days: Int

        public init(name: String, scopes: TokenScopes, days: Int) {
            self.name = name
            self.scopes = scopes
            self.days = days
        }

        /// The same everywhere.
        public init(name: String, scope: TokenScopes.Level, days: Int) { self.init(name: name, scopes: .everywhere(scope), days: days) }
    }

    /// Makes a token for the agent who acts.
    /// - Returns: the secret, shown this once.
    public static func create(_ draft: Draft, by acting: Acting, at now: Instant, in db: Writer) throws -> SecretToken {
        try acting.requireWriting()
        var complaints = Complaints()
        let name = complaints.name(draft.name, "name", limit: 60)
        if draft.scopes.isEmpty { complaints.add("scopes", "Dites au moins une chose que le jeton permet.") }
        if !lives.contains(draft.days) { complaints.add("days", "Choisissez une durée de la liste.") }
        try complaints.check()
        let secret = SecretToken.new(prefix: prefix)
        let id = ID<ApiToken>.new()
        try db.run(
            """
            INSERT INTO api_token (territory_id, id, token, agent_id, name, scope, people, appointments, setup, journal, created_at,
              expires_at)
            VALUES (\(acting.territoryID), \(id), \(secret.digest), \(acting.agent.id), \(name),
              \(draft.scopes.writes ? TokenScopes.Level.write : .read), \(draft.scopes[.people]), \(draft.scopes[.appointments]),
              \(draft.scopes[.setup]), \(draft.scopes[.journal]), \(now), \(now.adding(days: draft.days)))
            """)
        let facts = ["what": "api-token", "name": name, "scopes": draft.scopes.names.joined(separator: " "), "days": String(draft.days)]
        try Journal.record(.created, about: id.uuid, facts, by: acting, at: now, in: db)
        return secret
    }

    /// - Throws: ``Refusal/notFound`` when it is not theirs.
    public static func revoke(_ id: ID<ApiToken>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        let revoked = try db.run(
            """
            UPDATE api_token SET revoked_at = \(now) WHERE territory_id = \(acting.territoryID) AND id = \(id)
              AND agent_id = \(acting.agent.id) AND revoked_at IS NULL
            """)
        guard revoked == 1 else { throw Refusal.notFound }
        try Journal.record(.deleted, about: id.uuid, ["what": "api-token"], by: acting, at: now, in: db)
    }

    static func revokeAll(of agent: ID<Agent>, territory: Int64, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE api_token SET revoked_at = \(now)
            WHERE territory_id = \(territory) AND agent_id = \(agent) AND revoked_at IS NULL
            """)
    }
}
