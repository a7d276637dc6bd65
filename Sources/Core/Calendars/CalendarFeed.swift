import Scheduling
import Store

/// Une adresse de calendrier: where another program reads an agent's calendar, or a person's own appointments (table `calendar_feed`).
///
/// The address holds a secret, which is shown once and of which only the SHA-256 is kept: who has it needs nothing else.
public struct CalendarFeed: Sendable, Equatable {
    public let id: ID<CalendarFeed>
    public let territoryID: Int64
    public let holder: Holder
    public let shows: Shows
    public let createdAt: Instant
    public let createdBy: ID<Agent>
    /// To the hour: reading it again sooner is not written down.
    public let readAt: Instant?

    /// Whose calendar it is.
    public enum Holder: Sendable, Equatable {
        case agent(ID<Agent>)
        case person(ID<Person>)
    }

    /// What is said of an appointment to who reads an agent's calendar. Raw values are stored.
    public enum Shows: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        /// « Occupé », and nothing else.
        case busy
        /// « Rendez-vous par téléphone », and at which site.
        case how
        /// With whom, too; but for what is discreet, for a child's care and for a secret service.
        case names
    }

    public init(
        id: ID<CalendarFeed> = .new(), territoryID: Int64, holder: Holder, shows: Shows, createdAt: Instant, createdBy: ID<Agent>,
        readAt: Instant? = nil
    ) {
        (self.id, self.territoryID, self.holder, self.shows) = (id, territoryID, holder, shows)
        (self.createdAt, self.createdBy, self.readAt) = (createdAt, createdBy, readAt)
    }
}

extension CalendarFeed {
    static let columns: SQL = """
        calendar_feed.id, calendar_feed.territory_id, calendar_feed.agent_id, calendar_feed.person_id, calendar_feed.shows,
        calendar_feed.created_at, calendar_feed.created_by, calendar_feed.read_at
        """
    static let columnCount = 8

    init(_ row: Row, at offset: Int = 0) throws {
        let agent: ID<Agent>? = try row[offset + 2]
        self.init(
            id: try row[offset], territoryID: try row[offset + 1],
            holder: try agent.map(Holder.agent) ?? .person(try row[offset + 3]), shows: try row[offset + 4],
            createdAt: try row[offset + 5], createdBy: try row[offset + 6], readAt: try row[offset + 7])
    }

    /// The acting agent's own.
    public static func own(of acting: Acting, in db: Reader) throws -> CalendarFeed? {
        try first("agent_id = \(acting.agent.id)", of: acting.territoryID, in: db)
    }

    static func first(_ which: SQL, of territory: Int64, in db: Reader) throws -> CalendarFeed? {
        try db.first("SELECT \(columns) FROM calendar_feed WHERE territory_id = \(territory) AND \(which)") { try CalendarFeed($0) }
    }

    func insert(_ secret: SecretToken, in db: Writer) throws {
        var agent: ID<Agent>?, person: ID<Person>?
        switch holder {
        case .agent(let id): agent = id
        case .person(let id): person = id
        }
        try db.run(
            """
            INSERT INTO calendar_feed (territory_id, id, secret, agent_id, person_id, shows, created_at, created_by)
            VALUES (\(territoryID), \(id), \(secret.digest), \(agent), \(person), \(shows), \(createdAt), \(createdBy))
            """)
    }

    func erase(in db: Writer) throws {
        try db.run("DELETE FROM calendar_feed WHERE territory_id = \(territoryID) AND id = \(id)")
    }
}
