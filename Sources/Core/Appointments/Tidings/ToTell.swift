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
        public let tidings: Tidings
        public let appointment: AgendaAppointment
        public let personName: String
        public let agentName: String
        /// When they were called and not reached.
        public let unreached: [Instant]

        public init(
            tidings: Tidings, appointment: AgendaAppointment, personName: String, agentName: String, unreached: [Instant] = []
        ) {
            self.tidings = tidings
            self.appointment = appointment
            self.personName = personName
            self.agentName = agentName
            self.unreached = unreached
        }
    }

    /// How many are listed at once: tidings them brings the next.
    public static let limit = 50
}

extension ToTell {
    /// - Parameter site: only for appointments of this site.
    public static func read(for acting: Acting, at site: ID<Site>? = nil, in db: Reader) throws -> ToTell {
        let tidings = try open(for: acting, at: site, in: db)
        let shown = try Tidings.hidingAddresses(Array(tidings.prefix(limit)), from: acting, in: db)
        let appointments = Dictionary(
            uniqueKeysWithValues: try AgendaAppointment.read(Array(Set(shown.map(\.appointmentID))), seenBy: acting, in: db)
                .map { ($0.id, $0) })
        let names = try Agent.names(of: acting.territoryID, in: db)
        let attempts = try attempts(of: shown.map(\.id), of: acting.territoryID, in: db)
        let lines = shown.compactMap { tidings -> Line? in
            guard let appointment = appointments[tidings.appointmentID] else { return nil }
            return Line(
                tidings: tidings, appointment: appointment,
                personName: appointment.people.first { $0.id == tidings.personID }?.name ?? "",
                agentName: names[appointment.agentID] ?? "", unreached: attempts[tidings.id, default: []])
        }
        return ToTell(lines: lines, count: tidings.count)
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
            tidings JOIN appointment ON appointment.territory_id = tidings.territory_id AND appointment.id = tidings.appointment_id
            WHERE tidings.territory_id = \(acting.territoryID) AND tidings.settled_at IS NULL \(here) AND \(Appointment.visible(to: acting))
            """
    }

    private static func open(for acting: Acting, at site: ID<Site>?, in db: Reader) throws -> [Tidings] {
        try db.all("SELECT \(Tidings.columns) FROM \(which(for: acting, at: site)) ORDER BY appointment.starts_at, tidings.id") {
            try Tidings($0)
        }
    }

    private static func attempts(of tidings: [ID<Tidings>], of territory: Int64, in db: Reader) throws -> [ID<Tidings>: [Instant]] {
        var attempts: [ID<Tidings>: [Instant]] = [:]
        try db.forEach(
            "SELECT tidings_id, at FROM tidings_attempt WHERE territory_id = \(territory) AND tidings_id IN \(list: tidings) ORDER BY at, id"
        ) { attempts[try $0[0], default: []].append(try $0[1]) }
        return attempts
    }
}

extension Tidings {
    /// A confidential address stands on no screen of who may not change the file.
    static func hidingAddresses(_ tidings: [Tidings], from acting: Acting, in db: Reader) throws -> [Tidings] {
        let written = tidings.filter { $0.channel == .letter }
        let discretion = try Discretion.of(written.map(\.personID), of: acting.territoryID, in: db)
        return try tidings.map { one in
            guard one.channel == .letter, discretion[one.personID]?.addressHidden == true,
                try !Person.isEditable(one.personID, by: acting, in: db)
            else { return one }
            return Tidings(
                id: one.id, appointmentID: one.appointmentID, personID: one.personID, cause: one.cause, channel: one.channel,
                recipient: "Adresse confidentielle", createdAt: one.createdAt, outcome: one.outcome)
        }
    }

    static let columns: SQL = """
        tidings.id, tidings.appointment_id, tidings.person_id, tidings.cause, tidings.channel, tidings.recipient, tidings.created_at,
        tidings.outcome
        """

    init(_ row: Row) throws {
        self.init(
            id: try row[0], appointmentID: try row[1], personID: try row[2], cause: try row[3], channel: try row[4],
            recipient: try row[5], createdAt: try row[6], outcome: try row[7])
    }
}
