import Scheduling
import Store

/// An agent's own address: made, changed and closed by them alone.
extension CalendarFeed {
    /// A new address; the one before stops working at once.
    /// - Returns: its secret, shown this once.
    public static func renew(showing shows: Shows, by acting: Acting, at now: Instant, in db: Writer) throws -> SecretToken {
        try requireOwn(acting)
        let old = try own(of: acting, in: db)
        try old?.erase(in: db)
        let feed = CalendarFeed(
            territoryID: acting.territoryID, holder: .agent(acting.agent.id), shows: shows, createdAt: now, createdBy: acting.agent.id)
        let secret = SecretToken.new()
        try feed.insert(secret, in: db)
        let facts = ["what": "calendar-feed", "shows": shows.rawValue, "replaces": old?.id.description ?? ""]
        try Journal.record(.created, about: feed.id.uuid, facts, by: acting, at: now, in: db)
        return secret
    }

    /// What is said at the address that stands.
    /// - Throws: ``Refusal/noCalendarFeed``.
    public static func show(_ shows: Shows, by acting: Acting, at now: Instant, in db: Writer) throws {
        try requireOwn(acting)
        guard let feed = try own(of: acting, in: db) else { throw Refusal.noCalendarFeed }
        guard feed.shows != shows else { return }
        try db.run("UPDATE calendar_feed SET shows = \(shows) WHERE territory_id = \(acting.territoryID) AND id = \(feed.id)")
        let facts = ["what": "calendar-feed", "shows.before": feed.shows.rawValue, "shows.after": shows.rawValue]
        try Journal.record(.changed, about: feed.id.uuid, facts, by: acting, at: now, in: db)
    }

    /// The address answers nothing from now on.
    /// - Throws: ``Refusal/noCalendarFeed``.
    public static func revoke(by acting: Acting, at now: Instant, in db: Writer) throws {
        try requireOwn(acting)
        guard let feed = try own(of: acting, in: db) else { throw Refusal.noCalendarFeed }
        try feed.erase(in: db)
        try Journal.record(.deleted, about: feed.id.uuid, ["what": "calendar-feed"], by: acting, at: now, in: db)
    }

    /// With the account of who leaves.
    static func end(of agent: ID<Agent>, of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM calendar_feed WHERE territory_id = \(territory) AND agent_id = \(agent)")
    }

    /// For who has an agenda.
    public static func requireOwn(_ acting: Acting) throws {
        try acting.requireWriting()
        try acting.require(.fillOwnAgenda)
    }
}

extension Refusal {
    public static let noCalendarFeed = Refusal(
        .conflict, "no-calendar-feed", "Cette adresse de calendrier n’existe plus. Créez-en une nouvelle si vous en avez besoin.")
}
