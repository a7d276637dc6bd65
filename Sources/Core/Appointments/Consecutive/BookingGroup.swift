import Scheduling
import Store

/// Appointments taken in one act: one after the other, or every few weeks (tables `booking_group`, `booking_group_appointment`).
public struct BookingGroup: Sendable, Equatable {
    public let id: ID<BookingGroup>
    public let kind: Kind

    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        /// À la suite: brothers and sisters, or two reasons.
        case inARow = "in-a-row"
        /// Une série.
        case series
    }

    public init(id: ID<BookingGroup> = .new(), kind: Kind) {
        self.id = id
        self.kind = kind
    }

    /// Which of them an act is about, beside the one at hand.
    public enum Scope: String, CaseIterable, Sendable {
        case alone, following, all

        public var label: String {
            switch self {
            case .alone: "Celui-ci seulement"
            case .following: "Celui-ci et les suivants"
            case .all: "Tous"
            }
        }
    }
}

extension BookingGroup {
    static func write(_ kind: Kind, of booked: [Appointment], by acting: Acting, at now: Instant, in db: Writer) throws {
        let id = ID<BookingGroup>.new()
        try db.run(
            """
            INSERT INTO booking_group (territory_id, id, kind, created_at, created_by)
            VALUES (\(acting.territoryID), \(id), \(kind), \(now), \(acting.agent.id))
            """)
        for one in booked {
            try db.run(
                """
                INSERT INTO booking_group_appointment (territory_id, appointment_id, group_id)
                VALUES (\(acting.territoryID), \(one.id), \(id))
                """)
        }
    }

    /// Nothing for what was taken alone.
    static func of(_ appointment: Appointment, in db: Reader) throws -> BookingGroup? {
        try db.first(
            """
            SELECT booking_group.id, booking_group.kind FROM booking_group_appointment JOIN booking_group
              ON booking_group.territory_id = booking_group_appointment.territory_id AND booking_group.id = booking_group_appointment.group_id
            WHERE booking_group_appointment.territory_id = \(appointment.territoryID)
              AND booking_group_appointment.appointment_id = \(appointment.id)
            """
        ) { BookingGroup(id: try $0[0], kind: try $0[1]) }
    }

    static func isIn(_ group: ID<BookingGroup>, of territory: Int64) -> SQL {
        """
        appointment.id IN (SELECT booking_group_appointment.appointment_id FROM booking_group_appointment
          WHERE booking_group_appointment.territory_id = \(territory) AND booking_group_appointment.group_id = \(group))
        """
    }
}

/// An appointment's group, and the others of it that are still to come.
public struct TakenTogether: Sendable, Equatable {
    public let kind: BookingGroup.Kind
    /// Soonest first, as far as one may see them.
    public let others: [AppointmentDetails]

    public init(kind: BookingGroup.Kind, others: [AppointmentDetails]) {
        self.kind = kind
        self.others = others
    }

    /// Those that begin after it.
    public func following(_ appointment: Appointment) -> [AppointmentDetails] {
        others.filter { $0.appointment.startsAt > appointment.startsAt }
    }
}

extension TakenTogether {
    /// Nothing when no other is still to come.
    public static func with(
        _ appointment: Appointment, seenBy acting: Acting, at now: Instant, in db: Reader
    ) throws -> TakenTogether? {
        guard let group = try BookingGroup.of(appointment, in: db) else { return nil }
        let which: SQL = """
            \(BookingGroup.isIn(group.id, of: acting.territoryID)) AND appointment.id <> \(appointment.id) AND appointment.ends_at > \(now)
            AND \(Appointment.visible(to: acting))
            """
        let others = try AppointmentDetails.all(which, of: acting, limit: 60, in: db).filter { $0.status == .upcoming }
        return others.isEmpty ? nil : TakenTogether(kind: group.kind, others: others)
    }
}

extension Appointment {
    /// The others of its group that an act is about too, those still to come, soonest first.
    func others(_ scope: BookingGroup.Scope, at now: Instant, in db: Reader) throws -> [Appointment] {
        guard scope != .alone, let group = try BookingGroup.of(self, in: db) else { return [] }
        let all = try Appointment.upcoming(
            "\(BookingGroup.isIn(group.id, of: territoryID))", in: Cover.window(from: now), of: territoryID, in: db)
        return all.filter { $0.id != id && (scope == .all || $0.startsAt > startsAt) }
    }
}
