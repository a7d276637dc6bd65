import Scheduling
import Store

/// What happened to an appointment, for the webhooks of its organization: rows of the transaction that makes it happen.
///
/// It carries ids and no names. What stands for something discreet, for a child's care or for a secret service names neither the reason,
/// the service nor the agent: who may know asks for the appointment, with their own rights.
struct AppointmentEvent {
    let event: Webhook.Event
    /// As it is now.
    let appointment: Appointment
    var change: Change?

    enum Change {
        case time(from: AppointmentFact.Place)
        case how(from: How)
        case status(ID<Person>, from: Participation.Status)
    }

    /// A territory without webhooks pays no statement for them.
    func note(of territory: Territory, at now: Instant, in db: Writer) throws {
        guard territory.hasWebhooks else { return }
        let webhooks = try listening(in: db)
        guard !webhooks.isEmpty else { return }
        let body = try body(at: now, in: db)
        for webhook in webhooks {
            try WebhookDelivery.insert(
                event.rawValue, about: appointment.id, body, for: webhook, of: appointment.territoryID, at: now, in: db)
        }
    }

    private func listening(in db: Reader) throws -> [ID<Webhook>] {
        let listens: SQL =
            switch event {
            case .created: "on_created"
            case .changed: "on_changed"
            case .cancelled: "on_cancelled"
            }
        return try db.all(
            """
            SELECT id FROM webhook WHERE territory_id = \(appointment.territoryID) AND organization_id = \(appointment.organizationID)
              AND turned_off_at IS NULL AND \(listens) ORDER BY id
            """
        ) { try $0[0] }
    }
}

extension AppointmentEvent {
    private func body(at now: Instant, in db: Reader) throws -> String {
        let discreet = try isDiscreet(in: db)
        var object: [(String, EventValue)] = [
            ("id", .id(appointment.id.uuid)), ("organization_id", .id(appointment.organizationID.uuid)),
            ("agent_id", discreet ? .null : .id(appointment.agentID.uuid)),
            ("service_id", discreet ? .null : .id(appointment.serviceID.uuid)),
            ("reason_id", discreet ? .null : .id(appointment.reasonID.uuid)),
            ("site_id", appointment.siteID.map { .id($0.uuid) } ?? .null), ("how", .text(appointment.how.rawValue)),
            ("starts_at", .text(appointment.startsAt.rfc3339)), ("ends_at", .text(appointment.endsAt.rfc3339)),
            ("participations", .list(try Participation.of(appointment, in: db).map(Self.value))),
        ]
        object += change.map { changed($0, discreet: discreet) } ?? []
        return EventValue.object([
            ("type", .text(event.type)), ("timestamp", .text(now.rfc3339)), ("data", .object(object)),
        ]).json
    }

    private static func value(_ participation: Participation) -> EventValue {
        .object([("person_id", .id(participation.personID.uuid)), ("status", .text(participation.status.rawValue))])
    }

    private func changed(_ change: Change, discreet: Bool) -> [(String, EventValue)] {
        switch change {
        case .time(let before):
            [
                (
                    "before",
                    .object([
                        ("agent_id", discreet ? .null : .id(before.agentID.uuid)), ("starts_at", .text(before.startsAt.rfc3339)),
                    ])
                )
            ]
        case .how(let before): [("before", .object([("how", .text(before.rawValue))]))]
        case .status(let person, let before):
            [("before", .object([("person_id", .id(person.uuid)), ("status", .text(before.rawValue))]))]
        }
    }

    private func isDiscreet(in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM reason JOIN service ON service.territory_id = reason.territory_id AND service.id = reason.service_id
            WHERE reason.territory_id = \(appointment.territoryID) AND reason.id = \(appointment.reasonID)
              AND (reason.discreet OR reason.for_child OR service.secret)
            """)
    }
}

extension AppointmentFact {
    /// What a webhook is told of it: what will not take place is cancelled, the rest is changed.
    func event(about appointment: Appointment) -> AppointmentEvent {
        switch change {
        case .moved(let before, _): AppointmentEvent(event: .changed, appointment: appointment, change: .time(from: before))
        case .status(let before, let after):
            AppointmentEvent(
                event: before.takesPlace && !after.takesPlace ? .cancelled : .changed, appointment: appointment,
                change: personID.map { .status($0, from: before) })
        }
    }
}
