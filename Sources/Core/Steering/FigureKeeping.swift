import Scheduling
import Store

/// Keeps the tables `figure` and `figure_time` true.
///
/// Whatever changes an appointment, an opening, an absence or a closure changes its agent's `calendar_version`: an agent whose version is
/// not the one counted is counted again. Bookings pay nothing for it. From the month before the last three to all that is to come, at each
/// change; all that ever was, once a day, for what changes later still (files united, statuses given months afterwards).
public struct FigureKeeping: Sendable {
    let territory: Territory
    let now: Instant

    public init(_ territory: Territory, at now: Instant) {
        self.territory = territory
        self.now = now
    }

    /// Counts whoever must be, in every territory. Asking twice changes nothing, and any node may ask.
    /// - Returns: how many agents were counted.
    @discardableResult
    public static func keep(at now: Instant, in store: Store) async throws -> Int {
        var counted = 0
        for territory in try await store.read({ db in try Territory.all(in: db) }) {
            counted += try await FigureKeeping(territory, at: now).keep(in: store)
        }
        return counted
    }

    @discardableResult
    func keep(in store: Store) async throws -> Int {
        let (stamps, services) = try await store.read { db -> ([Stamp], [ID<Reason>: ID<Service>]) in
            (try Stamp.due(of: territory, on: today, in: db), try Reason.services(of: territory.id, in: db))
        }
        for stamp in stamps {
            try Task.checkCancellation()
            try await count(stamp, services, in: store)
        }
        return stamps.count
    }

    private var today: CivilDate { territory.zone.civil(now).date }

    /// Counted while reading; written, in a short transaction, only when it differs. Of two nodes at once the last to write stays, with the
    /// version that it saw: when that was not the newer one, the agent is still due.
    private func count(_ stamp: Stamp, _ services: [ID<Reason>: ID<Service>], in store: Store) async throws {
        let found = try await store.read { db in try recount(stamp, services, in: db) }
        try await store.claim { db in try found.write(in: db) }
    }

    private func recount(_ stamp: Stamp, _ services: [ID<Reason>: ID<Service>], in db: Reader) throws -> Recount {
        let spans = Spans(today: today, whole: stamp.countedOn != today)
        let version = try Stamp.version(of: stamp.agent, of: territory.id, in: db)
        var recount = Recount(territory: territory.id, stamp: Stamp(agent: stamp.agent, version: version, countedOn: today))
        recount.spans = spans
        let figures = try Figure.count(stamp.agent, spans.appointments, of: territory, in: db)
        let times = try OpenTime.count(stamp.agent, spans.openings, services: services, of: territory, now: now, in: db)
        if try recount.differs(figures, in: db) { recount.figures = figures }
        if try !stamp.isDisabled && recount.differs(times, in: db) { recount.times = times }
        return recount
    }
}

/// The days that are counted.
struct Spans: Sendable {
    var appointments: [Grain: Range<CivilDate>] = [:]
    /// Openings are changed and deleted: what was open is no longer counted after three months.
    var openings: [Grain: Range<CivilDate>] = [:]

    /// - Parameter whole: all appointments, not only the recent and the coming ones.
    init(today: CivilDate, whole: Bool) {
        let end = today.adding(days: 1_200), horizon = today.adding(days: 7 * Calendars.weeksAhead)
        for grain in Grain.allCases {
            let recent = grain.first(of: Grain.month.first(of: today.adding(days: -92)))
            appointments[grain] = grain.whole((whole ? Self.beginning : recent)...end)
            openings[grain] = grain.whole(recent...horizon)
        }
    }

    private static let beginning = CivilDate(dayNumber: 0)
}

/// Which version of an agent's calendar was counted, and on what day (table `figure_agent`).
struct Stamp: Sendable {
    let agent: ID<Agent>
    let version: Int64
    let countedOn: CivilDate?
    var isDisabled = false

