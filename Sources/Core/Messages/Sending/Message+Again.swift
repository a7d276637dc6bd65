import Scheduling
import Store

extension Message {
    /// Whether someone may have it sent once more: it did not arrive, or nobody knows, and what it says may still be true.
    public var mayBeSentAgain: Bool { state.isTrouble && appointmentID != nil && toAgentID == nil }

    /// Writes it once more, to where the person is reached now. Nothing does so by itself: of what is of unknown fate, someone decides.
    /// - Throws: a ``Refusal``: 404 for what one may not see, a conflict when it arrived meanwhile, was sent again already, or when
    ///   nothing reaches the person.
    public static func sendAgain(_ id: ID<Message>, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard let message = try those([id], of: acting.territoryID, in: db).first, let about = message.appointmentID else {
            throw Refusal.notFound
        }
        let appointment = try Appointment.find(about, seenBy: acting, in: db)
        try acting.require(.book, in: appointment.organizationID)
        guard message.mayBeSentAgain else { throw Refusal.notToSendAgain }
        guard let reason = try Reason.find(appointment.reasonID, of: acting.territoryID, in: db),
            let person = try Person.find(message.personID, of: acting.territoryID, in: db)
        else { throw Refusal.notFound }
        let occasion = Occasion(purpose: message.purpose, appointment: appointment, reason: reason, key: "again/\(id)")
        guard try queued(occasion.key, of: acting.territoryID, in: db) == nil else { throw Refusal.notToSendAgain }
        try queue(occasion, to: person, of: acting.territory, at: now, in: db)
        guard try queued(occasion.key, of: acting.territoryID, in: db) != nil else { throw Refusal.nothingReaches }
        try Journal.record(
            .changed, about: person.id.uuid, ["what": "message", "message": id.description, "outcome": "again"], by: acting, at: now,
            in: db)
    }
}

extension Refusal {
    public static let notToSendAgain = Refusal(
        .conflict, "not-to-send-again", "Ce message est arrivé entre-temps, ou il a déjà été renvoyé. Rechargez la page pour le voir.")
    public static let nothingReaches = Refusal(
        .conflict, "nothing-reaches", "Aucun message ne peut plus joindre cette personne : appelez-la, ou complétez sa fiche.")
}
