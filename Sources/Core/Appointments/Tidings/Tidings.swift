import Foundation
import Scheduling
import Store

/// Quelqu'un à prévenir: a person who must learn that their appointment changed (table `tidings`).
///
/// What a message says is settled from the start; the rest is a list that someone goes through, and a number that stays red until all
/// have been told.
public struct Tidings: Sendable, Equatable {
    public let id: ID<Tidings>
    public let appointmentID: ID<Appointment>
    public let personID: ID<Person>
    public let cause: Cause
    public let channel: Person.Channel
    /// The number to call, or where to write; nothing when nothing is known.
    public let recipient: String?
    public let createdAt: Instant
    public let outcome: Outcome?

    public init(
        id: ID<Tidings>, appointmentID: ID<Appointment>, personID: ID<Person>, cause: Cause, channel: Person.Channel, recipient: String?,
        createdAt: Instant, outcome: Outcome?
    ) {
        self.id = id
        self.appointmentID = appointmentID
        self.personID = personID
        self.cause = cause
        self.channel = channel
        self.recipient = recipient
        self.createdAt = createdAt
        self.outcome = outcome
    }

    public enum Cause: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
        case absence, closure, bascule, handover
    }

    public enum Outcome: String, Sendable, CaseIterable, SQLBindable, SQLReadable {
        /// A message leaves by itself.
        case message
        /// Someone said it: prévenu.
        case told
        /// They have another appointment instead.
        case rebooked
        /// What they had not been told yet is no longer true.
        case moot
    }

    /// What made it: an absence, a closure, a bascule…
    struct Origin: Sendable {
        let cause: Cause
        let id: UUID
    }
}

extension Tidings {
    /// Notes that someone must learn of a change, and how they will.
    ///
    /// - Parameters:
    ///   - key: of the message that says it, queued in this very transaction.
    ///   - inPerson: someone must speak to them whatever message leaves: for an interpreter, say.
    static func record(
        _ origin: Origin, of appointment: Appointment, to person: Person, message key: String, inPerson: Bool = false, by acting: Acting,
        at now: Instant, in db: Writer
    ) throws {
        let message = try Message.queued(key, of: appointment.territoryID, in: db)
        let channel = message?.channel ?? .none
        let byItself = message != nil && !inPerson && (channel == .sms || channel == .email && !appointment.isSoon(at: now))
        let outcome: Outcome? = byItself ? .message : nil
        let told = try message?.toPersonID.flatMap { try Person.find($0, of: appointment.territoryID, in: db) } ?? person
        let number = told.phones.first?.number
        try db.run(
            """
            INSERT INTO tidings (territory_id, id, appointment_id, person_id, cause, cause_id, channel, recipient, message_id, created_at,
              created_by, outcome, settled_at)
            VALUES (\(appointment.territoryID), \(ID<Tidings>.new()), \(appointment.id), \(person.id), \(origin.cause), \(origin.id),
              \(channel), \(byItself ? message?.recipient : number ?? message?.recipient), \(message?.id), \(now), \(acting.agent.id),
              \(outcome), \(byItself ? now : nil))
            ON CONFLICT (territory_id, cause_id, appointment_id, person_id) DO NOTHING
            """)
    }

    /// How many of a cause are still to be told, and how many a message tells.
    static func count(_ cause: UUID, of territory: Int64, in db: Reader) throws -> (messages: Int, open: Int) {
        let found = try db.first(
            """
            SELECT coalesce(sum(CASE WHEN outcome = 'message' THEN 1 ELSE 0 END), 0),
              coalesce(sum(CASE WHEN settled_at IS NULL THEN 1 ELSE 0 END), 0)
            FROM tidings WHERE territory_id = \(territory) AND cause_id = \(cause)
            """
        ) { (messages: try $0[0] as Int, open: try $0[1] as Int) }
        return found ?? (0, 0)
    }
}

extension Message {
    /// What tells the person themselves, else someone in their place; a copy tells nobody.
    static func queued(_ key: String, of territory: Int64, in db: Reader) throws -> Message? {
        try db.first(
            """
            SELECT id, person_id, appointment_id, purpose, channel, recipient, due_at, to_person_id FROM message
            WHERE territory_id = \(territory) AND (dedup_key = \(key)
              OR (dedup_key >= \(key + "/to/") AND dedup_key < \(key + "/to0") AND names_reason))
            ORDER BY dedup_key LIMIT 1
            """
        ) { row in
            Message(
                territoryID: territory, id: try row[0], personID: try row[1], appointmentID: try row[2], purpose: try row[3],
                channel: try row[4],
                recipient: try row[5], dueAt: try row[6], toPersonID: try row[7])
        }
    }

    /// Says that someone spoke or wrote in person what was to be said.
    static func markSaid(_ id: ID<Message>, of territory: Int64, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE message SET sent_at = \(now)
            WHERE territory_id = \(territory) AND id = \(id) AND \(Message.waiting)
            """)
    }
}
