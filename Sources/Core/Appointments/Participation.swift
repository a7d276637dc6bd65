import Scheduling
import Store

/// What ties each person to an appointment, and what became of it for them.
public struct Participation: Sendable, Equatable {
    public let personID: ID<Person>
    public var status: Status

    public enum Status: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case upcoming, attended, missed
        case cancelledByPerson = "cancelled-by-person"
        case cancelledByService = "cancelled-by-service"
        /// Agent away, call not made: never counted against the person.
        case notProvided = "not-provided"

        /// Whether the person's and the agent's time is still kept.
        public var keepsTime: Bool { self != .cancelledByPerson && self != .cancelledByService }
        public var isCancelled: Bool { !keepsTime }
        /// Neither cancelled nor left undone by the service.
        var takesPlace: Bool { keepsTime && self != .notProvided }

        public var label: String {
            switch self {
            case .upcoming: "à venir"
            case .attended: "honoré"
            case .missed: "manqué"
            case .cancelledByPerson: "annulé par la personne"
            case .cancelledByService: "annulé par le service"
            case .notProvided: "non assuré par le service"
            }
        }

        /// « à renseigner » once an appointment still `upcoming` is over.
        public func label(endingAt end: Instant, now: Instant) -> String {
            self == .upcoming && end <= now ? "à renseigner" : label
        }
    }
}

extension Sequence<Participation.Status> {
    /// The appointment's status, derived from those of its participations: what is still open first, then what took place.
    public var derived: Participation.Status? {
        let present = Set(self)
        let order: [Participation.Status] = [.upcoming, .attended, .notProvided, .missed, .cancelledByService, .cancelledByPerson]
        return order.first(where: present.contains)
    }
}

extension Sequence<Participation.Status> {
    /// The same of an appointment that may be a group: those who left count no more, and an empty one stands.
    func derived(of group: GroupSeats?) -> Participation.Status {
        guard let group else { return derived ?? .upcoming }
        guard group.cancelledAt == nil else { return .cancelledByService }
        return filter(\.keepsTime).derived ?? .upcoming
    }
}

extension Participation {
    public static func of(_ appointment: Appointment, in db: Reader) throws -> [Participation] {
        try db.all(
            """
            SELECT person_id, status FROM participation
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) ORDER BY person_id
            """
        ) { Participation(personID: try $0[0], status: try $0[1]) }
    }

    func insert(for appointment: Appointment, in db: Writer) throws {
        try db.send(
            """
            INSERT INTO participation (territory_id, appointment_id, person_id, status)
            VALUES (\(appointment.territoryID), \(appointment.id), \(personID), \(status))
            """)
    }
}
