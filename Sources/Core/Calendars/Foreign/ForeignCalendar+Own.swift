import Scheduling
import Store

/// Which other calendars count is for their agent alone to say.
extension ForeignCalendar {
    public struct Draft: Sendable, Equatable {
        public var name: String
        public var url: String

        public init(name: String, url: String) { (self.name, self.url) = (name, url) }
    }

    /// It is read within the minute.
    /// - Throws: a ``Refusal`` with sentences beside `name` and `url`; ``Refusal/tooManyForeignCalendars``.
    public static func add(
        _ draft: Draft, toLoopback: Bool = false, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> ForeignCalendar {
        try CalendarFeed.requireOwn(acting)
        var complaints = Complaints()
        let name = complaints.name(draft.name, "name", limit: 60)
        let address = complaints.calendar(draft.url, toLoopback: toLoopback)
        try complaints.check()
        guard let address else { throw Refusal.notFound }
        guard try own(of: acting, in: db).count < most else { throw Refusal.tooManyForeignCalendars }
        let calendar = ForeignCalendar(
            territoryID: acting.territoryID, agentID: acting.agent.id, name: name, url: address.url, createdAt: now)
        try saying(refusals) { try calendar.insert(in: db) }
        try Journal.record(.created, about: calendar.id.uuid, calendar.facts, by: acting, at: now, in: db)
        return calendar
    }

    /// What it said is taken is free again. Inside a transaction begun with `Store.claim`.
    /// - Throws: ``Refusal/notFound`` for one that is not theirs.
    public static func remove(_ id: ID<ForeignCalendar>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try CalendarFeed.requireOwn(acting)
        guard let calendar = try own(of: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        try Agent.lockCalendars([acting.agent.id], of: acting.territoryID, in: db)
        try calendar.forgetTimes(in: db)
        try db.run("DELETE FROM foreign_calendar WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try Journal.record(.deleted, about: id.uuid, calendar.facts, by: acting, at: now, in: db)
    }

    /// Once the other side was put right: no need to wait.
    /// - Throws: ``Refusal/notFound`` for one that is not theirs.
    public static func readAgain(_ id: ID<ForeignCalendar>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try CalendarFeed.requireOwn(acting)
        let changed = try db.run(
            """
            UPDATE foreign_calendar SET due_at = \(now), tag = NULL WHERE territory_id = \(acting.territoryID) AND id = \(id)
              AND agent_id = \(acting.agent.id)
            """)
        guard changed == 1 else { throw Refusal.notFound }
        try Journal.record(.changed, about: id.uuid, ["what": "foreign-calendar", "due": "now"], by: acting, at: now, in: db)
    }

    func forgetTimes(in db: Writer) throws {
        try db.run(
            """
            DELETE FROM foreign_busy WHERE territory_id = \(territoryID) AND agent_id = \(agentID) AND calendar_id = \(id)
            """)
    }

    private func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO foreign_calendar (territory_id, id, agent_id, name, url, created_at, due_at)
            VALUES (\(territoryID), \(id), \(agentID), \(name), \(url), \(createdAt), \(createdAt))
            """)
    }

    /// Of the address, whose it is and no more: what follows lets its reader in.
    var facts: [String: String] { ["what": "foreign-calendar", "host": host] }

    private static let refusals = [
        "foreign_calendar_address": Refusal.field("url", "already-read", "Cette adresse est déjà dans la liste.")
    ]
}

extension Complaints {
    /// `webcal://` is how calendars write `https://`.
    fileprivate mutating func calendar(_ typed: String, toLoopback: Bool) -> WebhookAddress? {
        let bare = typed.split(whereSeparator: \.isWhitespace).joined()
        let url = bare.lowercased().hasPrefix("webcal://") ? "https://" + bare.dropFirst(9) : bare
        do {
            return try WebhookAddress(url, toLoopback: toLoopback)
        } catch {
            add("url", "\(error.sentence) L’adresse attendue est celle d’un calendrier, donnée par l’autre logiciel (« .ics »).")
            return nil
        }
    }
}

extension Refusal {
    public static let tooManyForeignCalendars = Refusal(
        .conflict, "too-many-foreign-calendars", "Cinq agendas extérieurs au plus : retirez-en un qui ne sert plus.")
}
