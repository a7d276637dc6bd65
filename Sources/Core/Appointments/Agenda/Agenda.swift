import Scheduling
import Store

/// The agendas of some agents over some days, as one agent may see them.
///
/// What may not be seen is only « Occupé »: neither reason, nor service, nor person.
public struct Agenda: Sendable, Equatable {
    public let days: Range<CivilDate>
    public let agents: [OfAgent]

    /// All that an agent has in those days.
    public struct OfAgent: Sendable, Equatable {
        public let owner: AgendaOwner
        /// In order of time, cancelled ones included.
        public var appointments: [AgendaAppointment] = []
        /// Time kept by what may not be seen.
        public var busy: [Range<Instant>] = []
        /// Time that someone is writing a booking for.
        public var holds: [Held] = []
        public var openings: [Opened] = []
        public var absences: [Away] = []
        /// When their house is closed, or the site where they would be.
        public var closures: [Closed] = []

        public init(
            owner: AgendaOwner, appointments: [AgendaAppointment] = [], busy: [Range<Instant>] = [],
            holds: [Held] = [], openings: [Opened] = [],
            absences: [Away] = [], closures: [Closed] = []
        ) {
            self.owner = owner
            self.appointments = appointments
            self.busy = busy
            self.holds = holds
            self.openings = openings
            self.absences = absences
            self.closures = closures
        }
    }

    public struct Opened: Sendable, Equatable {
        public let time: Range<Instant>
        public let opening: AgendaOpening

        public init(time: Range<Instant>, opening: AgendaOpening) {
            self.time = time
            self.opening = opening
        }
    }

    public struct Away: Sendable, Equatable {
        public let time: Range<Instant>
        public let id: ID<Absence>
        /// Empty for who may not know it, or when nothing was written.
        public let title: String

        public init(time: Range<Instant>, id: ID<Absence> = .new(), title: String) {
            self.time = time
            self.id = id
            self.title = title
        }
    }

    public struct Held: Sendable, Equatable {
        public let time: Range<Instant>
        /// Who writes it down.
        public let by: String

        public init(time: Range<Instant>, by: String) {
            self.time = time
            self.by = by
        }
    }

    public struct Closed: Sendable, Equatable {
        public let time: Range<Instant>
        public let title: String

        public init(time: Range<Instant>, title: String) {
            self.time = time
            self.title = title
        }
    }

    /// Changes whenever one of these agendas does.
    public var version: Int64 { agents.reduce(0) { $0 + $1.owner.version } }
}

extension Agenda {
    /// The longest stretch of days that is read at once.
    public static let longest = 92

    /// - Parameter now: expired holds keep no time.
    /// - Throws: ``Refusal/notFound`` when one of the agendas may not be seen.
    public static func read(
        of agents: [ID<Agent>], _ days: Range<CivilDate>, seenBy acting: Acting, now: Instant, in db: Reader
    ) throws -> Agenda {
        try read(of: try AgendaOwner.find(agents, seenBy: acting, in: db), days, seenBy: acting, now: now, in: db)
    }

    /// The same when the owners, who may be seen, are already at hand.
    public static func read(
        of owners: [AgendaOwner], _ days: Range<CivilDate>, seenBy acting: Acting, now: Instant, in db: Reader
    ) throws -> Agenda {
        let zone = acting.territory.zone
        let window = zone.instant(days.lowerBound, minute: 0)..<zone.instant(days.upperBound, minute: 0)
        let ids = owners.map(\.agent.id)
        var rows = AgendaRows(owners: owners)
        rows.appointments = try AgendaAppointment.read(of: ids, in: window, seenBy: acting, in: db)
        try rows.readBusy(in: window, of: acting.territoryID, now: now, in: db)
        try rows.readOpenings(in: window, from: days.lowerBound, seenBy: acting, in: db)
        try rows.readAbsences(in: window, seenBy: acting, in: db)
        return Agenda(days: days, agents: rows.sorted())
    }
}

/// What the database says, on its way to each agent.
struct AgendaRows {
    let owners: [AgendaOwner]
    var appointments: [AgendaAppointment] = []
    private var busy: [ID<Agent>: [Range<Instant>]] = [:]
    private var holds: [ID<Agent>: [Agenda.Held]] = [:]
    private var openings: [ID<Agent>: [Agenda.Opened]] = [:]
    private var absences: [ID<Agent>: [Agenda.Away]] = [:]
    private var closures: [ID<Agent>: [Agenda.Closed]] = [:]

