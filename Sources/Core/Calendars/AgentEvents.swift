import Foundation
import Scheduling
import Store

/// What stands in an agent's own calendar when another program reads it: appointments, and absences as time taken.
struct AgentEvents {
    let agent: ID<Agent>
    let shows: CalendarFeed.Shows
    let territory: Territory
    let window: Range<Instant>

    static let busy = "Occupé"

    func read(in db: Reader) throws -> [ICalendar.Event] {
        let events = try appointments(in: db) + absences(in: db)
        return events.sorted { ($0.time.lowerBound, $0.uid) < ($1.time.lowerBound, $1.uid) }
    }

    /// Through the agent's claims: what keeps their time, as its own agent or with another.
    private func appointments(in db: Reader) throws -> [ICalendar.Event] {
        let found = try db.all(
            """
            SELECT \(Appointment.columns), \(Appointment.isSensitive), \(AppointmentRevision.columns), \(Site.columns) FROM claim
            JOIN appointment ON appointment.territory_id = claim.territory_id AND appointment.id = claim.appointment_id
            JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
            JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            LEFT JOIN site ON site.territory_id = appointment.territory_id AND site.id = appointment.site_id
            WHERE claim.territory_id = \(territory.id) AND claim.holder_id = \(agent)
              AND claim.starts_at >= \(window.lowerBound) AND claim.starts_at < \(window.upperBound)
            """
        ) { row in
            let next = Appointment.columnCount
            return Found(
                appointment: try Appointment(row), isSensitive: try row[next], revision: try AppointmentRevision(row, at: next + 1),
                site: try Site(perhaps: row, at: next + 1 + AppointmentRevision.columnCount))
        }
        let named = shows == .names ? found.filter { !$0.isSensitive }.map(\.appointment.id) : []
        let names = try names(in: named, db)
        return found.map { event($0, names[$0.appointment.id, default: []]) }
    }

    private struct Found {
        let appointment: Appointment
        let isSensitive: Bool
        let revision: AppointmentRevision
        let site: Site?
    }

    private func event(_ found: Found, _ names: [String]) -> ICalendar.Event {
        let (appointment, revision) = (found.appointment, found.revision)
        var event = ICalendar.Event(
            uid: appointment.id.description, sequence: revision.number, changedAt: revision.at ?? appointment.createdAt,
            time: appointment.time, summary: Self.busy)
        guard shows != .busy else { return event }
        let what = "Rendez-vous \(appointment.how.label)"
        event.summary = names.isEmpty ? what : "\(what)\u{A0}: \(names.joined(separator: ", "))"
        if appointment.how == .site, let site = found.site { event.location = site.inOneLine }
        return event
    }

    /// Those who still come; a crowd is not listed.
    private func names(in appointments: [ID<Appointment>], _ db: Reader) throws -> [ID<Appointment>: [String]] {
        guard !appointments.isEmpty else { return [:] }
        let kept = Participation.Status.allCases.filter(\.keepsTime)
        var names: [ID<Appointment>: [String]] = [:]
        try db.forEach(
            """
            SELECT participation.appointment_id, person.first_name, person.last_name FROM participation
            JOIN person ON person.territory_id = participation.territory_id AND person.id = participation.person_id
            WHERE participation.territory_id = \(territory.id) AND participation.appointment_id IN \(list: appointments)
              AND participation.status IN \(list: kept) ORDER BY person.last_name, person.first_name, person.id
            """
        ) { names[try $0[0], default: []].append(Person.displayName(firstName: try $0[1], lastName: try $0[2])) }
        return names.filter { $0.value.count <= Self.mostNames }
    }

    private static let mostNames = 4

    /// Never why: each time by itself, for its rule may have exceptions.
    private func absences(in db: Reader) throws -> [ICalendar.Event] {
        try Absence.of(agent, of: territory.id, in: db).flatMap { absence in
            absence.stretch.ranges(in: window, zone: territory.zone).map { time in
                ICalendar.Event(
                    uid: "\(absence.id)-\(time.lowerBound.rawValue)", sequence: Int(absence.version), changedAt: absence.id.madeAt,
                    time: time,
                    summary: Self.busy)
            }
        }
    }
}

/// How often an appointment was changed, and when it last was: read from its facts, so that booking writes nothing for it.
struct AppointmentRevision: Equatable {
    let number: Int
    let at: Instant?

    /// Beside `appointment`.
    static let columns: SQL = """
        (SELECT count(*) FROM appointment_fact WHERE appointment_fact.territory_id = appointment.territory_id
          AND appointment_fact.appointment_id = appointment.id),
        (SELECT max(at) FROM appointment_fact WHERE appointment_fact.territory_id = appointment.territory_id
          AND appointment_fact.appointment_id = appointment.id)
        """
    static let columnCount = 2

    init(_ row: Row, at offset: Int) throws { (number, at) = (try row[offset], try row[offset + 1]) }
}

extension Appointment {
    /// Beside `reason` and `service`: what no calendar says anything of, as webhooks do not (``AppointmentEvent``).
    static let isSensitive: SQL = "(reason.discreet OR reason.for_child OR service.secret)"
}

extension Site {
    /// "Orthez, 1 rue des Essais, Orthez": the commune once.
    var inOneLine: String {
        [name == commune ? "" : name, address, commune].filter { !$0.isEmpty }.joined(separator: ", ")
    }
}

extension ID {
    /// When it was made (RFC 9562, section 5.7).
    var madeAt: Instant {
        let bytes = withUnsafeBytes(of: uuid.uuid) { Array($0.prefix(6)) }
        return Instant(bytes.reduce(Int64(0)) { $0 << 8 | Int64($1) } / 1000)
    }
}
