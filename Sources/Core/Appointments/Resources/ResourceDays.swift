import Scheduling
import Store

/// The days of a resource: what takes its time, as far as one may see it.
public struct ResourceDays: Sendable, Equatable {
    public let resource: Resource
    public let days: Range<CivilDate>
    /// In order of time.
    public let appointments: [Taken]
    public let pauses: [ResourcePause]

    /// Time that an appointment takes; nothing more is said of one that may not be seen.
    public struct Taken: Sendable, Equatable {
        public let time: Range<Instant>
        public let appointment: AgendaAppointment?
        public let agentName: String
        public let standing: ReservedResource.Standing

        public init(time: Range<Instant>, appointment: AgendaAppointment?, agentName: String, standing: ReservedResource.Standing) {
            self.time = time
            self.appointment = appointment
            self.agentName = agentName
            self.standing = standing
        }
    }

    public init(resource: Resource, days: Range<CivilDate>, appointments: [Taken], pauses: [ResourcePause]) {
        self.resource = resource
        self.days = days
        self.appointments = appointments
        self.pauses = pauses
    }
}

extension ResourceDays {
    /// - Throws: ``Refusal/notFound``; ``Refusal/forbidden``.
    public static func read(
        of id: ID<Resource>, _ days: Range<CivilDate>, seenBy acting: Acting, now: Instant, in db: Reader
    ) throws -> ResourceDays {
        let resource = try Resource.managed(id, by: acting, in: db)
        let zone = acting.territory.zone
        let window = zone.instant(days.lowerBound, minute: 0)..<zone.instant(days.upperBound, minute: 0)
        let rows = try rows(id, window, acting.territoryID, in: db)
        let seen = try AgendaAppointment.read(rows.map(\.id), seenBy: acting, in: db)
        let byID = Dictionary(uniqueKeysWithValues: seen.map { ($0.id, $0) })
        let taken = rows.map { row in
            Taken(time: row.time, appointment: byID[row.id], agentName: row.agent, standing: row.standing)
        }
        return ResourceDays(
            resource: resource, days: days, appointments: taken,
            pauses: try ResourcePause.of(id, in: window, of: acting.territoryID, in: db))
    }

    private static func rows(_ id: ID<Resource>, _ window: Range<Instant>, _ territory: Int64, in db: Reader) throws
        -> [(id: ID<Appointment>, time: Range<Instant>, agent: String, standing: ReservedResource.Standing)]
    {
        try db.all(
            """
            SELECT claim.appointment_id, claim.starts_at, claim.ends_at, agent.first_name, agent.last_name, appointment_resource.standing
            FROM claim
            JOIN appointment ON appointment.territory_id = claim.territory_id AND appointment.id = claim.appointment_id
            JOIN agent ON agent.territory_id = appointment.territory_id AND agent.id = appointment.agent_id
            JOIN appointment_resource ON appointment_resource.territory_id = claim.territory_id
              AND appointment_resource.appointment_id = claim.appointment_id AND appointment_resource.resource_id = claim.holder_id
            WHERE claim.territory_id = \(territory) AND claim.holder_id = \(id)
              AND claim.starts_at > \(window.lowerBound.adding(seconds: -86_400)) AND claim.starts_at < \(window.upperBound)
              AND claim.ends_at > \(window.lowerBound)
            ORDER BY claim.starts_at, claim.appointment_id
            """
        ) {
            (
                id: try $0[0], time: try $0[1]..<(try $0[2]), agent: Person.displayName(firstName: try $0[3], lastName: try $0[4]),
                standing: try $0[5]
            )
        }
    }
}

/// Those still to confirm: a resource kept for an appointment to come, and nobody has said yet whether it is accepted.
public struct ToConfirm: Sendable, Equatable {
    public let resource: Resource
    public let appointment: AgendaAppointment

    public init(resource: Resource, appointment: AgendaAppointment) {
        self.resource = resource
        self.appointment = appointment
    }

    /// As far as one may see the appointments, soonest first.
    public static func read(for acting: Acting, now: Instant, in db: Reader) throws -> [ToConfirm] {
        let resources = try Resource.of(acting.organizations(with: .book), of: acting.territoryID, in: db)
        guard !resources.isEmpty else { return [] }
        let byID = Dictionary(uniqueKeysWithValues: resources.map { ($0.id, $0) })
        let rows = try db.all(
            """
            SELECT appointment_resource.resource_id, appointment_resource.appointment_id FROM appointment_resource
            JOIN claim ON claim.territory_id = appointment_resource.territory_id AND claim.holder_id = appointment_resource.resource_id
              AND claim.appointment_id = appointment_resource.appointment_id
            WHERE appointment_resource.territory_id = \(acting.territoryID)
              AND appointment_resource.resource_id IN \(list: resources.map(\.id))
              AND appointment_resource.standing = \(ReservedResource.Standing.toConfirm) AND claim.ends_at > \(now)
            ORDER BY claim.starts_at, appointment_resource.resource_id LIMIT 300
            """
        ) { (try $0[0] as ID<Resource>, try $0[1] as ID<Appointment>) }
        let seen = try AgendaAppointment.read(rows.map(\.1), seenBy: acting, in: db)
        let appointments = Dictionary(uniqueKeysWithValues: seen.map { ($0.id, $0) })
        return rows.compactMap { row in
            guard let resource = byID[row.0], let appointment = appointments[row.1] else { return nil }
            return ToConfirm(resource: resource, appointment: appointment)
        }
    }
}
