import Foundation
import Scheduling
import Store

/// A person's own address: an agent makes it, and gives it to them. It says what anyone may read over a shoulder (``PersonEvents``).
extension CalendarFeed {
    /// One for each telephone: theirs, that of who helps them.
    public static let mostOfPerson = 5

    /// With who made each.
    public struct Given: Sendable, Equatable {
        public let feed: CalendarFeed
        public let by: String

        public init(feed: CalendarFeed, by: String) { (self.feed, self.by) = (feed, by) }
    }

    /// Those that still answer, the newest first.
    public static func given(to person: ID<Person>, of territory: Int64, in db: Reader) throws -> [Given] {
        try db.all(
            """
            SELECT \(columns), agent.first_name, agent.last_name FROM calendar_feed
            JOIN agent ON agent.territory_id = calendar_feed.territory_id AND agent.id = calendar_feed.created_by
            WHERE calendar_feed.territory_id = \(territory) AND calendar_feed.person_id = \(person)
            ORDER BY calendar_feed.created_at DESC, calendar_feed.id DESC
            """
        ) { row in
            Given(
                feed: try CalendarFeed(row),
                by: Person.displayName(firstName: try row[columnCount], lastName: try row[columnCount + 1]))
        }
    }

    /// - Returns: the secret of a new address, shown this once.
    /// - Throws: ``Refusal/notFound``, ``Refusal/forbidden``, ``Refusal/tooManyCalendarFeeds``.
    public static func give(to id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws -> SecretToken {
        let person = try Person.editable(id, by: acting, in: db)
        guard try given(to: id, of: acting.territoryID, in: db).count < mostOfPerson else { throw Refusal.tooManyCalendarFeeds }
        let feed = CalendarFeed(
            territoryID: acting.territoryID, holder: .person(person.id), shows: .how, createdAt: now, createdBy: acting.agent.id)
        let secret = SecretToken.new()
        try feed.insert(secret, in: db)
        try Journal.record(.created, about: id.uuid, feed.facts, by: acting, at: now, in: db)
        return secret
    }

    /// - Throws: ``Refusal/notFound``, ``Refusal/forbidden``; ``Refusal/noCalendarFeed`` for one that is not theirs.
    public static func takeBack(_ id: ID<CalendarFeed>, from person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        _ = try Person.editable(person, by: acting, in: db)
        guard let feed = try first("id = \(id) AND person_id = \(person)", of: acting.territoryID, in: db) else {
            throw Refusal.noCalendarFeed
        }
        try feed.erase(in: db)
        try Journal.record(.deleted, about: person.uuid, feed.facts, by: acting, at: now, in: db)
    }

    private var facts: [String: String] { ["what": "calendar-feed", "feed": id.description] }
}

extension Refusal {
    public static let tooManyCalendarFeeds = Refusal(
        .conflict, "too-many-calendar-feeds",
        "Cette personne a déjà cinq adresses de calendrier. Supprimez celle qui ne sert plus, puis recommencez.")
}
