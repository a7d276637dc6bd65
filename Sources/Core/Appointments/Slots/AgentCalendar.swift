import Scheduling
import Store

/// An agent's built calendar, and the version of it that was built.
struct AgentCalendar: Sendable {
    let stamp: Stamp
    let calendar: BuiltCalendar
    /// When the first of its holds runs out: from then on it is stale, though nothing was written.
    var expiresAt: Instant?

    var agent: ID<Agent> { stamp.agent }

    func isCurrent(_ stamp: Stamp, now: Instant) -> Bool { self.stamp == stamp && (expiresAt.map { now < $0 } ?? true) }

    /// Whose it is, and which version.
    struct Stamp: Sendable, Equatable {
        let agent: ID<Agent>
        let version: Int64
    }
}

/// Small numbers for the ids that built calendars are made of, given once for the life of the process.
struct Numbers: Sendable {
    private(set) var places: [Place] = []
    private var numberOfPlace: [Place: Int32] = [:]
    private(set) var numberOfReason: [ID<Reason>: Int32] = [:]

    struct Place: Sendable, Hashable {
        let organization: ID<Organization>
        let site: ID<Site>?
    }

    mutating func number(of place: Place) -> Int32 {
        if let known = numberOfPlace[place] { return known }
        let number = Int32(places.count)
        places.append(place)
        numberOfPlace[place] = number
        return number
    }

    /// Where a colleague may be open who receives with an agent at a place: in the same house; on site, not at another of its sites.
    func compatible(with place: Place, onSite: Bool) -> [Bool] {
        places.map { other in
            other.organization == place.organization && (!onSite || other.site == nil || other.site == place.site)
        }
    }

    mutating func number(of reason: ID<Reason>) -> Int32 {
        if let known = numberOfReason[reason] { return known }
        let number = Int32(numberOfReason.count)
        numberOfReason[reason] = number
        return number
    }
}

/// What the database says of some agents' calendars over a window, before it is built.
struct CalendarRows: Sendable {
    var stamps: [AgentCalendar.Stamp] = []
    var openings: [ID<Agent>: [Opening]] = [:]
    var away: [ID<Agent>: [Range<Instant>]] = [:]
    var booked: [ID<Agent>: [Range<Instant>]] = [:]
    /// When the first hold of each runs out.
    var expiries: [ID<Agent>: Instant] = [:]
    /// When houses and sites are closed.
    var closed = ClosedTimes()

    /// - Parameter agents: `nil` for all those of the territory.
    static func read(_ agents: [ID<Agent>]?, window: Range<Instant>, of territory: Territory, now: Instant, in db: Reader) throws
        -> CalendarRows
    {
        var rows = CalendarRows()
        let some: SQL = agents.map { "AND agent.id IN \(list: $0)" } ?? ""
        rows.stamps = try AgentCalendar.stamps(of: territory.id, some, in: db)
        try rows.readOpenings(some, of: territory, in: db)
        try rows.readAbsences(some, window: window, of: territory, in: db)
        try rows.readForeign(some, window: window, of: territory, in: db)
        rows.closed = try ClosedTimes.read(in: window, of: territory, in: db)
        try rows.readClaims(some, window: window, of: territory, now: now, in: db)
        return rows
    }

    private mutating func readOpenings(_ some: SQL, of territory: Territory, in db: Reader) throws {
        var reasons: [ID<Opening>: Set<ID<Reason>>] = [:]
        try db.forEach(
            """
            SELECT opening_reason.opening_id, opening_reason.reason_id FROM agent
            JOIN opening ON opening.territory_id = agent.territory_id AND opening.agent_id = agent.id
            JOIN opening_reason ON opening_reason.territory_id = opening.territory_id AND opening_reason.opening_id = opening.id
            WHERE agent.territory_id = \(territory.id) \(some)
            """
        ) { reasons[try $0[0], default: []].insert(try $0[1]) }
        let query: SQL = """
            SELECT \(Opening.wholeColumns) FROM agent
            JOIN opening ON opening.territory_id = agent.territory_id AND opening.agent_id = agent.id \(Opening.withExceptions)
            WHERE agent.territory_id = \(territory.id) \(some)
            """
        for one in try Opening.gather(query, in: db) {
            var opening = one
            opening.reasonIDs = reasons[opening.id, default: []]
            openings[opening.agentID, default: []].append(opening)
        }
    }

