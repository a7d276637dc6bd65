import Scheduling
import Store

/// « À renseigner »: an agent's own appointments that are over and of which nobody said what became, the oldest first.
public struct ToClose: Sendable, Equatable {
    public let appointments: [AgendaAppointment]
    /// How many there are in all.
    public let count: Int

    public init(appointments: [AgendaAppointment], count: Int) {
        self.appointments = appointments
        self.count = count
    }

    /// How many are listed at once: closing them brings the next.
    public static let limit = 50
}

extension ToClose {
    public static func read(for acting: Acting, now: Instant, in db: Reader) throws -> ToClose {
        let ends = try ends(for: acting, before: now, in: db)
        let oldest = try AgendaAppointment.read(ends.prefix(limit).map(\.id), seenBy: acting, in: db)
        return ToClose(appointments: oldest, count: ends.count)
    }

    /// Those that end before an instant and that someone still takes part in as « à venir ».
    static func ends(for acting: Acting, before end: Instant, in db: Reader) throws -> [(id: ID<Appointment>, time: Range<Instant>)] {
        try db.all(
            """
            SELECT appointment.id, appointment.starts_at, appointment.ends_at FROM appointment
            WHERE appointment.territory_id = \(acting.territoryID) AND appointment.agent_id = \(acting.agent.id)
              AND appointment.starts_at < \(end) AND appointment.ends_at <= \(end) AND EXISTS (
                SELECT 1 FROM participation WHERE participation.territory_id = appointment.territory_id
                  AND participation.appointment_id = appointment.id AND participation.status = \(Participation.Status.upcoming))
            ORDER BY appointment.starts_at, appointment.id
            """
        ) { (try $0[0], try $0[1]..<(try $0[2])) }
    }
}
