import Scheduling
import Store

/// What the door asks of a message to an agent: whether their agenda is still so, and whether they still ask.
struct AgentStanding: Sendable, Equatable {
    var asks: Bool
    /// It is in their agenda.
    var receives: Bool
    /// For one at least of those who come; a group, until it is called off.
    var takesPlace: Bool

    func untruth(of purpose: Message.Purpose, about appointment: Appointment, at now: Instant) -> Message.Cause? {
        guard asks else { return .opposed }
        if appointment.endsAt <= now { return .past }
        let stands = receives && takesPlace
        if purpose == .cancellation { return stands ? .standing : nil }
        return stands ? nil : .cancelled
    }

    /// - Returns: `nil` for what is to no agent, or about nothing.
    static func of(_ message: Message, about appointment: Appointment?, in db: Reader) throws -> AgentStanding? {
        guard let agent = message.toAgentID, let appointment else { return nil }
        let asks = try db.exists(
            """
            SELECT 1 FROM agenda_preference
            JOIN agent ON agent.territory_id = agenda_preference.territory_id AND agent.id = agenda_preference.agent_id
            WHERE agenda_preference.territory_id = \(message.territoryID) AND agenda_preference.agent_id = \(agent)
              AND agenda_preference.emails <> 'none' AND agent.disabled_at IS NULL
            """)
        return AgentStanding(
            asks: asks, receives: try appointment.agentID == agent || appointment.colleagues(in: db).contains(agent),
            takesPlace: try GroupSeats.stand(for: appointment, in: db)
                || Participation.of(appointment, in: db).contains { $0.status.takesPlace })
    }
}
