import Scheduling
import Store

/// A link that an administrator hands over, with which an agent chooses their password: good once, for seven days (table
/// `password_link`). An agent has one at most; a new one ends the one before.
public struct PasswordLink: Sendable, Equatable {
    public let agent: Agent
    public let territory: Territory
    public let expiresAt: Instant

    public static let days = 7
}

extension PasswordLink {
    /// - Returns: the secret of the link, shown this once.
    /// - Throws: ``Refusal/notFound``; a ``Refusal`` when the agent has no e-mail or is disabled.
    public static func issue(for id: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws -> SecretToken {
        try acting.require(.setUpTerritory)
        let agent = try Agent.known(id, of: acting.territoryID, in: db)
        guard agent.email != nil else {
            throw Refusal(.conflict, "no-email", "Cet agent n’a pas d’e-mail, donc pas de compte. Donnez-lui d’abord un e-mail.")
        }
        guard agent.disabledAt == nil else { throw Refusal(.conflict, "agent-disabled", "Ce compte est désactivé. Réactivez-le d’abord.") }
        let secret = SecretToken.new()
        try forget(agent.id, of: acting.territoryID, in: db)
        try db.run(
            """
            INSERT INTO password_link (territory_id, agent_id, token, created_by, created_at, expires_at)
            VALUES (\(acting.territoryID), \(id), \(secret.digest), \(acting.agent.id), \(now), \(now.adding(days: days)))
            """)
        try Journal.record(.created, about: id.uuid, ["what": "password-link"], by: acting, at: now, in: db)
        return secret
    }

    /// - Throws: ``Refusal/linkExpired`` when it is unknown, used, replaced or too old.
    public static func find(token: String, now: Instant, in db: Reader) throws -> PasswordLink {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(Agent.columns), password_link.expires_at FROM password_link
            JOIN agent ON agent.territory_id = password_link.territory_id AND agent.id = password_link.agent_id
            JOIN territory ON territory.id = password_link.territory_id
            WHERE password_link.token = \(SecretToken.digest(of: token)) AND password_link.expires_at > \(now)
              AND agent.disabled_at IS NULL
            """
        ) { row in
            PasswordLink(
                agent: try Agent(row, at: Territory.columnCount), territory: try Territory(row),
                expiresAt: try row[Territory.columnCount + Agent.columnCount])
        }
        guard let found else { throw Refusal.linkExpired }
        return found
    }

    /// The agent chooses their password; the link is used up, and every session of theirs ends.
    public static func use(token: String, password: String, at now: Instant, hasher: PasswordHasher, in store: Store) async throws {
        let link = try await store.read { db in try find(token: token, now: now, in: db) }
        let chosen = try await hasher.hash(NewPassword(password, for: link.agent, of: link.territory))
        try await store.write { db in
            let link = try find(token: token, now: now, in: db)
            try forget(link.agent.id, of: link.territory.id, in: db)
            try link.agent.set(chosen, by: .agent(link.agent.id), how: "link", at: now, in: db)
        }
    }

    private static func forget(_ agent: ID<Agent>, of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM password_link WHERE territory_id = \(territory) AND agent_id = \(agent)")
    }
}

extension Refusal {
    public static let linkExpired = Refusal(
        .notFound, "link-expired",
        "Ce lien ne sert plus : il a déjà servi ou il a plus de sept jours. Demandez-en un autre à votre administrateur.")
}
