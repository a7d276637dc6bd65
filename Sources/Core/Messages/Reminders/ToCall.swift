import Foundation
import Scheduling
import Store

/// « À rappeler »: those whose reminder is due, or who did not come, and whom no message reaches by itself. Reached and listed together
/// are those due.
public struct ToCall: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let appointment: AgendaAppointment
        public let personID: ID<Person>
        public let personName: String
        public let phones: [String]
        /// Of the message that did not arrive, if one was tried.
        public let because: Message.State?
        /// What they are to be told: a reminder, or the word to who did not come.
        public let purpose: Message.Purpose

        public init(
            appointment: AgendaAppointment, personID: ID<Person>, personName: String, phones: [String], because: Message.State?,
            purpose: Message.Purpose = .reminder
        ) {
            (self.appointment, self.personID, self.personName, self.phones) = (appointment, personID, personName, phones)
            (self.because, self.purpose) = (because, purpose)
        }
    }

    public let lines: [Line]
    public let count: Int

    public init(lines: [Line], count: Int) { (self.lines, self.count) = (lines, count) }

    /// How many are listed at once: calling them brings the next.
    public static let limit = 50
}

extension Reminder {
    /// What carried it, or still may: a message that left and of which no bad news came, or that waits.
    static let reached: SQL = """
        EXISTS (SELECT 1 FROM message WHERE message.territory_id = reminder.territory_id
          AND message.appointment_id = reminder.appointment_id AND message.person_id = reminder.person_id
          AND message.purpose = reminder.purpose AND message.for_start = reminder.starts_at AND message.channel IN ('sms', 'email')
          AND ((message.sent_at IS NULL AND message.withdrawn_at IS NULL)
            OR (message.sent_at IS NOT NULL AND (message.outcome = 'handed' OR message.outcome = 'arrived'))))
        """

    /// The reminders of what is still to come, whose moment has come.
    static func due(at now: Instant, of territory: Int64) -> SQL {
        """
        reminder JOIN appointment ON appointment.territory_id = reminder.territory_id AND appointment.id = reminder.appointment_id
          AND appointment.starts_at = reminder.starts_at
        JOIN participation ON participation.territory_id = reminder.territory_id
          AND participation.appointment_id = reminder.appointment_id AND participation.person_id = reminder.person_id
        WHERE reminder.territory_id = \(territory) AND reminder.purpose = 'reminder' AND reminder.starts_at > \(now)
          AND reminder.due_at <= \(now) AND reminder.called_at IS NULL AND participation.status = 'upcoming'
        """
    }
}

extension ToCall {
    public static func read(for acting: Acting, at now: Instant, in db: Reader) throws -> ToCall {
        try acting.require(.book)
        // Those to come first: what is past can wait an hour.
        let order: SQL = "ORDER BY purpose DESC, starts_at, appointment_id, person_id"
        let all = try db.all(
            "SELECT purpose, starts_at, appointment_id, person_id FROM (\(which(for: acting, at: now))) AS people \(order)"
        ) { row in
            (purpose: try row[0] as Message.Purpose, appointment: try row[2] as ID<Appointment>, person: try row[3] as ID<Person>)
        }
        let shown = all.prefix(limit)
        let appointments = Dictionary(
            uniqueKeysWithValues: try AgendaAppointment.read(Array(Set(shown.map(\.appointment))), seenBy: acting, in: db)
                .map { ($0.id, $0) })
        let lines = try shown.compactMap { one -> Line? in
            guard let appointment = appointments[one.appointment],
                let person = try Person.find(one.person, of: acting.territoryID, in: db)
            else { return nil }
            return Line(
                appointment: appointment, personID: person.id, personName: person.name, phones: person.phones.map(\.number),
                because: try lastTrouble(one.purpose, one.appointment, one.person, of: acting.territoryID, in: db), purpose: one.purpose)
        }
        return ToCall(lines: lines, count: all.count)
    }

    /// For the bar of every page.
    public static func count(for acting: Acting, at now: Instant, in db: Reader) throws -> Int {
        guard acting.can(.book) else { return 0 }
        return try db.first("SELECT count(*) FROM (\(which(for: acting, at: now))) AS people") { try $0[0] } ?? 0
    }

    /// The one rule: those of the appointments that one may see.
    private static func which(for acting: Acting, at now: Instant) -> SQL {
        let due = [Reminder.due(at: now, of: acting.territoryID), Reminder.dueMissed(at: now, of: acting.territoryID)]
        return SQL(
            joined: due.map { due in
                """
                SELECT reminder.purpose AS purpose, reminder.starts_at AS starts_at, reminder.appointment_id AS appointment_id,
                  reminder.person_id AS person_id FROM \(due)
                  AND \(Appointment.visible(to: acting)) AND NOT \(Reminder.reached)
                """
            }, by: " UNION ")
    }

    private static func lastTrouble(
        _ purpose: Message.Purpose, _ appointment: ID<Appointment>, _ person: ID<Person>, of territory: Int64, in db: Reader
    ) throws -> Message.State? {
        let id: ID<Message>? = try db.first(
            """
            SELECT id FROM message WHERE territory_id = \(territory) AND appointment_id = \(appointment) AND person_id = \(person)
              AND purpose = \(purpose) AND outcome IS NOT NULL AND outcome <> 'untrue' ORDER BY due_at DESC, id DESC LIMIT 1
            """
        ) { try $0[0] }
        return try id.flatMap { try Message.those([$0], of: territory, in: db).first?.state }
    }

    /// Rappelé: someone said it.
    /// - Throws: a ``Refusal``: 404 for what one may not see, a conflict when a colleague was faster.
    public static func called(
        _ person: ID<Person>, about id: ID<Appointment>, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let appointment = try Appointment.find(id, seenBy: acting, in: db)
        try acting.require(.book, in: appointment.organizationID)
        guard try Participation.of(appointment, in: db).contains(where: { $0.personID == person }) else { throw Refusal.notFound }
        let purpose: Message.Purpose = appointment.startsAt > now ? .reminder : .missed
        let written = try db.run(
            """
            UPDATE reminder SET called_at = \(now), called_by = \(acting.agent.id)
            WHERE territory_id = \(acting.territoryID) AND appointment_id = \(id) AND person_id = \(person) AND called_at IS NULL
              AND due_at <= \(now) AND starts_at = \(appointment.startsAt) AND purpose = \(purpose)
            """)
        guard written > 0 else { throw Refusal.alreadyCalled }
        try Journal.record(
            .changed, about: person.uuid, ["what": purpose.rawValue, "appointment": id.description, "outcome": "called"], by: acting,
            at: now,
            in: db)
    }
}

extension Refusal {
    public static let alreadyCalled = Refusal(
        .conflict, "already-called", "C’est déjà fait : cette personne a été rappelée. Revenez à la liste.")
}
