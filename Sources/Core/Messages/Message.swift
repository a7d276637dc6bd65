import Foundation
import Scheduling
import Store

/// What will be said to someone (table `message`): written in the transaction that causes it.
public struct Message: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<Message>
    public let personID: ID<Person>
    public let appointmentID: ID<Appointment>?
    public let purpose: Purpose
    public let channel: Person.Channel
    /// A number (E.164), an e-mail address, or the lines of a postal address.
    public var recipient: String
    public let dueAt: Instant
    public let withdrawnAt: Instant?
    public let sentAt: Instant?
    /// Who is told, when it is not the person themselves.
    public let toPersonID: ID<Person>?
    public let toName: String?
    /// A copy, and what is said of a discreet reason, do not say what for.
    public let namesReason: Bool
    /// The agent who is told, of an appointment in their agenda: as they asked, by e-mail, and of nobody by name.
    public var toAgentID: ID<Agent>?
    /// The message in whose text it leaves.
    public var withID: ID<Message>?
    /// Why it leaves at any hour.
    public var urgentBecause: String?
    /// The other appointments that it names: taken in one act, told in one message.
    public var others: [ID<Appointment>] = []
    /// The start that a reminder is about; of a place that is free sooner, its own.
    public var forStart: Instant?
    /// Until when someone is sending it.
    public var leasedUntil: Instant?
    public var attempts = 0
    public var outcome: Outcome?
    /// Why it did not leave, or did not arrive.
    public var because: Cause?

    public init(
        territoryID: Int64, id: ID<Message> = .new(), personID: ID<Person>, appointmentID: ID<Appointment>?, purpose: Purpose,
        channel: Person.Channel,
        recipient: String, dueAt: Instant, withdrawnAt: Instant? = nil, sentAt: Instant? = nil, toPersonID: ID<Person>? = nil,
        toName: String? = nil, namesReason: Bool = true
    ) {
        self.territoryID = territoryID
        self.id = id
        self.personID = personID
        self.appointmentID = appointmentID
        self.purpose = purpose
        self.channel = channel
        self.recipient = recipient
        self.dueAt = dueAt
        self.withdrawnAt = withdrawnAt
        self.sentAt = sentAt
        self.toPersonID = toPersonID
        self.toName = toName
        self.namesReason = namesReason
    }

    public enum Purpose: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case confirmation, change, cancellation, reminder, missed, campaign
        /// A place is free sooner.
        case earlierSlot = "earlier-slot"
        /// The answer to a NON that frees nothing: the appointment stands, and the number to call.
        case standing

        public var label: String {
            switch self {
            case .confirmation: "confirmation"
            case .change: "changement"
            case .cancellation: "annulation"
            case .reminder: "rappel"
            case .missed: "rendez-vous manqué"
            case .earlierSlot: "créneau plus tôt"
            case .standing: "rendez-vous maintenu"
            case .campaign: "campagne"
            }
        }
    }
}

extension Person {
    /// How this person will be told, and where: the channel they prefer, else the next one that can reach them; `nil` when none can
    /// or they want nothing.
    public var reach: (channel: Channel, recipient: String)? { reach(minding: .none) }

    /// The same, never by what they asked not to be written to.
    /// - Parameter soon: what is said is for the coming hours: an e-mail would be read too late when there is a mobile.
    func reach(minding discretion: Discretion, soon: Bool = false) -> (channel: Channel, recipient: String)? {
        guard channel != .none else { return nil }
        let first: Channel = soon && channel == .email ? .sms : channel
        let order: [Channel] = soon ? [first, .sms, .phone, .email, .letter] : [first, .sms, .email, .phone, .letter]
        for channel in order where discretion.allows(channel) {
            if let recipient = recipient(by: channel) { return (channel, recipient) }
        }
        return nil
    }

    private func recipient(by channel: Channel) -> String? {
        switch channel {
        case .sms: phones.first(where: \.mobile)?.number
        case .email: emails.first { $0.bouncedAt == nil }?.address
        case .phone: phones.first?.number
        case .letter: address.isEmpty || commune.isEmpty ? nil : "\(address)\n\(postalCode) \(commune)"
        case .none: nil
        }
    }
}

extension Message {
    /// What has not left yet and is no longer true will not leave.
    static func withdraw(about appointment: Appointment, to person: ID<Person>, at now: Instant, in db: Writer) throws {
        try withdrawFromSeveral(about: appointment, to: person, in: db)
        try db.send(
            """
            UPDATE message SET withdrawn_at = \(now) WHERE territory_id = \(appointment.territoryID)
              AND appointment_id = \(appointment.id) AND person_id = \(person) AND to_agent_id IS NULL AND \(waiting)
            """)
        try Reminder.lackAgain(of: appointment, to: person, in: db)
    }

