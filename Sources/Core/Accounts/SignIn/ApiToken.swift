import Scheduling
import Store

/// A personal token for programs (table `api_token`): it may do what its agent may, within its scopes, until it expires.
public struct ApiToken: Sendable, Equatable {
    public let id: ID<ApiToken>
    public let name: String
    public let scopes: TokenScopes
    public let createdAt: Instant
    public let expiresAt: Instant

    public init(id: ID<ApiToken>, name: String, scopes: TokenScopes, createdAt: Instant, expiresAt: Instant) {
        self.id = id
        self.name = name
        self.scopes = scopes
        self.createdAt = createdAt
        self.expiresAt = expiresAt
    }

    /// Days a token may last.
    public static let lives = [30, 90, 365]
    /// Begins every token, so that one left in a file is recognised.
    static let prefix = "lien_"
}

extension ApiToken {
    /// Who acts, from `Authorization: Bearer`.
    /// - Returns: `nil` when the token is unknown, expired or revoked, or its agent is disabled.
    public static func acting(token: String, now: Instant, in db: Reader) throws -> Acting? {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(Agent.columns), \(scopeColumns) FROM api_token
            JOIN agent ON agent.territory_id = api_token.territory_id AND agent.id = api_token.agent_id
            JOIN territory ON territory.id = api_token.territory_id
            WHERE api_token.token = \(SecretToken.digest(of: token)) AND api_token.expires_at > \(now)
              AND api_token.revoked_at IS NULL AND agent.disabled_at IS NULL
            """
        ) { row in
            (try Territory(row), try Agent(row, at: Territory.columnCount), try scopes(row, at: Territory.columnCount + Agent.columnCount))
        }
        guard let (territory, agent, scopes) = found else { return nil }
        return try Acting.load(agent, of: territory, scopes: scopes, in: db)
    }

    /// Those of the agent who acts that still work, the newest first.
    public static func all(of acting: Acting, now: Instant, in db: Reader) throws -> [ApiToken] {
        try db.all(
            """
            SELECT id, name, created_at, expires_at, \(scopeColumns) FROM api_token
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND revoked_at IS NULL AND expires_at > \(now)
            ORDER BY created_at DESC, id DESC
            """
        ) { row in
            ApiToken(id: try row[0], name: try row[1], scopes: try scopes(row, at: 4), createdAt: try row[2], expiresAt: try row[3])
        }
    }
}

extension ApiToken {
    private static let scopeColumns: SQL = "api_token.people, api_token.appointments, api_token.setup, api_token.journal"

    private static func scopes(_ row: Row, at offset: Int) throws -> TokenScopes {
        TokenScopes([
            .people: try row[offset], .appointments: try row[offset + 1], .setup: try row[offset + 2], .journal: try row[offset + 3],
        ])
    }
}
