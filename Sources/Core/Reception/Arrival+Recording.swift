import Foundation
import Scheduling
import Store

extension Arrival {
    /// Someone is there for their appointment, today: its agent's open screens hear of it.
    /// - Throws: a ``Refusal``: not an appointment of today at a site, not theirs, or already there.
    public static func record(
        _ person: ID<Person>, for appointment: Appointment, companion: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Arrival {
        try acting.require(.closeAppointments, in: appointment.organizationID)
        let zone = acting.territory.zone
        guard let site = appointment.siteID, zone.civil(appointment.startsAt).date == zone.civil(now).date else {
            throw Refusal(.conflict, "not-today", "Ce rendez-vous n’est pas aujourd’hui dans un de vos lieux.")
        }
        try appointment.lockCalendars(in: db)
        guard try Participation.of(appointment, in: db).contains(where: { $0.personID == person && $0.status == .upcoming }) else {
            throw Refusal.notUpcoming
        }
        let arrival = Arrival(
            organizationID: appointment.organizationID, siteID: site, appointmentID: appointment.id, personID: person,
            serviceID: appointment.serviceID, companion: try checked(companion, "companion"), at: now)
        guard try !isThere(person, for: appointment.id, of: acting.territoryID, in: db) else { throw Refusal.alreadyThere }
        try arrival.insert(by: acting, in: db)
        try arrival.journal(.created, "arrived", by: acting, at: now, in: db)
        return arrival
    }

    /// Someone comes without an appointment, to wait for a service at a site.
    /// - Throws: a ``Refusal``.
    public static func walkIn(
        at site: ID<Site>, for service: ID<Service>, name: String, companion: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Arrival {
        let house: ID<Organization>? = try db.first(
            "SELECT organization_id FROM site WHERE territory_id = \(acting.territoryID) AND id = \(site)"
        ) { try $0[0] }
        guard let house, acting.can(.closeAppointments, in: house) else { throw Refusal.notFound }
        guard try Service.receiving(in: house, knownTo: acting, db: db).contains(where: { $0.id == service }) else {
            throw Refusal.field("service", "no-service", "Choisissez un service qui reçoit ici.")
        }
        let arrival = Arrival(
            organizationID: house, siteID: site, serviceID: service, name: try checked(name, "name"),
            companion: try checked(companion, "companion"), at: now)
        try Agent.lockCalendars(try arrival.holders(for: acting, at: now, in: db), of: acting.territoryID, in: db)
        try arrival.insert(by: acting, in: db)
        try arrival.journal(.created, "arrived", by: acting, at: now, in: db)
        return arrival
    }

    private static func isThere(_ person: ID<Person>, for appointment: ID<Appointment>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM arrival WHERE territory_id = \(territory) AND appointment_id = \(appointment) AND person_id = \(person)
            """)
    }

    private static func checked(_ typed: String, _ field: String) throws -> String {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.count <= longest, !text.unicodeScalars.contains("\0") else {
            throw Refusal.field(field, "too-long", "\(longest) caractères au plus.")
        }
        return text
    }

    func journal(_ act: Journal.Act, _ what: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        var payload = ["what": "arrival", "act": what]
        payload["appointment"] = appointmentID?.description
        try Journal.record(act, about: personID?.uuid ?? id.uuid, payload, by: acting, at: now, in: db)
    }
}

extension Arrival {
    /// What becomes of someone who waits.
    public enum Step: String, CaseIterable, Sendable { case called, received, left, undone }

    /// Says that they were received, that they left without being, or that it was a mistake and they wait still.
    ///
    /// Of two agents who receive someone at once, one is told that a colleague did.
    /// - Throws: a ``Refusal``.
    public static func follow(_ id: ID<Arrival>, _ step: Step, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        let arrival = try find(id, seenBy: acting, in: db)
        if step == .called { return try callOne(id, by: acting, at: now, in: db) }
        try arrival.lockAgents(for: acting, at: now, in: db)
        guard try arrival.set(step, by: acting.agent.id, at: now, of: acting.territoryID, in: db) > 0 else {
            throw Refusal.arrivalFollowed
        }
        try arrival.journal(.changed, step.rawValue, by: acting, at: now, in: db)
    }

    private func set(_ step: Step, by agent: ID<Agent>, at now: Instant, of territory: Int64, in db: Writer) throws -> Int {
        let this: SQL = "WHERE territory_id = \(territory) AND id = \(id)"
        let waiting: SQL = "AND received_at IS NULL AND left_at IS NULL"
        return switch step {
        case .called: 0
        case .received: try db.run("UPDATE arrival SET received_at = \(now), received_by = \(agent) \(this) \(waiting)")
        case .left: try db.run("UPDATE arrival SET left_at = \(now), left_by = \(agent) \(this) \(waiting)")
        case .undone:
            // Called by mistake: they wait for whoever comes first.
            try db.run("DELETE FROM arrival_call WHERE territory_id = \(territory) AND arrival_id = \(id)")
                + db.run(
                    """
                    UPDATE arrival SET received_at = NULL, received_by = NULL, left_at = NULL, left_by = NULL \(this)
                      AND (received_at IS NOT NULL OR left_at IS NOT NULL)
                    """)
        }
    }

    /// Those whose open screens show them.
    private func lockAgents(for acting: Acting, at now: Instant, in db: Writer) throws {
        let territory = acting.territoryID
        guard let appointmentID, let appointment = try Appointment.find(appointmentID, of: territory, in: db) else {
            return try Agent.lockCalendars(try holders(for: acting, at: now, in: db), of: territory, in: db)
        }
        try appointment.lockCalendars(in: db)
    }
}

extension Service {
    /// Those that an organization’s agents belong to and that one may know, by name.
    public static func receiving(in organization: ID<Organization>, knownTo acting: Acting, db: Reader) throws -> [Service] {
        try db.all(
            """
            SELECT DISTINCT service.id, service.name, service.secret FROM service
            JOIN agent_service ON agent_service.territory_id = service.territory_id AND agent_service.service_id = service.id
            JOIN membership ON membership.territory_id = service.territory_id AND membership.agent_id = agent_service.agent_id
            WHERE service.territory_id = \(acting.territoryID) AND membership.organization_id = \(organization) ORDER BY service.name, service.id
            """
        ) { Service(id: try $0[0], name: try $0[1], secret: try $0[2]) }.filter(acting.mayKnow)
    }
}

extension Refusal {
    public static let alreadyThere = Refusal(.conflict, "already-there", "Cette personne est déjà notée comme arrivée.")
    public static let arrivalFollowed = Refusal(
        .conflict, "arrival-followed", "Un collègue s’en est déjà occupé. Rechargez la page pour voir ce qui a été fait.")
}
