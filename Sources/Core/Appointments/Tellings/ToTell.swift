import Scheduling
import Store

/// « À prévenir »: those whom nobody has told yet, the soonest appointment first.
public struct ToTell: Sendable, Equatable {
    public let lines: [Line]
    /// How many there are in all.
    public let count: Int

    public init(lines: [Line], count: Int) {
        self.lines = lines
        self.count = count
    }

    /// Someone, what changed, and what was tried.
    public struct Line: Sendable, Equatable {
        public let telling: Telling
        public let appointment: AgendaAppointment
        public let personName: String
        public let agentName: String
        /// When they were called and not reached.
        public let unreached: [Instant]

        public init(
            telling: Telling, appointment: AgendaAppointment, personName: String, agentName: String, unreached: [Instant] = []
        ) {
            self.telling = telling
            self.appointment = appointment
            self.personName = personName
            self.agentName = agentName
            self.unreached = unreached
        }
    }

    /// How many are listed at once: telling them brings the next.
    public static let limit = 50
}

extension ToTell {
    /// - Parameter site: only for appointments of this site.
    public static func read(for acting: Acting, at site: ID<Site>? = nil, in db: Reader) throws -> ToTell {
        let tellings = try open(for: acting, at: site, in: db)
        let shown = Array(tellings.prefix(limit))
        let appointments = Dictionary(
            uniqueKeysWithValues: try AgendaAppointment.read(Array(Set(shown.map(\.appointmentID))), seenBy: acting, in: db)
                .map { ($0.id, $0) })
        let names = try Agent.names(of: acting.territoryID, in: db)
        let attempts = try attempts(of: shown.map(\.id), of: acting.territoryID, in: db)
        let lines = shown.compactMap { telling -> Line? in
            guard let appointment = appointments[telling.appointmentID] else { return nil }
            return Line(
                telling: telling, appointment: appointment,
                personName: appointment.people.first { $0.id == telling.personID }?.name ?? "",
                agentName: names[appointment.agentID] ?? "", unreached: attempts[telling.id, default: []])
        }
        return ToTell(lines: lines, count: tellings.count)
    }

    /// For the bar of every page: how many are still to be told among the appointments that one may see.
    public static func count(for acting: Acting, at site: ID<Site>? = nil, in db: Reader) throws -> Int {
        guard acting.can(.book) else { return 0 }
        return try db.first("SELECT count(*) FROM \(which(for: acting, at: site))") { try $0[0] } ?? 0
    }

    /// The one rule: those of the appointments that one may see.
    private static func which(for acting: Acting, at site: ID<Site>?) -> SQL {
        let here: SQL = site.map { "AND appointment.site_id = \($0)" } ?? ""
        return """
            telling JOIN appointment ON appointment.territory_id = telling.territory_id AND appointment.id = telling.appointment_id
            WHERE telling.territory_id = \(acting.territoryID) AND telling.settled_at IS NULL \(here) AND \(Appointment.visible(to: acting))
            """
    }

    private static func open(for acting: Acting, at site: ID<Site>?, in db: Reader) throws -> [Telling] {
        try db.all("SELECT \(Telling.columns) FROM \(which(for: acting, at: site)) ORDER BY appointment.starts_at, telling.id") {
            try Telling($0)
        }
    }

    private static func attempts(of tellings: [ID<Telling>], of territory: Int64, in db: Reader) throws -> [ID<Telling>: [Instant]] {
        var attempts: [ID<Telling>: [Instant]] = [:]
        try db.forEach(
            "SELECT telling_id, at FROM telling_attempt WHERE territory_id = \(territory) AND telling_id IN \(list: tellings) ORDER BY at, id"
        ) { attempts[try $0[0], default: []].append(try $0[1]) }
        return attempts
    }
}

extension Telling {
    static let columns: SQL = """
        telling.id, telling.appointment_id, telling.person_id, telling.cause, telling.channel, telling.recipient, telling.created_at,
        telling.outcome
        """

    init(_ row: Row) throws {
        self.init(
            id: try row[0], appointmentID: try row[1], personID: try row[2], cause: try row[3], channel: try row[4],
            recipient: try row[5], createdAt: try row[6], outcome: try row[7])
    }
}
