import Scheduling
import Store

extension AppointmentDetails {
    /// Where a page of a list ended.
    public struct Mark: Sendable, Equatable {
        public let startsAt: Instant
        public let id: ID<Appointment>

        public init(startsAt: Instant, id: ID<Appointment>) {
            self.startsAt = startsAt
            self.id = id
        }
    }

    /// Those of an agent that begin in a window, cancelled ones included, in order of time, as far as whoever acts may see them.
    /// - Parameter mark: where the page before ended.
    /// - Throws: ``Refusal/notFound`` for an agent of elsewhere.
    public static func of(
        _ agent: ID<Agent>, in window: Range<Instant>, after mark: Mark?, limit: Int, seenBy acting: Acting, in db: Reader
    ) throws -> [AppointmentDetails] {
        guard try Agent.find(agent, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
        let rest: SQL =
            mark.map {
                "AND (appointment.starts_at > \($0.startsAt) OR (appointment.starts_at = \($0.startsAt) AND appointment.id > \($0.id)))"
            } ?? ""
        let start = max(window.lowerBound, mark?.startsAt ?? window.lowerBound)
        let filter: SQL = """
            appointment.id IN (
              SELECT own.id FROM appointment own WHERE own.territory_id = \(acting.territoryID) AND own.agent_id = \(agent)
                AND own.starts_at >= \(start) AND own.starts_at < \(window.upperBound)
              UNION ALL SELECT appointment_colleague.appointment_id FROM appointment_colleague
              WHERE appointment_colleague.territory_id = \(acting.territoryID) AND appointment_colleague.agent_id = \(agent))
            AND appointment.starts_at >= \(start) AND appointment.starts_at < \(window.upperBound)
            \(rest) AND \(Appointment.visible(to: acting))
            """
        return try all(filter, of: acting, limit: limit, in: db)
    }
}
