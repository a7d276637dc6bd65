import Scheduling
import Store

/// An appointment as it stands in an agenda, for someone who may see it.
public struct AgendaAppointment: Sendable, Equatable {
    public let id: ID<Appointment>
    public let agentID: ID<Agent>
    public let organizationID: ID<Organization>
    public let time: Range<Instant>
    public let reasonID: ID<Reason>
    public let serviceID: ID<Service>
    /// Only « motif discret » when it is one, except to who is of its service and to its agent: lists are read aloud, printed and
    /// left on desks.
    public let reason: String
    /// `#rrggbb`.
    public let colour: String
    public let how: How
    /// The site's name, or the ad hoc place; empty when it is nowhere in particular.
    public let place: String
    public let siteID: ID<Site>?
    /// The number to call, E.164.
    public let phone: String?
    /// The video link.
    public let link: String?
    /// What they say of it: for its agent and its author alone.
    public let said: String?
    /// Placed on purpose beside another.
    public let isOverbooked: Bool
    /// Kept free after it.
    public var gapMinutes = 0
    /// Of a group appointment.
    public var seats: GroupSeats?
    public var people: [Someone] = []
    /// All the agents who receive, when there are several: its own first.
    public var together: [Receiving] = []
    /// Rooms, cars, interpreters.
    public var resources: [ReservedResource] = []
    /// Visite à deux: nobody goes there alone.
    public var isForTwo = false
    /// When it was called and nobody answered.
    public var unanswered: [Instant] = []
    /// Of an appointment at a site: whether someone has come.
    public var presence: Presence?

    public init(
        id: ID<Appointment> = .new(), agentID: ID<Agent>, organizationID: ID<Organization>, time: Range<Instant>,
        reasonID: ID<Reason> = .new(), serviceID: ID<Service> = .new(), reason: String, colour: String, how: How, place: String = "",
        siteID: ID<Site>? = nil, phone: String? = nil, link: String? = nil,
        said: String? = nil, isOverbooked: Bool = false, people: [Someone] = [], unanswered: [Instant] = []
    ) {
        self.id = id
        self.agentID = agentID
        self.organizationID = organizationID
        self.time = time
        self.reasonID = reasonID
        self.serviceID = serviceID
        self.reason = reason
        self.colour = colour
        self.how = how
        self.place = place
        self.siteID = siteID
        self.phone = phone
        self.link = link
        self.said = said
        self.isOverbooked = isOverbooked
        self.people = people
        self.unanswered = unanswered
    }

    /// One of the agents who receive together.
    public struct Receiving: Sendable, Equatable {
        public let id: ID<Agent>
        public let name: String

        public init(id: ID<Agent>, name: String) {
            self.id = id
            self.name = name
        }
    }

    /// Whose agendas it stands in.
    public var agentIDs: [ID<Agent>] { together.isEmpty ? [agentID] : together.map(\.id) }

    /// Those who receive with one of them.
    public func others(than agent: ID<Agent>) -> [String] { together.filter { $0.id != agent }.map(\.name) }

    /// Visite à deux, and a second agent is still to be found.
    public var lacksAgent: Bool { isForTwo && together.isEmpty }

    /// Who takes part, and what became of it for them.
    public struct Someone: Sendable, Equatable {
        public let id: ID<Person>
        public let name: String
        public let status: Participation.Status
        /// What must be minded before calling or writing.
        public let discretion: Discretion

        public init(
            id: ID<Person> = .new(), name: String, status: Participation.Status = .upcoming, discretion: Discretion = .none
        ) {
            self.id = id
            self.name = name
            self.status = status
            self.discretion = discretion
        }
    }

    var keptTime: Range<Instant> { time.lowerBound..<time.upperBound.adding(minutes: gapMinutes) }

    /// What is known in the waiting room.
    public enum Presence: Sendable, Equatable {
        case waiting(since: Instant)
        case received(at: Instant)
        case left(at: Instant)
    }

    /// Its hour has passed and nobody has come, for how many minutes; nothing for what does not take place at a site.
    public func late(at now: Instant) -> Int? {
        guard status == .upcoming, how == .site, siteID != nil, presence == nil, time.lowerBound < now, now < time.upperBound else {
            return nil
        }
        return Int(now - time.lowerBound) / 60
    }

    /// Derived from those of its people.
    public var status: Participation.Status { people.map(\.status).derived(of: seats) }

