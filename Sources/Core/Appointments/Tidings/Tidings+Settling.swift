import Foundation
import Scheduling
import Store

extension Tidings {
    /// Prévenu: someone said it.
    /// - Throws: a ``Refusal``: 404 for what one may not see, a conflict when a colleague was faster.
    public static func tell(_ id: ID<Tidings>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let (tidings, _) = try find(id, by: acting, in: db)
        try tidings.settle(.told, by: acting, at: now, in: db)
    }

    /// Pas joint: stays in the list, with the hour of the call.
    public static func miss(_ id: ID<Tidings>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let (tidings, _) = try find(id, by: acting, in: db)
        guard tidings.outcome == nil else { throw Refusal.alreadyTold }
        try db.run(
            """
            INSERT INTO tidings_attempt (territory_id, id, tidings_id, at, agent_id)
            VALUES (\(acting.territoryID), \(ID<Tidings>.new()), \(id), \(now), \(acting.agent.id))
            """)
        try tidings.record("unreached", by: acting, at: now, in: db)
    }

    /// Gives the person another appointment instead, for the same reason: they are told as they agree to it.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func rebook(
        _ id: ID<Tidings>, _ place: AppointmentFact.Place, by acting: Acting, now: Instant, in store: Store
    ) async throws -> Appointment {
        do {
            return try await store.claim { db in
                try Agent.lockCalendars([place.agentID], of: acting.territoryID, in: db)
                let (tidings, appointment) = try find(id, by: acting, in: db)
                let booked = try appointment.replacement(for: tidings, place, in: db).book(by: acting, at: now, in: db)
                try tidings.settle(.rebooked, by: acting, at: now, in: db)
                return booked
            }
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.slotTaken
        }
    }

    /// Whoever may book may tell.
    private static func find(_ id: ID<Tidings>, by acting: Acting, in db: Reader) throws -> (Tidings, Appointment) {
        let found = try db.first(
            "SELECT \(columns) FROM tidings WHERE tidings.territory_id = \(acting.territoryID) AND tidings.id = \(id)\(lock: .rows)"
        ) { try Tidings($0) }
        guard let found else { throw Refusal.notFound }
        let appointment = try Appointment.find(found.appointmentID, seenBy: acting, in: db)
        try acting.require(.book, in: appointment.organizationID)
        return (found, appointment)
    }

    private func settle(_ outcome: Outcome, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard self.outcome == nil else { throw Refusal.alreadyTold }
        try db.run(
            """
            UPDATE tidings SET outcome = \(outcome), settled_at = \(now), settled_by = \(acting.agent.id)
            WHERE territory_id = \(acting.territoryID) AND id = \(id)
            """)
        let message: ID<Message>? =
            try db.first(
                "SELECT message_id FROM tidings WHERE territory_id = \(acting.territoryID) AND id = \(id)"
            ) { try $0[0] as ID<Message>? } ?? nil
        if let message, channel == .phone || channel == .letter {
            try Message.markSaid(message, of: acting.territoryID, at: now, in: db)
        }
        try record(outcome.rawValue, by: acting, at: now, in: db)
    }

    private func record(_ outcome: String, by acting: Acting, at now: Instant, in db: Writer) throws {
        try Journal.record(
            .changed, about: personID.uuid, ["what": "tidings", "appointment": appointmentID.description, "outcome": outcome], by: acting,
            at: now, in: db)
    }
}

extension Appointment {
    /// Another one in its place, for one person.
    fileprivate func replacement(for tidings: Tidings, _ place: AppointmentFact.Place, in db: Reader) throws -> Booking {
        var booking = Booking(
            reasonID: reasonID, agentID: place.agentID, personIDs: [tidings.personID], startsAt: place.startsAt,
            organizationID: organizationID, siteID: siteID, phone: phone)
        booking.minutes = Int(endsAt - startsAt) / 60
        booking.place = self.place
        booking.link = link
        booking.replacesID = id
        booking.asSlot = true
        booking.colleagueIDs = try colleagues(in: db).filter { $0 != place.agentID }
        booking.forTwo = isForTwo
        return booking
    }
}

extension Refusal {
    public static let alreadyTold = Refusal(
        .conflict, "already-told", "C’est déjà fait : un collègue a prévenu cette personne. Revenez à la liste.")
}
