import Scheduling
import Store

/// An appointment with the names that a page or an answer needs: with whom, for whom, where, what for.
public struct AppointmentDetails: Sendable, Equatable {
    public let appointment: Appointment
    public let reason: Reason
    public let serviceName: String
    public let organizationName: String
    /// Name and address of the site, when it is at one.
    public let site: Site?
    public let agentName: String
    public let authorName: String?
    public let participants: [Participant]
    /// The agents who receive with its own.
    public var colleagues: [Colleague] = []
    /// Rooms, cars, interpreters, by name.
    public var resources: [ReservedResource] = []

    public struct Colleague: Sendable, Equatable {
        public let id: ID<Agent>
        public let name: String
        public init(id: ID<Agent>, name: String) {
            self.id = id
            self.name = name
        }
    }
    /// Of a group appointment.
    public var seats: GroupSeats?

    /// Someone who takes part.
    public struct Participant: Sendable, Equatable {
        public let personID: ID<Person>
        public let name: String
        public let status: Participation.Status
        /// What must be minded before calling or writing.
        public let discretion: Discretion
        /// They want to come sooner.
        public var wish: EarlierWish?
        public var wantsEarlier: Bool { wish != nil }
        public init(personID: ID<Person>, name: String, status: Participation.Status, discretion: Discretion = .none) {
            self.personID = personID
            self.name = name
            self.status = status
            self.discretion = discretion
        }
    }

    public init(
        appointment: Appointment, reason: Reason, serviceName: String, organizationName: String, site: Site?, agentName: String,
        authorName: String?, participants: [Participant]
    ) {
        self.appointment = appointment
        self.reason = reason
        self.serviceName = serviceName
        self.organizationName = organizationName
        self.site = site
        self.agentName = agentName
        self.authorName = authorName
        self.participants = participants
    }

    /// Derived from the participations; a group stands as long as it is not called off, whoever leaves.
    public var status: Participation.Status { participants.map(\.status).derived(of: seats) }

    /// Of a group appointment, the seats that nobody has.
    public var seatsLeft: Int? { seats.map { max(0, $0.seats - participants.count { $0.status.keepsTime }) } }
}

extension AppointmentDetails {
    /// - Throws: ``Refusal/notFound`` for what does not exist and for what this agent may not see.
    public static func find(_ id: ID<Appointment>, seenBy acting: Acting, in db: Reader) throws -> AppointmentDetails {
        let filter: SQL = "appointment.id = \(id) AND \(Appointment.visible(to: acting))"
        guard let found = try all(filter, of: acting, limit: 1, in: db).first else { throw Refusal.notFound }
        return found
    }

    /// The upcoming ones of a person for one reason, soonest first, as far as this agent may see them.
    public static func upcoming(
        for person: ID<Person>, _ reason: ID<Reason>, seenBy acting: Acting, now: Instant, in db: Reader
    ) throws -> [AppointmentDetails] {
        let filter: SQL = """
            appointment.reason_id = \(reason) AND appointment.starts_at > \(now) AND \(Appointment.visible(to: acting))
            AND appointment.id IN (SELECT appointment_id FROM participation WHERE territory_id = \(acting.territoryID)
              AND person_id = \(person) AND status = \(Participation.Status.upcoming))
            """
        return try all(filter, of: acting, limit: 5, in: db)
    }

    static func all(_ filter: SQL, of acting: Acting, limit: Int, in db: Reader) throws -> [AppointmentDetails] {
        let found = try db.all(
            """
            SELECT \(Appointment.columns), \(Reason.columns), service.name, organization.name, agent.first_name, agent.last_name,
              author.first_name, author.last_name, \(Site.columns), appointment_group.seats, appointment_group.cancelled_at
            FROM appointment
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN service ON service.territory_id = appointment.territory_id AND service.id = appointment.service_id
            JOIN organization ON organization.territory_id = appointment.territory_id AND organization.id = appointment.organization_id
            JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
            LEFT JOIN agent author ON author.territory_id = appointment.territory_id AND author.id = appointment.created_by
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            LEFT JOIN appointment_group ON appointment_group.territory_id = appointment.territory_id
              AND appointment_group.appointment_id = appointment.id
            WHERE appointment.territory_id = \(acting.territoryID) AND \(filter)
            ORDER BY appointment.starts_at, appointment.id LIMIT \(limit)
            """
        ) { try AppointmentDetails($0) }
        let participants = try participants(of: found.map(\.appointment.id), of: acting.territoryID, in: db)
        let colleagues = try colleagues(of: found.map(\.appointment.id), of: acting.territoryID, in: db)
        let resources = try ReservedResource.of(found.map(\.appointment.id), of: acting.territoryID, in: db)
        return found.map { one in
            var whole = one.with(participants[one.appointment.id, default: []], colleagues[one.appointment.id, default: []], for: acting)
            whole.resources = resources[one.appointment.id, default: []]
            return whole
        }
    }

