import Scheduling
import Store

/// Time held while someone writes a booking down: a claim that runs out by itself, and that nobody else can take.
///
/// Whoever holds has one booking at a time, held whole and given back whole: who receives with the agent, the rooms, cars and
/// interpreters, and what is booked in the same act (``Held``). It is about nobody and changes nothing that lasts: the journal hears of
/// the booking alone.
public struct Hold: Sendable, Equatable {
    public let id: ID<Hold>
    /// Whose time.
    public let agentID: ID<Agent>
    public let time: Range<Instant>
    /// Who writes a booking down.
    public let heldBy: ID<Agent>
    public let expiresAt: Instant

    /// Long enough to ask a name and a number; told again, it begins anew.
    public static let minutes = 5
}

extension Hold {
    /// Of agents' time, what has not run out, in order of time. Holds are few, and have an index of their own.
    public static func standing(of territory: Int64, now: Instant, in db: Reader) throws -> [Hold] {
        try db.all(
            """
            SELECT claim.id, claim.holder_id, claim.starts_at, claim.ends_at, claim.held_by, claim.expires_at FROM claim
            WHERE claim.expires_at > \(now) AND claim.territory_id = \(territory) AND claim.held_by IS NOT NULL AND claim.holder = 'agent'
            ORDER BY claim.starts_at, claim.id
            """
        ) { row in
            Hold(
                id: try row[0], agentID: try row[1], time: try row[2]..<(try row[3]), heldBy: try row[4], expiresAt: try row[5])
        }
    }

    /// Gives the time back before it runs out; again, or someone else's, changes nothing.
    public static func release(_ id: ID<Hold>, by acting: Acting, in store: Store) async throws {
        try await store.claim { db in try release(id, by: acting, in: db) }
    }

    public static func release(_ id: ID<Hold>, by acting: Acting, in db: Writer) throws {
        try acting.requireWriting()
        let mine = try Held.all(by: acting.agent.id, of: acting.territoryID, in: db)
        guard mine.contains(where: { $0.id == id }) else { return }
        try Agent.lockCalendars(Set(mine.compactMap(\.agent)), of: acting.territoryID, in: db)
        try Resource.lockCalendars(Set(mine.compactMap(\.resource)), of: acting.territoryID, in: db)
        try Held.delete(mine, of: acting.territoryID, in: db)
    }
}
