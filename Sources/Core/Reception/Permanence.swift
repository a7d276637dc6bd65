import Scheduling
import Store

/// When an agent receives, at a site and for a service, whoever comes without an appointment.
public struct Permanence: Sendable, Equatable {
    public let agentID: ID<Agent>
    public let agent: String
    public let siteID: ID<Site>
    public let serviceID: ID<Service>
    public let service: String
    /// On the day asked for.
    public let times: [Range<Instant>]

    public init(agentID: ID<Agent>, agent: String, siteID: ID<Site>, serviceID: ID<Service>, service: String, times: [Range<Instant>]) {
        self.agentID = agentID
        self.agent = agent
        self.siteID = siteID
        self.serviceID = serviceID
        self.service = service
        self.times = times
    }
}

extension Permanence {
    /// Those of a day in some organizations, of services that one may know, by service and hour. Closed houses and public holidays hold none,
    /// nor agents who are away.
    public static func on(_ date: CivilDate, in organizations: [ID<Organization>], knownTo acting: Acting, db: Reader) throws
        -> [Permanence]
    {
        let territory = acting.territory
        guard territory.holidayZone.holidays(in: date.year).allSatisfy({ $0.date != date }) else { return [] }
        let query: SQL = """
            SELECT \(Opening.wholeColumns), service.id, service.name, service.secret, agent.first_name, agent.last_name
            FROM permanence
            JOIN opening ON opening.territory_id = permanence.territory_id AND opening.id = permanence.opening_id
            JOIN service ON service.territory_id = permanence.territory_id AND service.id = permanence.service_id
            JOIN agent ON agent.territory_id = opening.territory_id AND agent.id = opening.agent_id
            \(Opening.withExceptions)
            WHERE permanence.territory_id = \(territory.id) AND opening.organization_id IN \(list: organizations)
              AND agent.disabled_at IS NULL AND \(Opening.mayHappen(from: date))
            ORDER BY service.name, opening.start_minute, opening.id
            """
        let window = territory.zone.day(date)
        let closed = try ClosedTimes.read(in: window, of: territory, in: db)
        let found = try Opening.gather(query, in: db) { opening, row in
            Found(
                opening: opening,
                service: Service(
                    id: try row[Opening.wholeCount], name: try row[Opening.wholeCount + 1], secret: try row[Opening.wholeCount + 2]),
                agent: Person.displayName(firstName: try row[Opening.wholeCount + 3], lastName: try row[Opening.wholeCount + 4]))
        } _: {
            $0.opening.stretch = $1
        }
        let away = try absences(of: Set(found.map(\.opening.agentID)).sorted(), in: window, of: territory, db)
        return found.filter { acting.mayKnow($0.service) }.compactMap { one in
            let place = Numbers.Place(organization: one.opening.organizationID, site: one.opening.siteID)
            let times = closed.subtracted(from: one.opening.stretch.ranges(in: window, zone: territory.zone), at: place)
                .filter { time in
                    !away[one.opening.agentID, default: []].contains {
                        $0.lowerBound <= time.lowerBound && time.upperBound <= $0.upperBound
                    }
                }
            guard !times.isEmpty, let site = one.opening.siteID else { return nil }
            return Permanence(
                agentID: one.opening.agentID, agent: one.agent, siteID: site, serviceID: one.service.id, service: one.service.name,
                times: times)
        }
    }

    private struct Found {
        var opening: Opening
        let service: Service
        let agent: String
    }

    private static func absences(
        of agents: [ID<Agent>], in window: Range<Instant>, of territory: Territory, _ db: Reader
    ) throws -> [ID<Agent>: [Range<Instant>]] {
        guard !agents.isEmpty else { return [:] }
        let date = territory.zone.civil(window.lowerBound).date
        let which: SQL = """
            absence.territory_id = \(territory.id) AND absence.agent_id IN \(list: agents) AND \(Absence.mayHappen(from: date))
            """
        return try Absence.all(which, in: db).reduce(into: [:]) { away, one in
            away[one.agentID, default: []] += one.stretch.ranges(in: window, zone: territory.zone)
        }
    }
}

extension [Permanence] {
    /// Those who may call who waits for a service at a site: who holds its permanence; nobody in particular when there is none.
    public func holders(of service: ID<Service>, at site: ID<Site>) -> Set<ID<Agent>> {
        Set(lazy.filter { $0.serviceID == service && $0.siteID == site }.map(\.agentID))
    }
}
