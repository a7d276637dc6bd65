import Scheduling
import Store

/// An appointment as it is shown on a person's page: whole to those who may see it, else its day and hour only.
public enum AppointmentOfPerson: Sendable, Equatable {
    case full(Full)
    case masked(Masked)

    /// An appointment with the names that a line of the page says.
    public struct Full: Sendable, Equatable {
        public let appointment: Appointment
        public let status: Participation.Status
        public let reasonName: String
        public let serviceName: String
        public let agentName: String
        public let siteName: String?

        public init(
            appointment: Appointment, status: Participation.Status, reasonName: String, serviceName: String, agentName: String,
            siteName: String?
        ) {
            self.appointment = appointment
            self.status = status
            self.reasonName = reasonName
            self.serviceName = serviceName
            self.agentName = agentName
            self.siteName = siteName
        }
    }

    /// Someone else's appointment with this person: neither the reason, nor the agent, nor the place; the service only when it is
    /// no secret (PMI, child protection).
    public struct Masked: Sendable, Equatable {
        public let startsAt: Instant
        public let serviceName: String?

        public init(startsAt: Instant, serviceName: String?) {
            self.startsAt = startsAt
            self.serviceName = serviceName
        }
    }

    public var full: Full? { if case .full(let full) = self { full } else { nil } }

    public var startsAt: Instant {
        switch self {
        case .full(let full): full.appointment.startsAt
        case .masked(let masked): masked.startsAt
        }
    }
}

extension AppointmentOfPerson {
    /// All of a person's, the upcoming first, soonest first, then the past ones, latest first. Cancelled ones that are not this
    /// agent's to see are left out: nothing more could be said of them.
    public static func all(of person: ID<Person>, seenBy acting: Acting, at now: Instant, in db: Reader) throws -> [AppointmentOfPerson] {
        let all =
            try full(of: person, "TRUE", seenBy: acting, in: db).map(AppointmentOfPerson.full)
            + masked(of: person, "TRUE", from: acting, in: db).map { .masked($0.1) }
        let upcoming = all.filter { $0.startsAt > now }.sorted { $0.startsAt < $1.startsAt }
        let past = all.filter { $0.startsAt <= now }.sorted { $0.startsAt > $1.startsAt }
        return upcoming + past
    }

    /// Those of these ids that the agent may see whole.
    static func full(_ ids: [ID<Appointment>], of person: ID<Person>, seenBy acting: Acting, in db: Reader) throws -> [Full] {
        ids.isEmpty ? [] : try full(of: person, "appointment.id IN \(list: ids)", seenBy: acting, in: db)
    }

    /// Those of these ids that they may not.
    static func masked(
        _ ids: [ID<Appointment>], of person: ID<Person>, seenBy acting: Acting, in db: Reader
    ) throws -> [(ID<Appointment>, Masked)] {
        ids.isEmpty ? [] : try masked(of: person, "appointment.id IN \(list: ids)", from: acting, in: db)
    }

    private static func full(of person: ID<Person>, _ filter: SQL, seenBy acting: Acting, in db: Reader) throws -> [Full] {
        let after = Appointment.columnCount
        return try db.all(
            """
            SELECT \(Appointment.columns), participation.status, reason.name, service.name, agent.first_name, agent.last_name, site.name
            \(tables) JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            WHERE participation.territory_id = \(acting.territoryID) AND participation.person_id = \(person)
              AND \(filter) AND \(Appointment.visible(to: acting))
            """
        ) { row in
            Full(
                appointment: try Appointment(row).hidingWhatWasSaid(from: acting), status: try row[after], reasonName: try row[after + 1],
                serviceName: try row[after + 2],
                agentName: Person.displayName(firstName: try row[after + 3], lastName: try row[after + 4]), siteName: try row[after + 5])
        }
    }

    private static func masked(
        of person: ID<Person>, _ filter: SQL, from acting: Acting, in db: Reader
    ) throws -> [(ID<Appointment>, Masked)] {
        let kept = Participation.Status.allCases.filter(\.keepsTime)
        return try db.all(
            """
            SELECT appointment.id, appointment.starts_at, CASE WHEN service.secret THEN NULL ELSE service.name END \(tables)
            WHERE participation.territory_id = \(acting.territoryID) AND participation.person_id = \(person)
              AND \(filter) AND participation.status IN \(list: kept) AND \(Appointment.visible(to: acting)) IS NOT TRUE
            """
        ) { (try $0[0], Masked(startsAt: try $0[1], serviceName: try $0[2])) }
    }

    static let tables: SQL = """
        FROM participation
        JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
        JOIN service ON service.territory_id = appointment.territory_id AND service.id = appointment.service_id
        """
}