    init(owners: [AgendaOwner]) { self.owners = owners }

    private var ids: [ID<Agent>] { owners.map(\.agent.id) }

    /// Claims tell what keeps time, whoever may see it; other calendars, when their agent is taken.
    mutating func readBusy(in window: Range<Instant>, of territory: Int64, now: Instant, in db: Reader) throws {
        let seen = Set(appointments.map(\.id))
        try db.forEach(
            """
            SELECT claim.holder_id, claim.starts_at, claim.ends_at, claim.appointment_id, author.first_name, author.last_name FROM claim
            LEFT JOIN agent author ON author.territory_id = claim.territory_id AND author.id = claim.held_by
            WHERE claim.territory_id = \(territory) AND claim.holder_id IN \(list: ids) AND starts_at > \(window.lowerBound.adding(seconds: -86_400))
              AND starts_at < \(window.upperBound) AND ends_at > \(window.lowerBound) AND (expires_at IS NULL OR expires_at > \(now))
            ORDER BY claim.starts_at, claim.id
            """
        ) { row in
            let appointment: ID<Appointment>? = try row[3]
            if let appointment, seen.contains(appointment) { return }
            if appointment == nil {
                // Nobody is named of a hold kept before authors were.
                let by = try (try row[5] as String?).map { Person.displayName(firstName: try row[4], lastName: $0) } ?? ""
                return holds[try row[0], default: []].append(Agenda.Held(time: try row[1]..<(try row[2]), by: by))
            }
            busy[try row[0], default: []].append(try row[1]..<(try row[2]))
        }
        for (agent, times) in try ForeignCalendar.busy(of: ids, in: window, of: territory, in: db) { busy[agent, default: []] += times }
    }

    mutating func readOpenings(in window: Range<Instant>, from date: CivilDate, seenBy acting: Acting, in db: Reader) throws {
        let closed = try ClosedTimes.read(in: window, of: acting.territory, in: db)
        var met: [ID<Agent>: [Closure]] = [:]
        for opening in try AgendaOpening.read(of: ids, from: date, seenBy: acting, in: db) {
            let (one, place) = (opening.opening, Numbers.Place(organization: opening.opening.organizationID, site: opening.opening.siteID))
            let times = one.stretch.ranges(in: window, zone: acting.territory.zone)
            openings[one.agentID, default: []] += closed.subtracted(from: times, at: place)
                .map { Agenda.Opened(time: $0, opening: opening) }
            met[one.agentID, default: []] += closed.meeting(times, at: place)
        }
        for owner in owners {
            let shown = closed.closing(owner, meeting: met[owner.agent.id, default: []])
            closures[owner.agent.id] = shown.map { Agenda.Closed(time: $0.time, title: $0.title) }
        }
    }

    mutating func readAbsences(in window: Range<Instant>, seenBy acting: Acting, in db: Reader) throws {
        let titled = Set(owners.filter(acting.canReadAbsences).map(\.agent.id))
        let date = acting.territory.zone.civil(window.lowerBound).date
        let which: SQL = """
            absence.territory_id = \(acting.territoryID) AND absence.agent_id IN \(list: ids) AND \(Absence.mayHappen(from: date))
            """
        for absence in try Absence.all(which, in: db) {
            let title = titled.contains(absence.agentID) ? absence.title : ""
            absences[absence.agentID, default: []] += absence.stretch.ranges(in: window, zone: acting.territory.zone)
                .map { Agenda.Away(time: $0, id: absence.id, title: title) }
        }
    }

    func sorted() -> [Agenda.OfAgent] {
        var byAgent: [ID<Agent>: [AgendaAppointment]] = [:]
        for one in appointments { for agent in one.agentIDs { byAgent[agent, default: []].append(one) } }
        return owners.map { owner in
            let id = owner.agent.id
            return Agenda.OfAgent(
                owner: owner, appointments: byAgent[id, default: []], busy: busy[id, default: []],
                holds: holds[id, default: []],
                openings: openings[id, default: []].sorted { $0.time.lowerBound < $1.time.lowerBound },
                absences: absences[id, default: []].sorted { ($0.time.lowerBound, $0.id) < ($1.time.lowerBound, $1.id) },
                closures: closures[id, default: []])
        }
    }
}