    private init(_ row: Row) throws {
        let next = Appointment.columnCount + Reason.columnCount
        let author: String? = try row[next + 4]
        self.init(
            appointment: try Appointment(row), reason: try Reason(row, at: Appointment.columnCount),
            serviceName: try row[next], organizationName: try row[next + 1], site: try Site(perhaps: row, at: next + 6),
            agentName: Person.displayName(firstName: try row[next + 2], lastName: try row[next + 3]),
            authorName: try author.map { Person.displayName(firstName: $0, lastName: try row[next + 5]) }, participants: [])
        let groups = next + 6 + Site.columnCount
        let cancelledAt: Instant? = try row[groups + 1]
        let id = appointment.id
        seats = try (row[groups] as Int?).map { GroupSeats(appointmentID: id, seats: $0, cancelledAt: cancelledAt) }
    }

    private static func participants(
        of appointments: [ID<Appointment>], of territory: Int64, in db: Reader
    ) throws -> [ID<Appointment>: [Participant]] {
        var participants: [ID<Appointment>: [Participant]] = [:]
        try db.forEach(
            """
            SELECT participation.appointment_id, person.id, person.first_name, person.last_name, participation.status,
              earlier_wish.asked_at, earlier_wish.asked_by, \(Discretion.columns)
            FROM participation
            JOIN person ON person.territory_id = participation.territory_id AND person.id = participation.person_id
            LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
            LEFT JOIN earlier_wish ON earlier_wish.territory_id = participation.territory_id
              AND earlier_wish.appointment_id = participation.appointment_id AND earlier_wish.person_id = participation.person_id
              AND participation.status = 'upcoming' AND \(EarlierWish.stands)
            WHERE participation.territory_id = \(territory) AND participation.appointment_id IN \(list: appointments)
            ORDER BY person.id
            """
        ) { row in
            var someone = Participant(
                personID: try row[1], name: Person.displayName(firstName: try row[2], lastName: try row[3]), status: try row[4],
                discretion: try Discretion(row, at: 7))
            if let at: Instant = try row[5], let agent: ID<Agent> = try row[6] {
                someone.wish = EarlierWish(askedAt: at, askedBy: agent)
            }
            participants[try row[0], default: []].append(someone)
        }
        return participants
    }

    private static func colleagues(
        of appointments: [ID<Appointment>], of territory: Int64, in db: Reader
    ) throws -> [ID<Appointment>: [Colleague]] {
        guard !appointments.isEmpty else { return [:] }
        var found: [ID<Appointment>: [Colleague]] = [:]
        try db.forEach(
            """
            SELECT appointment_colleague.appointment_id, agent.id, agent.first_name, agent.last_name FROM appointment_colleague
            JOIN agent ON agent.territory_id = appointment_colleague.territory_id AND agent.id = appointment_colleague.agent_id
            WHERE appointment_colleague.territory_id = \(territory) AND appointment_colleague.appointment_id IN \(list: appointments)
            ORDER BY agent.id
            """
        ) { row in
            let name = Person.displayName(firstName: try row[2], lastName: try row[3])
            found[try row[0], default: []].append(Colleague(id: try row[1], name: name))
        }
        return found
    }

    private func with(_ participants: [Participant], _ colleagues: [Colleague], for acting: Acting) -> AppointmentDetails {
        var details = AppointmentDetails(
            appointment: appointment.hidingWhatWasSaid(from: acting, colleagues: colleagues.map(\.id)), reason: reason,
            serviceName: serviceName, organizationName: organizationName, site: site,
            agentName: agentName, authorName: authorName, participants: participants)
        details.colleagues = colleagues
        details.seats = seats
        return details
    }
}

extension Site {
    /// `nil` when the row has none (an outer join).
    init?(perhaps row: Row, at offset: Int) throws {
        guard try row[offset] as ID<Site>? != nil else { return nil }
        try self.init(row, at: offset)
    }
}
