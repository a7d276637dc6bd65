import Scheduling
import Store

/// One claim of what an agent holds: the time of an agent, or of a room, a car, an interpreter.
struct Held: Sendable {
    let id: ID<Hold>
    let holder: Claim.Holder
    let time: Range<Instant>
    let expiresAt: Instant

    var agent: ID<Agent>? { if case .agent(let id) = holder { id } else { nil } }
    var resource: ID<Resource>? { if case .resource(let id) = holder { id } else { nil } }
    var part: HeldPart { HeldPart(holder: holder, time: time) }
}

/// What is to be held of whom.
struct HeldPart: Sendable, Hashable {
    let holder: Claim.Holder
    let time: Range<Instant>
}

extension Held {
    /// All that this agent holds, run out or not.
    static func all(by agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Held] {
        try db.all(
            """
            SELECT id, holder, holder_id, starts_at, ends_at, expires_at FROM claim
            WHERE expires_at > 0 AND territory_id = \(territory) AND held_by = \(agent) ORDER BY starts_at, id
            """
        ) { row in
            let holder: Claim.Holder = try (row[1] as String) == "agent" ? .agent(row[2]) : .resource(row[2])
            return Held(id: try row[0], holder: holder, time: try row[3]..<(try row[4]), expiresAt: try row[5])
        }
    }

    static func delete(_ holds: [Held], of territory: Int64, in db: Writer) throws {
        guard !holds.isEmpty else { return }
        try db.run("DELETE FROM claim WHERE territory_id = \(territory) AND id IN \(list: holds.map(\.id)) AND expires_at IS NOT NULL")
    }

    /// Nobody's calendar changes: the time was held, and is.
    static func prolong(_ holds: [Held], until: Instant, of territory: Int64, in db: Writer) throws {
        try db.run("UPDATE claim SET expires_at = \(until) WHERE territory_id = \(territory) AND id IN \(list: holds.map(\.id))")
    }

    static func insert(_ part: HeldPart, by author: ID<Agent>, until: Instant, of territory: Int64, in db: Writer) throws -> Held {
        let id = ID<Hold>.new()
        try db.run(
            """
            INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked, held_by)
            VALUES (\(territory), \(part.holder.uuid), \(part.time.lowerBound), \(part.time.upperBound), \(id), \(part.holder.kind), \(until),
              FALSE, \(author))
            """)
        return Held(id: id, holder: part.holder, time: part.time, expiresAt: until)
    }
}
