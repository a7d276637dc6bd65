import Scheduling
import Store

/// A person's own appointments as their telephone shows them to who looks over their shoulder: « Rendez-vous », with whom one may call,
/// when and where. Neither the reason, nor the service, nor the agent.
struct PersonEvents {
    let person: ID<Person>
    let territory: Territory

    /// Through the person's claims: what keeps their time.
    func read(in window: Range<Instant>, on today: CivilDate, in db: Reader) throws -> [ICalendar.Event] {
        let isMinor = try isMinor(on: today, in: db)
        let which: SQL = """
            appointment.id IN (SELECT claim.appointment_id FROM claim WHERE claim.territory_id = \(territory.id)
              AND claim.holder_id = \(person) AND claim.starts_at >= \(window.lowerBound) AND claim.starts_at < \(window.upperBound))
            """
        return try all(which, in: db).filter { !(isMinor && $0.isConfidentialForMinors) }.map(event)
    }

    /// One of theirs, whatever became of it.
    func event(of id: ID<Appointment>, in db: Reader) throws -> ICalendar.Event? {
        try all("appointment.id = \(id)", in: db).first.map(event)
    }

    /// The telephone of a child is their parents' too: what is kept from them is not in it. An unknown age is an adult's, as for messages.
    private func isMinor(on date: CivilDate, in db: Reader) throws -> Bool {
        guard let born = try Person.find(person, of: territory.id, in: db)?.birthDate else { return false }
        return Relative.age(born: born, on: date) < 18
    }

    private struct Found {
        let appointment: Appointment
        let isSensitive: Bool
        let isConfidentialForMinors: Bool
        let revision: AppointmentRevision
        let number: String?
        let site: Site?
    }

    private func all(_ which: SQL, in db: Reader) throws -> [Found] {
        try db.all(
            """
            SELECT \(Appointment.columns), \(Appointment.isSensitive), reason.minors_confidential, organization.phone,
              \(AppointmentRevision.columns), \(Site.columns)
            FROM appointment
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            JOIN organization ON organization.territory_id = appointment.territory_id AND organization.id = appointment.organization_id
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            WHERE appointment.territory_id = \(territory.id) AND \(which) ORDER BY appointment.starts_at, appointment.id
            """
        ) { row in
            let next = Appointment.columnCount
            let site = try Site(perhaps: row, at: next + 3 + AppointmentRevision.columnCount)
            return Found(
                appointment: try Appointment(row), isSensitive: try row[next], isConfidentialForMinors: try row[next + 1],
                revision: try AppointmentRevision(row, at: next + 3), number: try site?.phone ?? row[next + 2], site: site)
        }
    }

    private func event(_ found: Found) -> ICalendar.Event {
        let appointment = found.appointment
        var event = ICalendar.Event(
            uid: appointment.id.description, sequence: found.revision.number, changedAt: found.revision.at ?? appointment.createdAt,
            time: appointment.time, summary: "Rendez-vous")
        // Even a place or a number would tell.
        guard !found.isSensitive else { return event }
        event.summary = "Rendez-vous, \(territory.name)"
        event.description = Self.words(found)
        if appointment.how == .site, let site = found.site {
            event.location = [site.address, site.commune].filter { !$0.isEmpty }.joined(separator: ", ")
        }
        return event
    }

    private static func words(_ found: Found) -> String {
        let way: String =
            switch found.appointment.how {
            case .phone: "Nous vous appelons."
            case .home: "Nous venons chez vous."
            case .video: found.appointment.link.map { "En visio\u{A0}: \($0)" } ?? "En visio."
            case .site: ""
            }
        let call = found.number.map { "Pour déplacer ou annuler, appelez le \(PhoneNumber(stored: $0)?.display ?? $0)." }
        return [way, call ?? ""].filter { !$0.isEmpty }.joined(separator: "\n")
    }
}
