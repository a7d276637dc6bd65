import Scheduling
import Store

/// « Nous vous avons manqué »: the word to who did not come, with the number to call for another appointment.
///
/// Said once, hours after: the secretary may have ticked the wrong line, and whoever comes late is put right. For a reason that obliges
/// it is never said. Whom no message reaches is « à rappeler ».
enum MissedWord {
    /// Minutes between the saying that someone did not come and the message.
    static let pause = 120
    /// Days after an appointment beyond which the word would only surprise.
    static let days = 7

    static func oldest(at now: Instant) -> Instant { now.adding(days: -days) }

    /// Another appointment for the same reason, later than this one: come to, or to come.
    fileprivate static let retaken: SQL = """
        EXISTS (SELECT 1 FROM participation other
          JOIN appointment later ON later.territory_id = other.territory_id AND later.id = other.appointment_id
          WHERE other.territory_id = participation.territory_id AND other.person_id = participation.person_id
            AND later.reason_id = appointment.reason_id AND later.starts_at > appointment.starts_at
            AND (other.status = 'upcoming' OR other.status = 'attended'))
        """

    fileprivate static let archived: SQL = """
        EXISTS (SELECT 1 FROM archiving WHERE archiving.territory_id = participation.territory_id
          AND archiving.person_id = participation.person_id)
        """

    /// Why a message has nothing to say any more, as far as the person goes.
    static func moot(_ message: Message, in db: Reader) throws -> Message.Cause? {
        let found = try db.first(
            """
            SELECT \(archived), \(retaken) FROM participation
            JOIN appointment ON appointment.territory_id = participation.territory_id AND appointment.id = participation.appointment_id
            WHERE participation.territory_id = \(message.territoryID) AND participation.appointment_id = \(message.appointmentID)
              AND participation.person_id = \(message.personID)
            """
        ) { (isArchived: try $0[0] as Bool, isRetaken: try $0[1] as Bool) }
        guard let found else { return .gone }
        return found.isArchived ? .archived : found.isRetaken ? .retaken : nil
    }
}

extension Appointment {
    /// Someone is said not to have come, or to have come after all.
    func followMissed(
        _ before: Participation.Status, _ after: Participation.Status, of id: ID<Person>, by author: Author, at now: Instant, in db: Writer
    ) throws {
        if before == .missed { return try Message.withdraw(about: self, to: id, at: now, in: db) }
        guard after == .missed, startsAt > MissedWord.oldest(at: now),
            let reason = try Reason.find(reasonID, of: territoryID, in: db), reason.tellsMissed,
            let person = try Person.find(id, of: territoryID, in: db)
        else { return }
        let word = Reminder(
            appointmentID: self.id, personID: id, minutesBefore: 0, startsAt: startsAt, dueAt: now.adding(minutes: MissedWord.pause),
            purpose: .missed)
        try word.write(about: self, reason, to: person, of: author.territory, at: now, in: db)
    }
}

extension Reminder {
    /// The words to those who did not come, whose moment has come.
    static func dueMissed(at now: Instant, of territory: Int64) -> SQL {
        """
        reminder JOIN appointment ON appointment.territory_id = reminder.territory_id AND appointment.id = reminder.appointment_id
          AND appointment.starts_at = reminder.starts_at
        JOIN participation ON participation.territory_id = reminder.territory_id
          AND participation.appointment_id = reminder.appointment_id AND participation.person_id = reminder.person_id
        WHERE reminder.territory_id = \(territory) AND reminder.purpose = 'missed' AND reminder.called_at IS NULL
          AND reminder.starts_at > \(MissedWord.oldest(at: now)) AND reminder.due_at <= \(now) AND participation.status = 'missed'
          AND NOT \(MissedWord.retaken) AND NOT \(MissedWord.archived)
        """
    }
}
