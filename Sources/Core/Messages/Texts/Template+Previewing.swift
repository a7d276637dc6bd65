import Scheduling
import Store

extension Template {
    /// A text looked at with an appointment of those that this agent may see, told to its first person: nothing is sent.
    /// - Parameter appointment: nothing for an example.
    /// - Throws: ``Refusal/notFound`` for an appointment that they may not see; a ``Refusal`` beside the field with a fault.
    public static func look(
        at draft: Draft, with appointment: ID<Appointment>?, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> TemplateLook {
        try draft.mustBeWhole()
        let values = try appointment.map { id in try Self.values(of: id, for: draft, by: acting, at: now, in: db) }
        guard let look = TemplateLook(subject: draft.subject, body: draft.body, for: draft.scope, filling: values) else {
            throw Refusal.notFound
        }
        return look
    }

    /// The same, with an example.
    public static func look(at draft: Draft) throws -> TemplateLook {
        try draft.mustBeWhole()
        guard let look = TemplateLook(subject: draft.subject, body: draft.body, for: draft.scope) else { throw Refusal.notFound }
        return look
    }

    /// Looking at someone's appointment leaves its entry in the journal.
    private static func values(
        of id: ID<Appointment>, for draft: Draft, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> [TemplateVariable: String] {
        let appointment = try Appointment.find(id, seenBy: acting, in: db)
        guard let person = try Participation.of(appointment, in: db).first?.personID,
            var facts = try RenderingFacts.load(about: id, for: person, to: nil, of: acting.territoryID, in: db)
        else { throw Refusal.notFound }
        try Journal.record(.read, about: person.uuid, ["appointment": id.description, "what": "preview"], by: acting, at: now, in: db)
        // As if it were free a week sooner.
        if draft.scope.purpose == .earlierSlot { facts.place = appointment.startsAt.adding(days: -7) }
        return facts.values(in: draft.scope.language, namesReason: !facts.reason.isDiscreet, at: now)
    }

    /// The next appointments that this agent may see, to look at a text with: their day and hour, and nobody's name.
    public static func previewable(by acting: Acting, at now: Instant, in db: Reader) throws -> [(id: ID<Appointment>, startsAt: Instant)] {
        try db.all(
            """
            SELECT appointment.id, appointment.starts_at FROM appointment
            WHERE appointment.territory_id = \(acting.territoryID) AND appointment.starts_at > \(now)
              AND appointment.starts_at < \(now.adding(days: 60)) AND \(Appointment.visible(to: acting))
              AND EXISTS (SELECT 1 FROM participation WHERE participation.territory_id = appointment.territory_id
                AND participation.appointment_id = appointment.id)
            ORDER BY appointment.starts_at, appointment.id LIMIT 20
            """
        ) { (try $0[0], try $0[1]) }
    }
}

extension Template.Draft {
    /// - Throws: a ``Refusal`` with the sentence of each fault beside its field.
    fileprivate func mustBeWhole() throws {
        var complaints = Complaints()
        for (text, field) in [(subject, "subject"), (body, "body")] {
            do { _ = try TemplateText(text) } catch { complaints.add(field, error.sentence) }
        }
        try complaints.check()
    }
}