    /// « à renseigner »: over, and nobody said what became of it.
    public func isToClose(at now: Instant) -> Bool { time.upperBound <= now && people.contains { $0.status == .upcoming } }

    /// Those whose time it keeps; all of them when it is cancelled.
    public var present: [Someone] {
        let kept = people.filter { $0.status.keepsTime }
        return kept.isEmpty ? people : kept
    }
}

extension AgendaAppointment {
    /// Those of some agents that touch a window and that one may see, in order of time.
    static func read(of agents: [ID<Agent>], in window: Range<Instant>, seenBy acting: Acting, in db: Reader) throws -> [AgendaAppointment]
    {
        let alone = try read(touching(window, and: "appointment.agent_id IN \(list: agents)", acting), seenBy: acting, in: db)
        let known = Set(alone.map(\.id))
        let with = try read(touching(window, and: Appointment.isWith(agents, of: acting.territoryID), acting), seenBy: acting, in: db)
            .filter { !known.contains($0.id) }
        return with.isEmpty ? alone : (alone + with).sorted { ($0.time.lowerBound, $0.id) < ($1.time.lowerBound, $1.id) }
    }

    /// Those of these ids that one may see, in order of time.
    static func read(_ ids: [ID<Appointment>], seenBy acting: Acting, in db: Reader) throws -> [AgendaAppointment] {
        guard !ids.isEmpty else { return [] }
        return try read("appointment.territory_id = \(acting.territoryID) AND appointment.id IN \(list: ids)", seenBy: acting, in: db)
    }

    private static func read(_ some: SQL, seenBy acting: Acting, in db: Reader) throws -> [AgendaAppointment] {
        let which: SQL = "\(some) AND \(Appointment.visible(to: acting))"
        var found = try bare(which, seenBy: acting, in: db)
        guard !found.isEmpty else { return [] }
        let places = Dictionary(uniqueKeysWithValues: found.enumerated().map { ($1.id, $0) })
        try forEachPerson(which, in: db) { appointment, someone in
            if let place = places[appointment] { found[place].people.append(someone) }
        }
        try forEachPair(which, in: db) { appointment, receiving in
            guard let place = places[appointment] else { return }
            found[place].together += found[place].together.isEmpty ? receiving : Array(receiving.dropFirst())
        }
        for (appointment, reserved) in try ReservedResource.of(found.map(\.id), of: acting.territoryID, in: db) {
            if let place = places[appointment] { found[place].resources = reserved }
        }
        if found.contains(where: { $0.how == .phone }) {
            try forEachCall(which, in: db) { appointment, at in
                if let place = places[appointment] { found[place].unanswered.append(at) }
            }
        }
        if found.contains(where: { $0.how == .site }) {
            try forEachPresence(which, in: db) { appointment, presence in
                if let place = places[appointment] { found[place].presence = presence }
            }
        }
        return found
    }

    /// Of several people at one appointment, the one who came first says it.
    private static func forEachPresence(_ which: SQL, in db: Reader, _ body: (ID<Appointment>, Presence) -> Void) throws {
        try db.forEach(
            """
            SELECT arrival.appointment_id, arrival.at, arrival.received_at, arrival.left_at FROM appointment
            JOIN arrival ON arrival.territory_id = appointment.territory_id AND arrival.appointment_id = appointment.id
            WHERE \(which) ORDER BY arrival.at DESC, arrival.id DESC
            """
        ) { row in
            if let received: Instant = try row[2] { return body(try row[0], .received(at: received)) }
            if let left: Instant = try row[3] { return body(try row[0], .left(at: left)) }
            body(try row[0], .waiting(since: try row[1]))
        }
    }

    /// No appointment is longer than a day (`appointment_order`): the index gives those that began before the window too.
    private static func touching(_ window: Range<Instant>, and which: SQL, _ acting: Acting) -> SQL {
        """
        appointment.territory_id = \(acting.territoryID) AND \(which)
          AND appointment.starts_at > \(window.lowerBound.adding(seconds: -86_400)) AND appointment.starts_at < \(window.upperBound)
          AND appointment.ends_at > \(window.lowerBound)
        """
    }

