import Scheduling
import Store

/// A recorded change of an appointment: who, when, why; it can be undone by another.
public struct AppointmentFact: Sendable, Equatable {
    public let id: ID<AppointmentFact>
    public let appointmentID: ID<Appointment>
    /// Whose participation changed; `nil` when the appointment moved.
    public let personID: ID<Person>?
    public let change: Change
    public let why: String
    public let at: Instant
    public let by: ID<Agent>?
    public let undoes: ID<AppointmentFact>?

    public enum Change: Sendable, Equatable {
        case status(from: Participation.Status, to: Participation.Status)
        case moved(from: Place, to: Place)
    }

    /// Where in time an appointment stands, and with whom.
    public struct Place: Sendable, Equatable {
        public var agentID: ID<Agent>
        public var startsAt: Instant
        /// None is as long as it was.
        public var endsAt: Instant?

        public init(agentID: ID<Agent>, startsAt: Instant, endsAt: Instant? = nil) {
            self.agentID = agentID
            self.startsAt = startsAt
            self.endsAt = endsAt
        }
    }

    init(
        _ change: Change, of appointment: ID<Appointment>, person: ID<Person>? = nil, why: String, at now: Instant, by agent: ID<Agent>?,
        undoes: ID<AppointmentFact>? = nil, id: ID<AppointmentFact> = .new()
    ) {
        self.id = id
        appointmentID = appointment
        personID = person
        self.change = change
        self.why = why
        at = now
        by = agent
        self.undoes = undoes
    }
}

extension AppointmentFact {
    /// Keeps it, and tells it to those who listen.
    /// - Parameter appointment: as it is now.
    func record(about appointment: Appointment, of territory: Territory, in db: Writer) throws {
        try insert(of: appointment.territoryID, in: db)
        try event(about: appointment).note(of: territory, at: at, in: db)
        try tellAgents(about: appointment, of: territory, in: db)
    }

    func insert(of territory: Int64, in db: Writer) throws {
        switch change {
        case .status(let before, let after):
            try db.run(
                """
                INSERT INTO appointment_fact (territory_id, id, appointment_id, person_id, act, status_before, status_after, why, at,
                  by_agent, undoes_id)
                VALUES (\(territory), \(id), \(appointmentID), \(personID), 'status', \(before), \(after), \(why), \(at), \(by), \(undoes))
                """)
        case .moved(let before, let after):
            try db.run(
                """
                INSERT INTO appointment_fact (territory_id, id, appointment_id, act, starts_before, starts_after, ends_before,
                  ends_after, agent_before, agent_after, why, at, by_agent, undoes_id)
                VALUES (\(territory), \(id), \(appointmentID), 'moved', \(before.startsAt), \(after.startsAt), \(before.endsAt),
                  \(after.endsAt), \(before.agentID), \(after.agentID), \(why), \(at), \(by), \(undoes))
                """)
        }
    }

    static let columns: SQL = """
        appointment_fact.id, appointment_fact.act, appointment_fact.person_id, appointment_fact.status_before,
        appointment_fact.status_after, appointment_fact.starts_before, appointment_fact.starts_after, appointment_fact.agent_before,
        appointment_fact.agent_after, appointment_fact.why, appointment_fact.at, appointment_fact.by_agent, appointment_fact.undoes_id,
        appointment_fact.ends_before, appointment_fact.ends_after, appointment_fact.appointment_id
        """
    static let columnCount = 16

    init(_ row: Row) throws {
        self.init(
            try Self.change(row), of: try row[15], person: try row[2], why: try row[9], at: try row[10], by: try row[11],
            undoes: try row[12], id: try row[0])
    }

    /// All of an appointment's, oldest first.
    public static func of(_ appointment: Appointment, in db: Reader) throws -> [AppointmentFact] {
        try db.all(
            """
            SELECT \(columns) FROM appointment_fact
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) ORDER BY at, id
            """
        ) { try AppointmentFact($0) }
    }

    private static func change(_ row: Row) throws -> Change {
        let act: String = try row[1]
        if act == "status" { return .status(from: try row[3], to: try row[4]) }
        return .moved(
            from: Place(agentID: try row[7], startsAt: try row[5], endsAt: try row[13]),
            to: Place(agentID: try row[8], startsAt: try row[6], endsAt: try row[14]))
    }
}
