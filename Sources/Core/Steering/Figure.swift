import Scheduling
import Store

/// What an agent's appointments of a week or a month became, for a reason and a way of meeting (table `figure`).
///
/// The table is a sum kept beside the appointments, so that the year of a territory is read in a second: see ``FigureKeeping``.
struct Figure: Sendable, Equatable {
    let key: Key
    var tally: Tally

    struct Key: Sendable, Hashable {
        let grain: Grain
        let first: CivilDate
        let organization: ID<Organization>
        let reason: ID<Reason>
        let service: ID<Service>
        let how: How
        let agent: ID<Agent>
    }
}

extension Figure {
    static let columnNames =
        ["territory_id", "agent_id", "grain", "first_day", "organization_id", "reason_id", "service_id", "how"] + Tally.columnNames
    static let columns = SQL(joined: columnNames.dropFirst().map { "figure.\(identifier: $0)" }, by: ", ")

    /// - Parameter row: selects the ``columns``.
    init(_ row: Row) throws {
        key = Key(
            grain: try row[1], first: try row[2], organization: try row[3], reason: try row[4], service: try row[5], how: try row[6],
            agent: try row[0])
        tally = try Tally(row, at: 7)
    }

    func values(of territory: Int64) -> [SQLValue] {
        [
            territory.sqlValue, key.agent.sqlValue, key.grain.sqlValue, key.first.sqlValue, key.organization.sqlValue, key.reason.sqlValue,
            key.service.sqlValue, key.how.sqlValue,
        ] + tally.values
    }
}

extension Figure {
    /// Counts an agent's appointments anew, from the appointments themselves.
    ///
    /// - Parameter dates: whole weeks or months of each grain, when the appointments begin.
    static func count(_ agent: ID<Agent>, _ dates: [Grain: Range<CivilDate>], of territory: Territory, in db: Reader) throws -> [Figure] {
        guard let first = dates.values.map(\.lowerBound).min(), let last = dates.values.map(\.upperBound).max() else { return [] }
        var tallies: [Key: Tally] = [:]
        let (from, to) = (territory.zone.instant(first, minute: 0), territory.zone.instant(last, minute: 0))
        try db.forEach(
            """
            SELECT appointment.organization_id, appointment.reason_id, appointment.service_id, appointment.how, appointment.origin,
              appointment.starts_at, appointment.created_at, participation.status
            FROM appointment JOIN participation ON participation.territory_id = appointment.territory_id
              AND participation.appointment_id = appointment.id
            WHERE appointment.territory_id = \(territory.id) AND appointment.agent_id = \(agent)
              AND appointment.starts_at >= \(from) AND appointment.starts_at < \(to)
            """
        ) { row in
            let starts: Instant = try row[5], created: Instant = try row[6]
            let date = territory.zone.civil(starts).date
            for (grain, span) in dates where span.contains(date) {
                let key = Key(
                    grain: grain, first: grain.first(of: date), organization: try row[0], reason: try row[1], service: try row[2],
                    how: try row[3], agent: agent)
                tallies[key, default: Tally()].add(try row[7], try row[4], days: max(0, Int(starts - created) / 86_400))
            }
        }
        return tallies.map { Figure(key: $0, tally: $1) }
    }
}
