import Scheduling
import Store

/// Une indisponibilité: when an agent cannot be booked; it may last days, or recur.
public struct Absence: Sendable, Equatable {
    public let id: ID<Absence>
    public var agentID: ID<Agent>
    public var title: String
    public var stretch: Stretch

    public init(id: ID<Absence> = .new(), agentID: ID<Agent>, title: String = "", stretch: Stretch) {
        self.id = id
        self.agentID = agentID
        self.title = title
        self.stretch = stretch
    }
}

extension Absence {
    static let columns: SQL = "absence.id, absence.agent_id, absence.title, \(Stretch.columns)"

    init(_ row: Row) throws {
        self.init(id: try row[0], agentID: try row[1], title: try row[2], stretch: try Stretch.read(row, at: 3))
    }

    public static func of(_ agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Absence] {
        try db.all(
            "SELECT \(columns) FROM absence WHERE territory_id = \(territory) AND agent_id = \(agent) ORDER BY first_date, start_minute, id"
        ) { try Absence($0) }
    }

    /// A condition on those that may touch this day: a filter on the first day, and on the last of those that recur until one.
    static func of(_ agent: ID<Agent>, around date: CivilDate, of territory: Int64) -> SQL {
        """
        absence.territory_id = \(territory) AND absence.agent_id = \(agent) AND absence.first_date <= \(date)
          AND (absence.until_date IS NULL OR absence.nights > 0 OR absence.until_date >= \(date))
        """
    }
}