    private mutating func readAbsences(_ some: SQL, window: Range<Instant>, of territory: Territory, in db: Reader) throws {
        let query: SQL = """
            SELECT \(Absence.wholeColumns) FROM agent
            JOIN absence ON absence.territory_id = agent.territory_id AND absence.agent_id = agent.id \(Absence.withExceptions)
            WHERE agent.territory_id = \(territory.id) \(some)
            """
        for absence in try Absence.gather(query, in: db) {
            away[absence.agentID, default: []] += absence.stretch.ranges(in: window, zone: territory.zone)
        }
    }

    /// What their other calendars say is taken.
    private mutating func readForeign(_ some: SQL, window: Range<Instant>, of territory: Territory, in db: Reader) throws {
        try db.forEach(
            """
            SELECT foreign_busy.agent_id, foreign_busy.starts_at, foreign_busy.ends_at FROM agent CROSS JOIN foreign_busy
            WHERE agent.territory_id = \(territory.id) \(some)
              AND foreign_busy.territory_id = agent.territory_id AND foreign_busy.agent_id = agent.id
              AND foreign_busy.starts_at < \(window.upperBound) AND foreign_busy.ends_at > \(window.lowerBound)
            """
        ) { away[try $0[0], default: []].append(try $0[1]..<(try $0[2])) }
    }

    /// CROSS JOIN keeps SQLite from reading every claim of the territory, past and of people too, before it looks whose they are.
    private mutating func readClaims(_ some: SQL, window: Range<Instant>, of territory: Territory, now: Instant, in db: Reader) throws {
        try db.forEach(
            """
            SELECT claim.holder_id, claim.starts_at, claim.ends_at, claim.expires_at FROM agent CROSS JOIN claim
            WHERE agent.territory_id = \(territory.id) \(some)
              AND claim.territory_id = agent.territory_id AND claim.holder_id = agent.id
              AND claim.starts_at >= \(window.lowerBound) AND claim.starts_at < \(window.upperBound)
              AND (claim.expires_at IS NULL OR claim.expires_at > \(now))
            """
        ) { row in
            let agent: ID<Agent> = try row[0]
            booked[agent, default: []].append(try row[1]..<(try row[2]))
            if let end: Instant = try row[3] { expiries[agent] = min(end, expiries[agent] ?? end) }
        }
    }
}

extension AgentCalendar {
    /// The calendar version of each agent who works, in the order of their ids.
    static func stamps(of territory: Int64, _ some: SQL = "", in db: Reader) throws -> [Stamp] {
        try db.all(
            """
            SELECT agent.id, agent.calendar_version FROM agent
            WHERE agent.territory_id = \(territory) AND agent.disabled_at IS NULL \(some) ORDER BY agent.id
            """
        ) { Stamp(agent: try $0[0], version: try $0[1]) }
    }

    /// Builds the calendar of one agent. `holidays` are the public holidays of the window.
    static func build(
        _ stamp: Stamp, from rows: CalendarRows, window: Range<Instant>, holidays: [Range<Instant>], zone: Zone,
        numbers: inout Numbers
    ) -> AgentCalendar {
        let openings = rows.openings[stamp.agent, default: []].enumerated().map { index, opening in
            let place = Numbers.Place(organization: opening.organizationID, site: opening.siteID)
            return OpeningInput(
                id: Int32(index), reasons: Set(opening.reasonIDs.map { numbers.number(of: $0) }), place: numbers.number(of: place),
                ranges: rows.closed.subtracted(from: opening.stretch.ranges(in: window, zone: zone), at: place))
        }
        let calendar = BuiltCalendar(
            window: UnitSet.window(window), openings: openings, away: rows.away[stamp.agent, default: []] + holidays,
            booked: rows.booked[stamp.agent, default: []])
        return AgentCalendar(stamp: stamp, calendar: calendar, expiresAt: rows.expiries[stamp.agent])
    }
}
