import Scheduling
import Store

/// How much of an agent's open time was booked, for a service in an organization (table `figure_time`).
///
/// Open time is that of the openings as they stand when it is counted, absences, closures and public holidays taken out; booked time is
/// what appointments and holds take inside it. An opening for reasons of two services counts in both.
struct OpenTime: Sendable, Equatable {
    let key: Key
    var filling: Filling

    struct Key: Sendable, Hashable {
        let grain: Grain
        let first: CivilDate
        let organization: ID<Organization>
        let service: ID<Service>
        let agent: ID<Agent>
    }
}

/// Minutes open, and how many of them are booked.
public struct Filling: Sendable, Equatable {
    public var open = 0
    public var booked = 0

    /// Nil when nothing is open.
    public var share: Double? { open == 0 ? nil : Double(booked) / Double(open) }

    static func += (left: inout Filling, right: Filling) {
        left.open += right.open
        left.booked += right.booked
    }
}

extension OpenTime {
    static let columnNames = [
        "territory_id", "agent_id", "grain", "first_day", "organization_id", "service_id", "open_minutes", "booked_minutes",
    ]
    static let columns = SQL(joined: columnNames.dropFirst().map { "figure_time.\(identifier: $0)" }, by: ", ")

    /// - Parameter row: selects the ``columns``.
    init(_ row: Row) throws {
        key = Key(grain: try row[1], first: try row[2], organization: try row[3], service: try row[4], agent: try row[0])
        filling = Filling(open: try row[5], booked: try row[6])
    }

    func values(of territory: Int64) -> [SQLValue] {
        [
            territory.sqlValue, key.agent.sqlValue, key.grain.sqlValue, key.first.sqlValue, key.organization.sqlValue,
            key.service.sqlValue, filling.open.sqlValue, filling.booked.sqlValue,
        ]
    }
}

extension OpenTime {
    /// What an agent's calendar says, built over these days.
    ///
    /// - Parameter dates: whole weeks or months of each grain.
    static func count(
        _ agent: ID<Agent>, _ dates: [Grain: Range<CivilDate>], services: [ID<Reason>: ID<Service>], of territory: Territory, now: Instant,
        in db: Reader
    ) throws -> [OpenTime] {
        guard let first = dates.values.map(\.lowerBound).min(), let last = dates.values.map(\.upperBound).max() else { return [] }
        let zone = territory.zone
        let window = zone.instant(first, minute: 0)..<zone.instant(last, minute: 0)
        let rows = try CalendarRows.read([agent], window: window, of: territory, now: now, in: db)
        guard !rows.stamps.isEmpty else { return [] }
        let away = rows.away[agent, default: []] + territory.holidayZone.ranges(in: window, zone: zone)
        return groups(rows.openings[agent, default: []], services).flatMap { group, openings -> [OpenTime] in
            let place = { (opening: Opening) in Numbers.Place(organization: opening.organizationID, site: opening.siteID) }
            let inputs = openings.map { opening in
                OpeningInput(
                    id: 0, reasons: [0],
                    ranges: rows.closed.subtracted(from: opening.stretch.ranges(in: window, zone: zone), at: place(opening)))
            }
            let calendar = BuiltCalendar(
                window: UnitSet.window(window), openings: inputs, away: away, booked: rows.booked[agent, default: []])
            return dates.flatMap { grain, span in
                grain.firsts(in: span).compactMap { first in
                    time(of: calendar, grain, first, group, agent, zone)
                }
            }
        }
    }

    private struct Group: Hashable {
        let organization: ID<Organization>
        let service: ID<Service>
    }

    private static func groups(_ openings: [Opening], _ services: [ID<Reason>: ID<Service>]) -> [Group: [Opening]] {
        var groups: [Group: [Opening]] = [:]
        for opening in openings {
            for service in Set(opening.reasonIDs.compactMap { services[$0] }) {
                groups[Group(organization: opening.organizationID, service: service), default: []].append(opening)
            }
        }
        return groups
    }

    private static func time(
        of calendar: BuiltCalendar, _ grain: Grain, _ first: CivilDate, _ group: Group, _ agent: ID<Agent>, _ zone: Zone
    ) -> OpenTime? {
        let units = UnitSet.starts(in: zone.instant(first, minute: 0)..<zone.instant(grain.next(after: first), minute: 0))
        let load = calendar.load(in: units)
        guard load.open > 0 else { return nil }
        let key = Key(grain: grain, first: first, organization: group.organization, service: group.service, agent: agent)
        return OpenTime(
            key: key, filling: Filling(open: load.open * UnitSet.minutesPerUnit, booked: load.booked * UnitSet.minutesPerUnit))
    }
}
