import Scheduling
import Store

extension Appointment {
    /// The group appointment that stands at this time already, with the same agent for the same reason.
    func standingGroup(in db: Reader) throws -> Appointment? {
        try db.first(
            """
            SELECT \(Appointment.columns) FROM appointment
            JOIN appointment_group ON appointment_group.territory_id = appointment.territory_id
              AND appointment_group.appointment_id = appointment.id
            WHERE appointment.territory_id = \(territoryID) AND appointment.agent_id = \(agentID) AND appointment.starts_at = \(startsAt)
              AND appointment.reason_id = \(reasonID) AND appointment.organization_id = \(organizationID)
              AND appointment_group.cancelled_at IS NULL
            """
        ) { try Appointment($0) }
    }
}

extension Booking {
    /// Enrols people in a group appointment; who had given their seat back takes it again.
    func takeSeats(
        in group: Appointment, _ reason: Reason, for people: [Person], by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Appointment {
        let known = try Participation.of(group, in: db)
        var newcomers: [Person] = []
        for person in people {
            guard let before = known.first(where: { $0.personID == person.id }) else {
                newcomers.append(person)
                continue
            }
            guard before.status.isCancelled else { throw Refusal.alreadyEnrolled }
            try group.set(.upcoming, for: person.id, why: "", by: acting.author, at: now, in: db)
        }
        try checkPeopleAreFree(newcomers, for: group, now: now, in: db)
        if !newcomers.isEmpty {
            try add(newcomers, to: group, reason, by: acting, at: now, in: db)
            try Reminder.lookAgain(at: group, in: db)
        }
        if known.isEmpty {
            let agents = Set(try group.colleagues(in: db) + [group.agentID])
            try group.tellAgents(agents, .confirmation, key: group.id.description, by: acting, at: now, in: db)
        }
        try noteOthers(group, reason, people, by: acting, at: now, in: db)
        return group
    }

    /// Writes a group appointment in which nobody is enrolled yet.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func openGroup(by acting: Acting, at now: Instant, in store: Store) async throws -> Appointment {
        do {
            return try await store.claim { db in try openGroup(by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation {
            throw violation.ofBooking
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public func openGroup(by acting: Acting, at now: Instant, in db: Writer) throws -> Appointment {
        guard try Reason.findBookable(reasonID, by: acting, in: db).reason.seats != nil else { throw Refusal.notCollective }
        var group = self
        group.personIDs = []
        return try group.book(by: acting, at: now, in: db)
    }
}
