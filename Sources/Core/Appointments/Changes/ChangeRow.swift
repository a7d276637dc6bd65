import Scheduling
import Store

/// One thing that happened to an appointment of an agent: it was booked, or a fact.
struct ChangeRow: Sendable {
    let appointmentID: ID<Appointment>
    let at: Instant
    let by: ID<Agent>?
    let what: RecentChanges.What
    /// None for a booking.
    let fact: AppointmentFact?
    /// When the appointment is, or was before it was taken away.
    let startsAt: Instant

    /// Those since an instant, the latest first. What someone became at an appointment (honoré, manqué) is no change of the agenda.
    static func all(for acting: Acting, since: Instant, in db: Reader) throws -> [ChangeRow] {
        (try booked(for: acting, since: since, in: db) + facts(for: acting, since: since, in: db)).sorted { $0.at > $1.at }
    }

    /// An appointment is booked before it takes place: the agent's index by time gives all that was booked since, and little more.
    private static func booked(for acting: Acting, since: Instant, in db: Reader) throws -> [ChangeRow] {
        try db.all(
            """
            SELECT id, created_at, created_by, starts_at, ends_at FROM appointment
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND starts_at > \(since.adding(days: -1))
              AND created_at >= \(since)
            """
        ) { row in
            let time: Range<Instant> = try row[3]..<(try row[4])
            return ChangeRow(
                appointmentID: try row[0], at: try row[1], by: try row[2], what: .booked(time), fact: nil, startsAt: time.lowerBound)
        }
    }

    private static func facts(for acting: Acting, since: Instant, in db: Reader) throws -> [ChangeRow] {
        let (territory, agent) = (acting.territoryID, acting.agent.id)
        let own: SQL = """
            SELECT \(AppointmentFact.columns), appointment.starts_at FROM appointment
            JOIN appointment_fact ON appointment_fact.territory_id = appointment.territory_id
              AND appointment_fact.appointment_id = appointment.id AND appointment_fact.at >= \(since)
            WHERE appointment.territory_id = \(territory) AND appointment.agent_id = \(agent)
              AND appointment.starts_at > \(since.adding(days: -1))
            """
        let taken: SQL = """
            SELECT \(AppointmentFact.columns), appointment_fact.starts_before FROM appointment_fact
            WHERE appointment_fact.territory_id = \(territory) AND appointment_fact.agent_before = \(agent)
              AND appointment_fact.at >= \(since) AND appointment_fact.agent_after <> \(agent)
            """
        var rows: [ID<AppointmentFact>: ChangeRow] = [:]
        for query in [own, taken] {
            try db.forEach(query) { row in
                let fact = try AppointmentFact(row)
                guard let what = fact.agendaChange(startsAt: try row[AppointmentFact.columnCount]) else { return }
                rows[fact.id] = ChangeRow(
                    appointmentID: fact.appointmentID, at: fact.at, by: fact.by, what: what, fact: fact,
                    startsAt: try row[AppointmentFact.columnCount])
            }
        }
        return Array(rows.values)
    }

    /// The last fact of each appointment that still holds, as ``Appointment/lastFact(in:)`` has it: facts older than these are not the last.
    static func undoable(_ rows: [ChangeRow]) -> Set<ID<AppointmentFact>> {
        let undone = Set(rows.compactMap { $0.fact?.undoes })
        var last: [ID<Appointment>: AppointmentFact] = [:]
        for fact in rows.compactMap(\.fact) where fact.undoes == nil && !undone.contains(fact.id) {
            if let other = last[fact.appointmentID], (other.at, other.id) > (fact.at, fact.id) { continue }
            last[fact.appointmentID] = fact
        }
        return Set(last.values.map(\.id))
    }
}

extension AppointmentFact {
    /// What it changes in an agenda; nothing for what only says what someone became.
    fileprivate func agendaChange(startsAt: Instant) -> RecentChanges.What? {
        switch change {
        case .moved(let before, let after): .moved(from: before, to: after, isUndoing: undoes != nil)
        case .status(let before, let after) where before.isCancelled || after.isCancelled:
            .status(after, at: startsAt, isUndoing: undoes != nil)
        case .status: nil
        }
    }
}
