import Scheduling
import Store

extension Agent {
    /// Signs them out everywhere and takes them off the agendas; their openings end.
    /// - Parameter notes: what becomes of their private notes, when they keep some.
    /// - Throws: ``Refusal/notFound``; ``Refusal/lastAdministrator``; ``Refusal/keepsNotes``; a conflict that says what they leave, while
    ///   someone depends on them: it is handed over first (``Handover``). ``shutOut(_:by:at:in:)`` closes their account at once.
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
        try Workload.of(id, of: territory, at: now, in: db).check()
        try Opening.endAll(of: id, of: territory, at: now, in: db)
        try Note.settle(nil, of: id, of: territory, by: actor, at: now, in: db)
        try db.run("UPDATE agent SET disabled_at = \(now) WHERE territory_id = \(territory) AND id = \(id)")
        try closeDoors(of: id, territory: territory, at: now, in: db)
        try record("disabled", true, of: id, territory, by: actor, at: now, in: db)
    }

    /// Nothing opens any more with what they know: sessions, tokens and password end at once. Their agenda stays, until it is handed
    /// over.
    public static func shutOut(_ id: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        _ = try known(id, of: acting.territoryID, in: db)
        try shutOut(id, of: acting.territoryID, by: .agent(acting.agent.id), at: now, in: db)
        try TerritoryRole.checkAdministratorRemains(of: acting.territoryID, in: db)
    }

    static func shutOut(_ id: ID<Agent>, of territory: Int64, by actor: Journal.Actor, at now: Instant, in db: Writer) throws {
        try db.run("UPDATE agent SET password = NULL WHERE territory_id = \(territory) AND id = \(id)")
        try closeDoors(of: id, territory: territory, at: now, in: db)
        try record("shut-out", true, of: id, territory, by: actor, at: now, in: db)
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
}
