import Scheduling
import Store

extension CalendarFeed {
    /// Days before and after today that a calendar holds.
    public static let daysBehind = 28, daysAhead = 184
    /// Seconds within which another reading is not written down.
    static let refresh = 3600

    /// The calendar at an address.
    ///
    /// Each new hour of reading is noted; where names are said, in the journal too.
    /// - Returns: `nil` for a secret that is none, or no more.
    public static func read(secret: String, at now: Instant, in store: Store) async throws -> ICalendar? {
        guard let found = try await store.read({ db in try read(secret: secret, at: now, in: db) }) else { return nil }
        if found.feed.readAt.map({ now - $0 >= refresh }) ?? true {
            try await Journal.beforeAnswering { try await store.write { db in try found.feed.noteReading(at: now, in: db) } }
        }
        return found.calendar
    }

    private static func read(secret: String, at now: Instant, in db: Reader) throws -> (feed: CalendarFeed, calendar: ICalendar)? {
        let found = try db.first(
            """
            SELECT \(columns), \(Territory.columns) FROM calendar_feed JOIN territory ON territory.id = calendar_feed.territory_id
            LEFT JOIN agent ON agent.territory_id = calendar_feed.territory_id AND agent.id = calendar_feed.agent_id
            WHERE calendar_feed.secret = \(SecretToken.digest(of: secret)) AND agent.disabled_at IS NULL
            """
        ) { (try CalendarFeed($0), try Territory($0, at: columnCount)) }
        guard let (feed, territory) = found else { return nil }
        return (feed, try feed.calendar(of: territory, at: now, in: db))
    }

    /// Whole days, so that a day's readings are alike until something changes.
    private func calendar(of territory: Territory, at now: Instant, in db: Reader) throws -> ICalendar {
        let today = territory.zone.civil(now).date
        let window =
            territory.zone.instant(
                today.adding(days: -Self.daysBehind), minute: 0)..<territory.zone.instant(today.adding(days: Self.daysAhead), minute: 0)
        switch holder {
        case .agent(let agent):
            let events = try AgentEvents(agent: agent, shows: shows, territory: territory, window: window).read(in: db)
            return ICalendar(.publish, name: "Mon agenda", zone: territory.zone, events: events)
        case .person(let person):
            let events = try PersonEvents(person: person, territory: territory).read(in: window, on: today, in: db)
            return ICalendar(.publish, name: "Mes rendez-vous", zone: territory.zone, events: events)
        }
    }

    private func noteReading(at now: Instant, in db: Writer) throws {
        try db.run("UPDATE calendar_feed SET read_at = \(now) WHERE territory_id = \(territoryID) AND id = \(id)")
        guard shows == .names, case .agent(let agent) = holder else { return }
        let facts = ["what": "calendar-feed", "agent": agent.description]
        try Journal.record(.exported, about: id.uuid, facts, by: .anonymous, of: territoryID, at: now, in: db)
    }
}
