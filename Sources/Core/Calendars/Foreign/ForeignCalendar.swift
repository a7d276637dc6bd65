import Scheduling
import Store

/// Un agenda extérieur: another calendar of an agent, read at an address of others; when it is taken, its agent cannot be booked (table
/// `foreign_calendar`).
///
/// Of what is in it, only from when to when is kept. Its address is a secret of its agent: it is shown to nobody, and logged nowhere.
public struct ForeignCalendar: Sendable, Equatable {
    public let id: ID<ForeignCalendar>
    public let territoryID: Int64
    public let agentID: ID<Agent>
    /// What its agent calls it.
    public let name: String
    public let url: String
    public let createdAt: Instant
    /// When it was last read to the end, and understood.
    public let goodAt: Instant?
    /// When it was last asked for, and what was wrong then.
    public let checkedAt: Instant?
    public let trouble: Trouble?

    /// Why it could not be read. Raw values are stored.
    public enum Trouble: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case unresolvable, forbidden, connection, timeout, tls
        /// 404 or 410.
        case gone
        /// 401 or 403.
        case refused
        /// Another status, or too many redirections.
        case answer
        case noCalendar = "no-calendar"
        case tooBig = "too-big"
    }

    public init(
        id: ID<ForeignCalendar> = .new(), territoryID: Int64, agentID: ID<Agent>, name: String, url: String, createdAt: Instant,
        goodAt: Instant? = nil, checkedAt: Instant? = nil, trouble: Trouble? = nil
    ) {
        (self.id, self.territoryID, self.agentID, self.name, self.url) = (id, territoryID, agentID, name, url)
        (self.createdAt, self.goodAt, self.checkedAt, self.trouble) = (createdAt, goodAt, checkedAt, trouble)
    }

    /// Of the address, all that a page or the journal says.
    public var host: String { (try? WebhookAddress(url, toLoopback: true))?.host ?? "" }

    /// Days that the last times known stay, when it can be read no more.
    public static let keptDays = 7
    public static let most = 5

    /// How it stands, for its agent.
    public enum Standing: Sendable, Equatable {
        case new
        case good(Instant)
        /// Since when the times known are the last ones; until when they count.
        case stale(Trouble, since: Instant, until: Instant)
        /// Nothing of it counts any more, or nothing ever did.
        case lost(Trouble)
    }

    public func standing(at now: Instant) -> Standing {
        guard let trouble else { return goodAt.map(Standing.good) ?? .new }
        guard let goodAt, goodAt.adding(days: Self.keptDays) > now else { return .lost(trouble) }
        return .stale(trouble, since: goodAt, until: goodAt.adding(days: Self.keptDays))
    }
}

extension ForeignCalendar {
    static let columns: SQL = """
        foreign_calendar.id, foreign_calendar.territory_id, foreign_calendar.agent_id, foreign_calendar.name, foreign_calendar.url,
        foreign_calendar.created_at, foreign_calendar.good_at, foreign_calendar.checked_at, foreign_calendar.trouble
        """
    static let columnCount = 9

    init(_ row: Row) throws {
        self.init(
            id: try row[0], territoryID: try row[1], agentID: try row[2], name: try row[3], url: try row[4], createdAt: try row[5],
            goodAt: try row[6], checkedAt: try row[7], trouble: try row[8])
    }

    /// The acting agent's own, by name.
    public static func own(of acting: Acting, in db: Reader) throws -> [ForeignCalendar] {
        try db.all(
            """
            SELECT \(columns) FROM foreign_calendar WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id)
            ORDER BY name, id
            """
        ) { try ForeignCalendar($0) }
    }

    /// Whether another calendar of an agent says that they are taken at some moment of this time.
    public static func takes(_ time: Range<Instant>, of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM foreign_busy WHERE \(taken(time, of: agent, of: territory))")
    }

    /// A condition on `foreign_busy`.
    static func taken(_ time: Range<Instant>, of agent: ID<Agent>, of territory: Int64) -> SQL {
        """
        foreign_busy.territory_id = \(territory) AND foreign_busy.agent_id = \(agent) AND foreign_busy.starts_at < \(time.upperBound)
          AND foreign_busy.ends_at > \(time.lowerBound)
        """
    }

    /// What they say is taken of some agents' time, in a window.
    static func busy(of agents: [ID<Agent>], in window: Range<Instant>, of territory: Int64, in db: Reader) throws
        -> [ID<Agent>: [Range<Instant>]]
    {
        var busy: [ID<Agent>: [Range<Instant>]] = [:]
        try db.forEach(
            """
            SELECT foreign_busy.agent_id, foreign_busy.starts_at, foreign_busy.ends_at FROM foreign_busy
            WHERE foreign_busy.territory_id = \(territory) AND foreign_busy.agent_id IN \(list: agents)
              AND foreign_busy.starts_at < \(window.upperBound)
              AND foreign_busy.ends_at > \(window.lowerBound)
            ORDER BY foreign_busy.starts_at
            """
        ) { busy[try $0[0], default: []].append(try $0[1]..<(try $0[2])) }
        return busy
    }
}
