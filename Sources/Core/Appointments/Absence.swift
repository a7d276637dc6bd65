import Scheduling
import Store

/// Une indisponibilité: when an agent cannot be booked; it may last days, or recur.
public struct Absence: Sendable, Equatable {
    public let id: ID<Absence>
    public var agentID: ID<Agent>
    public var title: String
    public var stretch: Stretch
    /// Changes with each edit, so that two agents never overwrite each other unknowingly.
    public var version: Int64

    public init(id: ID<Absence> = .new(), agentID: ID<Agent>, title: String = "", stretch: Stretch, version: Int64 = 0) {
        self.id = id
        self.agentID = agentID
        self.title = title
        self.stretch = stretch
        self.version = version
    }
}

extension Absence: Exceptional {
    static let table: SQL = "absence"
    static let columns: SQL = "absence.id, absence.agent_id, absence.title, absence.version, \(Stretch.columns)"
    static let columnCount = 4 + Stretch.columnCount

    init(_ row: Row) throws {
        self.init(
            id: try row[0], agentID: try row[1], title: try row[2], stretch: try Stretch.read(row, at: 4), version: try row[3])
    }

    /// Those that fulfil a condition, oldest first.
    static func all(_ which: SQL, in db: Reader) throws -> [Absence] {
        try gather(
            """
            SELECT \(wholeColumns) FROM absence \(withExceptions) WHERE \(which)
            ORDER BY absence.first_date, absence.start_minute, absence.id
            """, in: db)
    }

    public static func of(_ agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Absence] {
        try all("absence.territory_id = \(territory) AND absence.agent_id = \(agent)", in: db)
    }

    /// A condition on those that may touch this day: a filter on the first day, and on the last of those that recur until one. Those
    /// with an exception always may.
    static func of(_ agent: ID<Agent>, around date: CivilDate, of territory: Int64) -> SQL {
        """
        absence.territory_id = \(territory) AND absence.agent_id = \(agent) AND (absence_exception.date IS NOT NULL
          OR (absence.first_date <= \(date) AND (absence.until_date IS NULL OR absence.nights > 0 OR absence.until_date >= \(date))))
        """
    }
}
