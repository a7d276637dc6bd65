import Scheduling
import Store

extension Agent {
    /// Signs them out everywhere and takes them off the agendas; what they did and what is booked with them stays.
    /// - Parameter notes: what becomes of their private notes, when they keep some.
    /// - Throws: ``Refusal/notFound``; ``Refusal/lastAdministrator``; ``Refusal/keepsNotes``.
    public static func disable(_ id: ID<Agent>, notes: Note.Leaving? = nil, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        _ = try known(id, of: acting.territoryID, in: db)
        try Note.settle(notes, of: id, of: acting.territoryID, by: .agent(acting.agent.id), at: now, in: db)
        try disable(id, of: acting.territoryID, by: .agent(acting.agent.id), at: now, in: db)
        try TerritoryRole.checkAdministratorRemains(of: acting.territoryID, in: db)
    }

    static func disable(_ id: ID<Agent>, of territory: Int64, by actor: Journal.Actor, at now: Instant, in db: Writer) throws {
        try lockCalendars([id], of: territory, in: db)
        guard try known(id, of: territory, in: db).disabledAt == nil else { return }
        try Note.settle(nil, of: id, of: territory, by: actor, at: now, in: db)
        try db.run("UPDATE agent SET disabled_at = \(now) WHERE territory_id = \(territory) AND id = \(id)")
        try closeDoors(of: id, territory: territory, at: now, in: db)
        try record("disabled", true, of: id, territory, by: actor, at: now, in: db)
    }

    /// They can be booked again, and sign in with the password they had.
    public static func enable(_ id: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        try lockCalendars([id], of: acting.territoryID, in: db)
        guard try known(id, of: acting.territoryID, in: db).disabledAt != nil else { return }
        try db.run("UPDATE agent SET disabled_at = NULL WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try record("disabled", false, of: id, acting.territoryID, by: .agent(acting.agent.id), at: now, in: db)
    }

    private static func record(
        _ fact: String, _ value: Bool, of id: ID<Agent>, _ territory: Int64, by actor: Journal.Actor, at now: Instant, in db: Writer
    ) throws {
        try Journal.record(
            .changed, about: id.uuid, ["what": "agent", "\(fact).before": String(!value), "\(fact).after": String(value)], by: actor,
            of: territory, at: now, in: db)
    }

    /// How many appointments are still to come with them: a number, nothing of what they are.
    public static func upcomingCount(of id: ID<Agent>, of territory: Int64, at now: Instant, in db: Reader) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM claim WHERE territory_id = \(territory) AND holder_id = \(id) AND starts_at >= \(now)
              AND appointment_id IS NOT NULL
            """
        ) { try $0[0] } ?? 0
    }
}