    private static func bare(_ which: SQL, seenBy acting: Acting, in db: Reader) throws -> [AgendaAppointment] {
        try db.all(
            """
            SELECT appointment.id, appointment.agent_id, appointment.organization_id, appointment.starts_at, appointment.ends_at,
              CASE WHEN \(Reason.isUnnamed(to: acting)) THEN \(Reason.unnamed) ELSE reason.name END, reason.colour,
              appointment.how, coalesce(site.name, appointment.place), appointment.site_id, appointment.phone,
              appointment.link,
              CASE WHEN appointment.agent_id = \(acting.agent.id) OR appointment.created_by = \(acting.agent.id)
                OR \(Appointment.isWith(acting.agent.id)) THEN appointment.said END,
              appointment.overbooked_because IS NOT NULL, appointment.gap_minutes, appointment.for_two,
              appointment_group.seats, appointment_group.cancelled_at, appointment.reason_id, appointment.service_id
            FROM appointment
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            LEFT JOIN appointment_group ON appointment_group.territory_id = appointment.territory_id
              AND appointment_group.appointment_id = appointment.id
            WHERE \(which) ORDER BY appointment.starts_at, appointment.id
            """
        ) { row in
            var found = AgendaAppointment(
                id: try row[0], agentID: try row[1], organizationID: try row[2], time: try row[3]..<(try row[4]),
                reasonID: try row[18], serviceID: try row[19], reason: try row[5],
                colour: try row[6], how: try row[7], place: try row[8], siteID: try row[9], phone: try row[10], link: try row[11],
                said: try row[12], isOverbooked: try row[13])
            found.gapMinutes = try row[14]
            found.isForTwo = try row[15]
            let (id, cancelledAt): (ID<Appointment>, Instant?) = (found.id, try row[17])
            found.seats = try (row[16] as Int?).map { GroupSeats(appointmentID: id, seats: $0, cancelledAt: cancelledAt) }
            return found
        }
    }

    /// CROSS JOIN keeps SQLite to this order: without statistics it goes through every participation of the territory (measured: 1 s
    /// instead of 0.3 ms, with 2,000,000 appointments). PostgreSQL chooses as ever.
    private static func forEachPerson(_ which: SQL, in db: Reader, _ body: (ID<Appointment>, Someone) -> Void) throws {
        try db.forEach(
            """
            SELECT appointment.id, person.id, person.first_name, person.last_name, participation.status, \(Discretion.columns)
            FROM appointment CROSS JOIN participation CROSS JOIN person
            LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
            WHERE \(which) AND participation.territory_id = appointment.territory_id AND participation.appointment_id = appointment.id
              AND person.territory_id = participation.territory_id AND person.id = participation.person_id
            ORDER BY person.last_name, person.first_name, person.id
            """
        ) { row in
            let someone = Someone(
                id: try row[1], name: Person.displayName(firstName: try row[2], lastName: try row[3]), status: try row[4],
                discretion: try Discretion(row, at: 5))
            body(try row[0], someone)
        }
    }

    /// Its own agent, then one who receives with them.
    private static func forEachPair(_ which: SQL, in db: Reader, _ body: (ID<Appointment>, [Receiving]) -> Void) throws {
        try db.forEach(
            """
            SELECT appointment.id, first.id, first.first_name, first.last_name, agent.id, agent.first_name, agent.last_name
            FROM appointment CROSS JOIN appointment_colleague CROSS JOIN agent CROSS JOIN agent first
            WHERE \(which) AND appointment_colleague.territory_id = appointment.territory_id
              AND appointment_colleague.appointment_id = appointment.id AND agent.territory_id = appointment.territory_id
              AND agent.id = appointment_colleague.agent_id AND first.territory_id = appointment.territory_id
              AND first.id = appointment.agent_id
            ORDER BY appointment.id, agent.id
            """
        ) { row in
            let receiving = try [1, 4].map {
                Receiving(id: try row[$0], name: Person.displayName(firstName: try row[$0 + 1], lastName: try row[$0 + 2]))
            }
            body(try row[0], receiving)
        }
    }

    private static func forEachCall(_ which: SQL, in db: Reader, _ body: (ID<Appointment>, Instant) -> Void) throws {
        try db.forEach(
            """
            SELECT appointment.id, call_attempt.at FROM appointment CROSS JOIN call_attempt
            WHERE \(which) AND appointment.how = \(How.phone) AND call_attempt.territory_id = appointment.territory_id
              AND call_attempt.appointment_id = appointment.id
            ORDER BY call_attempt.at, call_attempt.id
            """
        ) { body(try $0[0], try $0[1]) }
    }
}
