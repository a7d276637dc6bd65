import Scheduling
import Store

/// Someone signed in on one device (table `session`). The token is in their cookie; the database keeps its SHA-256.
public struct Session: Sendable, Equatable {
    public let createdAt: Instant
    public let seenAt: Instant
    public let expiresAt: Instant
    /// The one that asks.
    public let isCurrent: Bool

    public init(createdAt: Instant, seenAt: Instant, expiresAt: Instant, isCurrent: Bool) {
        self.createdAt = createdAt
        self.seenAt = seenAt
        self.expiresAt = expiresAt
        self.isCurrent = isCurrent
    }
}

/// A session just opened: the token goes into the cookie and nowhere else.
public struct OpenedSession: Sendable, Equatable {
    public let token: SecretToken
    public let agentID: ID<Agent>
    public let territoryID: Int64
    public let expiresAt: Instant
}

extension Session {
    /// Seconds without a request after which one must sign in again.
    public static let idle = 2 * 3600
    /// Seconds after which one must, whatever one does: a day's work.
    public static let absolute = 12 * 3600
    /// `seen_at` is written at most so often: reading a page should not cost a write.
    static let refresh = 60

    static func open(_ agent: ID<Agent>, of territory: Int64, at now: Instant, in db: Writer) throws -> OpenedSession {
        let opened = OpenedSession(token: .new(), agentID: agent, territoryID: territory, expiresAt: now.adding(seconds: absolute))
        try db.run("DELETE FROM session WHERE territory_id = \(territory) AND agent_id = \(agent) AND NOT \(isAlive(at: now))")
        try db.run(
            """
            INSERT INTO session (token, territory_id, agent_id, created_at, seen_at, expires_at)
            VALUES (\(opened.token.digest), \(territory), \(agent), \(now), \(now), \(opened.expiresAt))
            """)
        return opened
    }

    private static func isAlive(at now: Instant) -> SQL {
        "(session.expires_at > \(now) AND session.seen_at > \(now.adding(seconds: -idle)))"
    }

    /// Who acts, from the cookie's token: two queries.
    /// - Returns: `nil` when the session is unknown, idle or too old, or its agent is disabled.
    public static func acting(token: String, now: Instant, in db: Reader) throws -> Acting? {
        try resume(token: token, now: now, in: db)?.acting
    }

    /// The same, and notes that the session was used, at most once a minute.
    public static func resume(token: String, now: Instant, in store: Store) async throws -> Acting? {
        guard let found = try await store.read({ db in try resume(token: token, now: now, in: db) }) else { return nil }
        if now - found.seenAt >= refresh { try await touch(token: token, now: now, in: store) }
        return found.acting
    }

    private static func resume(token: String, now: Instant, in db: Reader) throws -> (acting: Acting, seenAt: Instant)? {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(Agent.columns), session.seen_at FROM session
            JOIN agent ON agent.territory_id = session.territory_id AND agent.id = session.agent_id
            JOIN territory ON territory.id = session.territory_id
            WHERE session.token = \(SecretToken.digest(of: token)) AND \(isAlive(at: now)) AND agent.disabled_at IS NULL
            """
        ) { row in
            (try Territory(row), try Agent(row, at: Territory.columnCount), try row[Territory.columnCount + Agent.columnCount] as Instant)
        }
        guard let (territory, agent, seenAt) = found else { return nil }
        return (try Acting.load(agent, of: territory, in: db), seenAt)
    }

    private static func touch(token: String, now: Instant, in store: Store) async throws {
        try await store.write { db in
            _ = try db.run(
                """
                UPDATE session SET seen_at = \(now)
                WHERE token = \(SecretToken.digest(of: token)) AND seen_at <= \(now.adding(seconds: -refresh))
                """)
        }
    }

    /// Those of the agent who acts that are still good, the last used first.
    /// - Parameter token: of the session that asks.
    public static func all(of acting: Acting, current token: String?, now: Instant, in db: Reader) throws -> [Session] {
        let current = token.map(SecretToken.digest)
        return try db.all(
            """
            SELECT token, created_at, seen_at, expires_at FROM session
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND \(isAlive(at: now))
            ORDER BY seen_at DESC, created_at DESC, token
            """
        ) { row in
            let digest: [UInt8] = try row[0]
            return Session(createdAt: try row[1], seenAt: try row[2], expiresAt: try row[3], isCurrent: digest == current)
        }
    }
}
