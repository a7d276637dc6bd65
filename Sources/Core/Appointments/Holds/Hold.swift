import Scheduling
import Store

/// Time held while someone writes a booking down: a claim of the agent's time that runs out by itself, and that nobody else can take.
///
/// Who receives with the agent is held too, in as many claims: whoever holds has one slot at a time, and gives it back whole.
/// It is about nobody and changes nothing that lasts: the journal hears of the booking alone.
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
    private static let columns: SQL = "claim.id, claim.holder_id, claim.starts_at, claim.ends_at, claim.held_by, claim.expires_at"

    private init(_ row: Row) throws {
        self.init(
            id: try row[0], agentID: try row[1], time: try row[2]..<(try row[3]), heldBy: try row[4], expiresAt: try row[5])
    }

    /// Those that have not run out, in order of time. Holds are few, and have an index of their own.
    public static func standing(of territory: Int64, now: Instant, in db: Reader) throws -> [Hold] {
        try db.all(
            """
            SELECT \(columns) FROM claim WHERE claim.expires_at > \(now) AND claim.territory_id = \(territory) AND claim.held_by IS NOT NULL
            ORDER BY claim.starts_at, claim.id
            """
        ) { try Hold($0) }
    }

    /// Those of the slot that this agent has: one at a time, run out or not.
    static func all(by agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Hold] {
        try db.all(
            """
            SELECT \(columns) FROM claim WHERE claim.expires_at > 0 AND claim.territory_id = \(territory) AND claim.held_by = \(agent)
            ORDER BY claim.starts_at, claim.id
            """
        ) { try Hold($0) }
    }

    /// Gives the time back before it runs out; again, or someone else's, changes nothing.
    public static func release(_ id: ID<Hold>, by acting: Acting, in store: Store) async throws {
        try await store.claim { db in try release(id, by: acting, in: db) }
    }

    public static func release(_ id: ID<Hold>, by acting: Acting, in db: Writer) throws {
        try acting.requireWriting()
        let mine = try all(by: acting.agent.id, of: acting.territoryID, in: db)
        if mine.contains(where: { $0.id == id }) { try release(mine, of: acting.territoryID, in: db) }
    }

    fileprivate static func release(_ holds: [Hold], of territory: Int64, in db: Writer) throws {
        guard !holds.isEmpty else { return }
        try Agent.lockCalendars(Set(holds.map(\.agentID)), of: territory, in: db)
        try delete(holds, of: territory, in: db)
    }

    fileprivate static func delete(_ holds: [Hold], of territory: Int64, in db: Writer) throws {
        guard !holds.isEmpty else { return }
        try db.run("DELETE FROM claim WHERE territory_id = \(territory) AND id IN \(list: holds.map(\.id)) AND expires_at IS NOT NULL")
    }

    fileprivate func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked, held_by)
            VALUES (\(territory), \(agentID), \(time.lowerBound), \(time.upperBound), \(id), 'agent', \(expiresAt), FALSE, \(heldBy))
            """)
    }
}

extension Booking {
    /// Holds the time of this booking while it is written down, in the place of what its author held before.
    /// - Returns: The agent's own; `nil` for a seat of a group appointment that stands, which nobody has to hold.
    /// - Throws: ``Refusal/slotTaken`` when the time is taken or held, ``Refusal/slotClosed`` when it is not open.
    public func hold(by acting: Acting, at now: Instant, in store: Store) async throws -> Hold? {
        do {
            return try await store.claim { db in try hold(by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func hold(by acting: Acting, at now: Instant, in db: Writer) throws -> Hold? {
        let bookable = try Reason.findBookable(reasonID, by: acting, in: db)
        try checkRight(bookable, by: acting)
        let asked = appointment(bookable, by: acting, at: now)
        let before = try Hold.all(by: acting.agent.id, of: acting.territoryID, in: db)
        if Set(before.map(\.agentID)) == agents, before.allSatisfy({ $0.time == asked.time(of: $0.agentID) && $0.expiresAt > now }) {
            return try before.map { try $0.prolonged(at: now, of: acting.territoryID, in: db) }.first { $0.agentID == agentID }
        }
        try checkColleagues(by: acting, in: db)
        try Agent.lockCalendars(agents.union(before.map(\.agentID)), of: acting.territoryID, in: db)
        try Hold.delete(before, of: acting.territoryID, in: db)
        for agent in agents.sorted() { try Claim.deleteExpired(.agent(agent), of: acting.territoryID, now: now, in: db) }
        if bookable.reason.seats != nil, try asked.standingGroup(in: db) != nil { return nil }
        try checkPlace(by: acting, in: db)
        try checkOpenings(of: asked, in: acting.territory, db: db)
        let holds = agents.sorted().map { agent in
            Hold(
                id: .new(), agentID: agent, time: asked.time(of: agent), heldBy: acting.agent.id,
                expiresAt: now.adding(minutes: Hold.minutes))
        }
        for hold in holds { try hold.insert(of: acting.territoryID, in: db) }
        return holds.first { $0.agentID == agentID }
    }
}

extension Hold {
    /// Nobody's calendar changes: the time was held, and is.
    fileprivate func prolonged(at now: Instant, of territory: Int64, in db: Writer) throws -> Hold {
        let until = now.adding(minutes: Hold.minutes)
        try db.run("UPDATE claim SET expires_at = \(until) WHERE territory_id = \(territory) AND holder_id = \(agentID) AND id = \(id)")
        return Hold(id: id, agentID: agentID, time: time, heldBy: heldBy, expiresAt: until)
    }
}

extension Appointment {
    /// Only its own agent keeps the gap after it, as with ``Claim``.
    fileprivate func time(of agent: ID<Agent>) -> Range<Instant> { agent == agentID ? keptTime : time }
}
