import Foundation
import Scheduling
import Store

/// What will be said to someone (table `message`): written in the transaction that causes it.
public struct Message: Sendable, Equatable {
    public let id: ID<Message>
    public let personID: ID<Person>
    public let appointmentID: ID<Appointment>?
    public let purpose: Purpose
    public let channel: Person.Channel
    /// A number (E.164), an e-mail address, or the lines of a postal address.
    public let recipient: String
    public let dueAt: Instant
    public let withdrawnAt: Instant?
    public let sentAt: Instant?

    public init(
        id: ID<Message> = .new(), personID: ID<Person>, appointmentID: ID<Appointment>?, purpose: Purpose, channel: Person.Channel,
        recipient: String, dueAt: Instant, withdrawnAt: Instant? = nil, sentAt: Instant? = nil
    ) {
        self.id = id
        self.personID = personID
        self.appointmentID = appointmentID
        self.purpose = purpose
        self.channel = channel
        self.recipient = recipient
        self.dueAt = dueAt
        self.withdrawnAt = withdrawnAt
        self.sentAt = sentAt
    }

    public enum Purpose: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case confirmation, change, cancellation

        public var label: String {
            switch self {
            case .confirmation: "confirmation"
            case .change: "changement"
            case .cancellation: "annulation"
            }
        }
    }
}

extension Person {
    /// How this person will be told, and where: the channel they prefer, else the next one that can reach them; `nil` when none can
    /// or they want nothing.
    public var reach: (channel: Channel, recipient: String)? { reach(soon: false) }

    /// - Parameter soon: what is said is for the coming hours: an e-mail would be read too late when there is a mobile.
    func reach(soon: Bool) -> (channel: Channel, recipient: String)? {
        guard channel != .none else { return nil }
        let first: Channel = soon && channel == .email ? .sms : channel
        let order: [Channel] = soon ? [first, .sms, .phone, .email, .letter] : [first, .sms, .email, .phone, .letter]
        for channel in order {
            if let recipient = recipient(by: channel) { return (channel, recipient) }
        }
        return nil
    }

    private func recipient(by channel: Channel) -> String? {
        switch channel {
        case .sms: phones.first(where: \.mobile)?.number
        case .email: emails.first?.address
        case .phone: phones.first?.number
        case .letter: address.isEmpty || commune.isEmpty ? nil : "\(address)\n\(postalCode) \(commune)"
        case .none: nil
        }
    }
}

extension Message {
    /// Queues a message once: the same key again changes nothing. Someone who cannot or will not be reached gets none.
    static func queue(
        _ purpose: Purpose, to person: Person, about appointment: ID<Appointment>, key: String, soon: Bool = false,
        at now: Instant, in db: Writer
    ) throws {
        guard let reach = person.reach(soon: soon) else { return }
        try db.run(
            """
            INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at)
            VALUES (\(person.territoryID), \(ID<Message>.new()), \(person.id), \(appointment), \(purpose), \(reach.channel),
              \(reach.recipient), \(now), \(key), \(now))
            ON CONFLICT (territory_id, dedup_key) DO NOTHING
            """)
    }

    /// What has not left yet and is no longer true will not leave.
    static func withdraw(about appointment: Appointment, to person: ID<Person>, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE message SET withdrawn_at = \(now) WHERE territory_id = \(appointment.territoryID)
              AND appointment_id = \(appointment.id) AND person_id = \(person) AND sent_at IS NULL AND withdrawn_at IS NULL
            """)
    }

    /// What is still to be sent to someone, soonest first.
    static func due(to person: ID<Person>, of territory: Int64, in db: Reader) throws -> [Message] {
        try due("person_id = \(person)", of: territory, in: db)
    }

    /// What is still to be sent about an appointment, soonest first.
    public static func due(about appointment: Appointment, in db: Reader) throws -> [Message] {
        try due("appointment_id = \(appointment.id)", of: appointment.territoryID, in: db)
    }

    private static func due(_ filter: SQL, of territory: Int64, in db: Reader) throws -> [Message] {
        try db.all(
            """
            SELECT id, person_id, appointment_id, purpose, channel, recipient, due_at, withdrawn_at, sent_at FROM message
            WHERE territory_id = \(territory) AND \(filter) AND sent_at IS NULL AND withdrawn_at IS NULL ORDER BY due_at, id
            """
        ) { row in
            Message(
                id: try row[0], personID: try row[1], appointmentID: try row[2], purpose: try row[3], channel: try row[4],
                recipient: try row[5], dueAt: try row[6], withdrawnAt: try row[7], sentAt: try row[8])
        }
    }
}