    /// What has neither left nor been withdrawn, and nobody is sending.
    static let waiting: SQL = "message.sent_at IS NULL AND message.withdrawn_at IS NULL AND message.lease IS NULL"

    /// To a person, and not to an agent of what is in their agenda.
    static let toPeople: SQL = "message.to_agent_id IS NULL"

    /// What is still to be sent to someone, soonest first.
    static func due(to person: ID<Person>, of territory: Int64, in db: Reader) throws -> [Message] {
        try due("message.person_id = \(person)", of: territory, in: db)
    }

    /// What is still to be sent about an appointment, soonest first.
    public static func due(about appointment: Appointment, in db: Reader) throws -> [Message] {
        try due(naming(appointment), of: appointment.territoryID, in: db)
    }

    /// What left about an appointment, and what will, soonest first: not what was withdrawn.
    public static func standing(about appointment: Appointment, in db: Reader) throws -> [Message] {
        try all(about: appointment, in: db).filter { $0.state != .withdrawn }
    }

    /// What was ever to be sent about an appointment, soonest first.
    static func all(about appointment: Appointment, in db: Reader) throws -> [Message] {
        try all("\(naming(appointment)) AND \(toPeople)", of: appointment.territoryID, in: db)
    }

    private static func naming(_ appointment: Appointment) -> SQL {
        """
        (message.appointment_id = \(appointment.id) OR message.id IN (SELECT message_appointment.message_id FROM message_appointment
          WHERE message_appointment.territory_id = \(appointment.territoryID)
            AND message_appointment.appointment_id = \(appointment.id)))
        """
    }

    private static func due(_ filter: SQL, of territory: Int64, in db: Reader) throws -> [Message] {
        try all("\(filter) AND \(toPeople) AND message.sent_at IS NULL AND message.withdrawn_at IS NULL", of: territory, in: db)
    }

    /// Those of these ids.
    static func those(_ ids: [ID<Message>], of territory: Int64, in db: Reader) throws -> [Message] {
        ids.isEmpty ? [] : try all("message.id IN \(list: ids)", of: territory, in: db)
    }

    static let columns: SQL = """
        message.territory_id, message.id, message.person_id, message.appointment_id, message.purpose, message.channel, message.recipient,
        message.due_at, message.withdrawn_at, message.sent_at, message.to_person_id, message.names_reason, message.for_start,
        message.leased_until, message.attempts, message.outcome, message.because, message.to_agent_id, message.with_id,
        message.urgent_because
        """
    static let columnCount = 20

    init(_ row: Row, toName: String? = nil) throws {
        self.init(
            territoryID: try row[0], id: try row[1], personID: try row[2], appointmentID: try row[3], purpose: try row[4],
            channel: try row[5], recipient: try row[6], dueAt: try row[7], withdrawnAt: try row[8], sentAt: try row[9],
            toPersonID: try row[10], toName: toName, namesReason: try row[11])
        (forStart, leasedUntil, attempts) = (try row[12], try row[13], try row[14])
        (outcome, because) = (try row[15], try row[16])
        (toAgentID, withID, urgentBecause) = (try row[17], try row[18], try row[19])
    }

    private static func all(_ filter: SQL, of territory: Int64, in db: Reader) throws -> [Message] {
        var found = try db.all(
            """
            SELECT \(columns), coalesce(told.first_name, agent.first_name), coalesce(told.last_name, agent.last_name)
            FROM message LEFT JOIN person told ON told.territory_id = message.territory_id AND told.id = message.to_person_id
            LEFT JOIN agent ON agent.territory_id = message.territory_id AND agent.id = message.to_agent_id
            WHERE message.territory_id = \(territory) AND \(filter) ORDER BY message.due_at, message.id
            """
        ) { row in
            let last: String? = try row[columnCount + 1]
            return try Message(row, toName: try last.map { Person.displayName(firstName: try row[columnCount], lastName: $0) })
        }
        let others = try naming(found.map(\.id), of: territory, in: db)
        for index in found.indices { found[index].others = others[found[index].id, default: []] }
        return found
    }

    /// Beside the appointment that each is about.
    private static func naming(_ messages: [ID<Message>], of territory: Int64, in db: Reader) throws -> [ID<Message>: [ID<Appointment>]] {
        guard !messages.isEmpty else { return [:] }
        var found: [ID<Message>: [ID<Appointment>]] = [:]
        try db.forEach(
            """
            SELECT message_id, appointment_id FROM message_appointment
            WHERE territory_id = \(territory) AND message_id IN \(list: messages) ORDER BY appointment_id
            """
        ) { found[try $0[0], default: []].append(try $0[1]) }
        return found
    }
}