    /// The agents whose calendar is not the one that was counted, or was not counted today.
    static func due(of territory: Territory, on today: CivilDate, in db: Reader) throws -> [Stamp] {
        try db.all(
            """
            SELECT agent.id, agent.calendar_version, figure_agent.counted_on, agent.disabled_at IS NOT NULL FROM agent
            LEFT JOIN figure_agent ON figure_agent.territory_id = agent.territory_id AND figure_agent.agent_id = agent.id
            WHERE agent.territory_id = \(territory.id) AND (figure_agent.version IS NULL OR figure_agent.version <> agent.calendar_version
              OR figure_agent.counted_on <> \(today))
            ORDER BY agent.id
            """
        ) { Stamp(agent: try $0[0], version: try $0[1], countedOn: try $0[2], isDisabled: try $0[3]) }
    }

    /// Those whose figures are behind their appointments.
    static func stale(of territory: Int64, in db: Reader) throws -> [ID<Agent>] {
        try db.all(
            """
            SELECT agent.id FROM agent
            LEFT JOIN figure_agent ON figure_agent.territory_id = agent.territory_id AND figure_agent.agent_id = agent.id
            WHERE agent.territory_id = \(territory) AND (figure_agent.version IS NULL OR figure_agent.version <> agent.calendar_version)
            ORDER BY agent.id
            """
        ) { try $0[0] }
    }

    static func version(of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Int64 {
        try db.first("SELECT calendar_version FROM agent WHERE territory_id = \(territory) AND id = \(agent)") { try $0[0] } ?? -1
    }
}

/// What to write of one agent.
private struct Recount: Sendable {
    let territory: Int64
    let stamp: Stamp
    var spans: Spans?
    /// Nil: as it is kept.
    var figures: [Figure]?
    var times: [OpenTime]?

    init(territory: Int64, stamp: Stamp) {
        self.territory = territory
        self.stamp = stamp
    }

    func differs(_ figures: [Figure], in db: Reader) throws -> Bool {
        let kept = try db.all("SELECT \(Figure.columns) FROM figure WHERE \(mine("figure", spans?.appointments ?? [:]))") { try Figure($0) }
        return Dictionary(kept.map { ($0.key, $0.tally) }) { $1 } != Dictionary(figures.map { ($0.key, $0.tally) }) { $1 }
    }

    func differs(_ times: [OpenTime], in db: Reader) throws -> Bool {
        let kept = try db.all("SELECT \(OpenTime.columns) FROM figure_time WHERE \(mine("figure_time", spans?.openings ?? [:]))") {
            try OpenTime($0)
        }
        return Dictionary(kept.map { ($0.key, $0.filling) }) { $1 } != Dictionary(times.map { ($0.key, $0.filling) }) { $1 }
    }

    /// The stamp first: it makes a second node wait until the first has written.
    func write(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO figure_agent (territory_id, agent_id, version, counted_on)
            VALUES (\(territory), \(stamp.agent), \(stamp.version), \(stamp.countedOn))
            ON CONFLICT (territory_id, agent_id) DO UPDATE SET version = excluded.version, counted_on = excluded.counted_on
            """)
        if let figures {
            try db.run("DELETE FROM figure WHERE \(mine("figure", spans?.appointments ?? [:]))")
            try db.load("figure", columns: Figure.columnNames, rows: figures.map { $0.values(of: territory) })
        }
        if let times {
            try db.run("DELETE FROM figure_time WHERE \(mine("figure_time", spans?.openings ?? [:]))")
            try db.load("figure_time", columns: OpenTime.columnNames, rows: times.map { $0.values(of: territory) })
        }
    }

    /// The agent's rows over these days.
    private func mine(_ table: SQL, _ spans: [Grain: Range<CivilDate>]) -> SQL {
        let days = spans.sorted { $0.key.rawValue < $1.key.rawValue }.map { grain, span -> SQL in
            "(\(table).grain = \(grain) AND \(table).first_day >= \(span.lowerBound) AND \(table).first_day < \(span.upperBound))"
        }
        return """
            \(table).territory_id = \(territory) AND \(table).agent_id = \(stamp.agent) AND (\(SQL(joined: days, by: " OR ")))
            """
    }
}

extension Reason {
    /// The service of each reason of a territory.
    static func services(of territory: Int64, in db: Reader) throws -> [ID<Reason>: ID<Service>] {
        let pairs = try db.all("SELECT id, service_id FROM reason WHERE territory_id = \(territory)") {
            (try $0[0] as ID<Reason>, try $0[1] as ID<Service>)
        }
        return Dictionary(pairs) { $1 }
    }
}
