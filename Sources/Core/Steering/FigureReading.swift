import Scheduling
import Store

/// Reads what is kept, and counts on the spot what is not counted yet.
struct FigureReading: Sendable {
    var figures: [Figure] = []
    var times: [OpenTime] = []
    /// Agents whose last changes are not in it yet, when they are too many to count on the spot.
    var behind = 0

    /// Beyond so many agents to count, what is kept is shown as it is: it is counted again within a minute.
    static let most = 100

    /// - Parameter which: the organizations, or the agent, whose figures are asked for: a condition on the table of that name.
    static func read(
        _ grain: Grain, _ dates: Range<CivilDate>, of territory: Territory, now: Instant, in db: Reader, where which: (SQL) -> SQL,
        keeps: (ID<Organization>, ID<Agent>) -> Bool
    ) throws -> FigureReading {
        var reading = FigureReading()
        let stale = try Stamp.stale(of: territory.id, in: db)
        let live = stale.count <= most ? stale : []
        reading.behind = stale.count - live.count
        reading.figures = try db.all(
            "SELECT \(Figure.columns) \(kept("figure", grain, dates, of: territory, but: live)) AND \(which("figure"))"
        ) { try Figure($0) }
        reading.times = try db.all(
            "SELECT \(OpenTime.columns) \(kept("figure_time", grain, dates, of: territory, but: live)) AND \(which("figure_time"))"
        ) { try OpenTime($0) }
        guard !live.isEmpty else { return reading }
        let services = try Reason.services(of: territory.id, in: db)
        for agent in live {
            reading.figures += try Figure.count(agent, [grain: dates], of: territory, in: db).filter { keeps($0.key.organization, agent) }
            let times = try OpenTime.count(agent, [grain: dates], services: services, of: territory, now: now, in: db)
            reading.times += times.filter { keeps($0.key.organization, agent) }
        }
        return reading
    }

    /// Agent by agent: the table lies in that order, and each agent's weeks or months are one stretch of it.
    private static func kept(
        _ table: SQL, _ grain: Grain, _ dates: Range<CivilDate>, of territory: Territory, but live: [ID<Agent>]
    ) -> SQL {
        let others: SQL = live.isEmpty ? "" : "AND agent.id NOT IN \(list: live)"
        return """
            FROM agent CROSS JOIN \(table)
            WHERE agent.territory_id = \(territory.id) AND \(table).territory_id = agent.territory_id AND \(table).agent_id = agent.id
              AND \(table).grain = \(grain) AND \(table).first_day >= \(dates.lowerBound) AND \(table).first_day < \(dates.upperBound) \(others)
            """
    }
}
