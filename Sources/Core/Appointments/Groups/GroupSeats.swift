import Scheduling
import Store

/// The seats of a group appointment (un rendez-vous collectif): people take them one by one, and may give them back.
///
/// That full means full is a rule of the database (`group_full`), whoever writes.
public struct GroupSeats: Sendable, Equatable {
    public let appointmentID: ID<Appointment>
    public let seats: Int
    /// The whole of it was called off: nobody enrols any more.
    public var cancelledAt: Instant?

    static let full = "group_full"
    static let cancelled = "group_cancelled"

    public init(appointmentID: ID<Appointment>, seats: Int, cancelledAt: Instant? = nil) {
        self.appointmentID = appointmentID
        self.seats = seats
        self.cancelledAt = cancelledAt
    }
}

extension GroupSeats {
    static func of(_ appointment: Appointment, in db: Reader) throws -> GroupSeats? {
        try db.first(
            """
            SELECT seats, cancelled_at FROM appointment_group
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
            """
        ) { GroupSeats(appointmentID: appointment.id, seats: try $0[0], cancelledAt: try $0[1]) }
    }

    /// Whether it keeps its agent's time even when nobody is enrolled.
    static func stand(for appointment: Appointment, in db: Reader) throws -> Bool {
        try of(appointment, in: db).map { $0.cancelledAt == nil } ?? false
    }

    func write(for appointment: Appointment, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard (1...500).contains(seats) else { throw Refusal.field("seats", "seats", "Donnez de 1 à 500 places.") }
        try db.run(
            """
            INSERT INTO appointment_group (territory_id, appointment_id, seats)
            VALUES (\(appointment.territoryID), \(appointmentID), \(seats))
            """)
        let facts = ["what": "group", "appointment": appointmentID.description, "seats": String(seats)]
        try Journal.record(.created, about: appointmentID.uuid, facts, by: acting, at: now, in: db)
    }

    /// Nobody enrols in a group whose agent is away; an ordinary appointment is left as it is.
    static func callOff(_ appointment: Appointment, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard let group = try of(appointment, in: db), group.cancelledAt == nil else { return }
        try group.cancel(appointment, by: acting, at: now, in: db)
    }

    /// Calls it off and frees its agent's time; those enrolled are told apart.
    func cancel(_ appointment: Appointment, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard cancelledAt == nil else { throw Refusal.notUpcoming }
        try db.run(
            """
            UPDATE appointment_group SET cancelled_at = \(now), cancelled_by = \(acting.agent.id)
            WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointmentID)
            """)
        try Claim.delete(.agent(appointment.agentID), of: appointment, in: db)
        let agents = Set(try appointment.colleagues(in: db) + [appointment.agentID])
        try appointment.tellAgents(agents, .cancellation, key: "\(appointmentID)/called-off", by: acting, at: now, in: db)
        let facts = ["what": "group", "appointment": appointmentID.description, "cancelled": "true"]
        try Journal.record(.cancelled, about: appointmentID.uuid, facts, by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let groupFull = Refusal(
        .conflict, "group-full", "Ce rendez-vous collectif est complet. Choisissez-en un autre.")
    public static let groupCancelled = Refusal(
        .conflict, "group-cancelled", "Ce rendez-vous collectif est annulé : plus personne ne s’y inscrit. Choisissez-en un autre.")
    public static let alreadyEnrolled = Refusal(
        .conflict, "already-enrolled", "Cette personne est déjà inscrite à ce rendez-vous collectif.")
    public static let notCollective = Refusal.field("reason", "not-collective", "Choisissez un motif collectif : il dit ses places.")
}
