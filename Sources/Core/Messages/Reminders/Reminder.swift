import Foundation
import Scheduling
import Store

/// Un rappel: one person's, of one appointment at one time, by one delay (table `reminder`); or the word to who did not come, which
/// ``MissedWord`` says. Its row says that it was found, so that it is never found twice.
///
/// Due work is a query for what is lacking: an appointment not looked at since its time was set. Moving it makes it lack again, and asking
/// twice changes nothing.
public struct Reminder: Sendable, Equatable {
    public let appointmentID: ID<Appointment>
    public let personID: ID<Person>
    public let minutesBefore: Int
    public let startsAt: Instant
    /// `nil` when it would have said nothing useful.
    public let dueAt: Instant?
    /// A reminder, or a word to who did not come.
    public var purpose = Message.Purpose.reminder

    /// Reminders are written this long before the first is due: what falls on a Sunday leaves the Saturday.
    static let ahead = 4 * 86_400
}

extension Reminder {
    /// Makes what is lacking of an appointment lack again: what has not left to someone was withdrawn with the rest.
    static func lackAgain(of appointment: Appointment, to person: ID<Person>, in db: Writer) throws {
        try db.run(
            """
            DELETE FROM reminder WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND person_id = \(person) AND called_at IS NULL AND NOT EXISTS (SELECT 1 FROM message
                WHERE message.territory_id = reminder.territory_id AND message.appointment_id = reminder.appointment_id
                  AND message.person_id = reminder.person_id AND message.purpose = reminder.purpose AND message.for_start = reminder.starts_at
                  AND (message.sent_at IS NOT NULL OR message.lease IS NOT NULL))
            """)
        try lookAgain(at: appointment, in: db)
    }

    static func lookAgain(at appointment: Appointment, in db: Writer) throws {
        try db.run(
            """
            UPDATE appointment SET reminded = FALSE WHERE territory_id = \(appointment.territoryID) AND id = \(appointment.id) AND reminded
            """)
    }

    /// Finds the reminders that are lacking and writes their messages.
    /// - Returns: how many appointments were looked at: fewer than `limit` when none is left.
    @discardableResult
    public static func find(limit: Int = 200, at now: Instant, in store: Store) async throws -> Int {
        var looked = 0
        let territories: [Territory] = try await store.read { db in try Territory.all(in: db) }
        for territory in territories {
            let lacking: [Lacking] = try await store.read { db in try self.lacking(limit, of: territory, at: now, in: db) }
            for one in lacking { try await store.claim { db in try look(one, of: territory, at: now, in: db) } }
            looked += lacking.count
        }
        return looked
    }

    struct Lacking: Sendable {
        let appointment: ID<Appointment>
        let startsAt: Instant
        let reason: Reason
    }

    /// By reason, so that each is one short walk of an index, however many appointments there are.
    static func lacking(_ limit: Int, of territory: Territory, at now: Instant, in db: Reader) throws -> [Lacking] {
        var found: [Lacking] = []
        for reason in try Reason.all(of: territory.id, in: db) {
            guard let longest = reason.reminders.max(), found.count < limit else { continue }
            found += try db.all(
                """
                SELECT id, starts_at FROM appointment WHERE territory_id = \(territory.id) AND reason_id = \(reason.id) AND NOT reminded
                  AND starts_at > \(now) AND starts_at <= \(now.adding(seconds: longest * 60 + ahead)) ORDER BY starts_at
                LIMIT \(limit - found.count)
                """
            ) { Lacking(appointment: try $0[0], startsAt: try $0[1], reason: reason) }
        }
        return found
    }

    /// One appointment: what each of those who take part lacks.
    private static func look(_ lacking: Lacking, of territory: Territory, at now: Instant, in db: Writer) throws {
        // Whoever says first that it was looked at does it; another node, or a move meanwhile, finds nothing to change.
        let taken = try db.run(
            """
            UPDATE appointment SET reminded = TRUE WHERE territory_id = \(territory.id) AND id = \(lacking.appointment) AND NOT reminded
              AND starts_at = \(lacking.startsAt)
            """)
        guard taken > 0, let appointment = try Appointment.find(lacking.appointment, of: territory.id, in: db) else { return }
        let said = try lastWord(on: appointment, in: db)
        for participation in try Participation.of(appointment, in: db) where participation.status == .upcoming {
            guard let person = try Person.find(participation.personID, of: territory.id, in: db) else { continue }
            for minutes in lacking.reason.reminders {
                let plan = ReminderPlan(
                    quiet: Quiet(territory), minutesBefore: minutes, isLast: minutes == lacking.reason.reminders.min())
                let reminder = Reminder(
                    appointmentID: appointment.id, personID: person.id, minutesBefore: minutes, startsAt: appointment.startsAt,
                    dueAt: plan.due(for: appointment.startsAt, said: said))
                try reminder.write(about: appointment, lacking.reason, to: person, of: territory, at: now, in: db)
            }
        }
    }

    /// When the person was last told the time: when it was booked, or moved.
    private static func lastWord(on appointment: Appointment, in db: Reader) throws -> Instant {
        let moved: Instant? =
            try db.first(
                """
                SELECT max(at) FROM appointment_fact
                WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id) AND act = 'moved'
                """
            ) { try $0[0] as Instant? } ?? nil
        return max(moved ?? appointment.createdAt, appointment.createdAt)
    }

    func write(
        about appointment: Appointment, _ reason: Reason, to person: Person, of territory: Territory, at now: Instant, in db: Writer
    ) throws {
        let isNew = try db.run(
            """
            INSERT INTO reminder (territory_id, appointment_id, person_id, purpose, minutes_before, starts_at, due_at, found_at)
            VALUES (\(territory.id), \(appointmentID), \(personID), \(purpose), \(minutesBefore), \(startsAt), \(dueAt), \(now))
            ON CONFLICT DO NOTHING
            """)
        guard isNew > 0, let dueAt else { return }
        let occasion = Message.Occasion(
            purpose: purpose, appointment: appointment, reason: reason,
            key: appointment.messageKey(purpose, person.id) + "/\(minutesBefore)/\(startsAt.rawValue)/\(ID<Message>.new())",
            dueAt: max(dueAt, now))
        try Message.queue(occasion, to: person, of: territory, at: now, in: db)
    }
}
