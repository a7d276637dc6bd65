import Foundation
import Scheduling
import Store

/// What shows that someone was told of a convocation: each message with its words, its hour, its channel and what the operator answered,
/// each letter that was posted, and each call in which they were told. Nothing follows from it by itself.
public struct SummonsProof: Sendable, Equatable {
    /// A message that a gateway was given, or tried to be.
    public struct Sent: Sendable, Equatable {
        public let message: Message
        public let delivery: Delivery
        /// Empty for an SMS.
        public let subject: String
        public let text: String

        public init(message: Message, delivery: Delivery, subject: String, text: String) {
            (self.message, self.delivery, self.subject, self.text) = (message, delivery, subject, text)
        }
    }

    /// Told by voice, from the list of those to call.
    public struct Call: Sendable, Equatable {
        public let at: Instant
        public let agentName: String

        public init(at: Instant, agentName: String) { (self.at, self.agentName) = (at, agentName) }
    }

    /// Of the appointment.
    public let start: Instant
    /// Oldest first.
    public let sent: [Sent]
    public let calls: [Call]
    /// When the person answered OUI.
    public let confirmed: [Instant]
    /// Oldest first.
    public var posted: [Posted] = []
    /// All that was answered with the code of a letter, OUI included.
    public var coded: [Coded] = []

    public init(start: Instant, sent: [Sent], calls: [Call], confirmed: [Instant], posted: [Posted] = [], coded: [Coded] = []) {
        (self.start, self.sent, self.calls, self.confirmed) = (start, sent, calls, confirmed)
        (self.posted, self.coded) = (posted, coded)
    }

    /// The best that there is from before the appointment.
    public enum Strength: String, CaseIterable, Sendable {
        case none, tried, handed, posted, arrived, answered, told, confirmed
    }

    public var strength: Strength {
        if !confirmed.isEmpty { return .confirmed }
        if calls.contains(where: { $0.at < start }) { return .told }
        if coded.contains(where: { $0.at < start }) { return .answered }
        let outcomes = sent.filter { $0.delivery.startedAt < start && $0.message.purpose != .cancellation }.map(\.delivery.outcome)
        if outcomes.contains(.arrived) { return .arrived }
        if posted.contains(where: { $0.postedAt < start && $0.message.purpose != .cancellation }) { return .posted }
        if outcomes.contains(.handed) { return .handed }
        return outcomes.isEmpty ? .none : .tried
    }
}

extension SummonsProof {
    /// - Returns: `nil` for an appointment that does not oblige.
    public static func of(_ details: AppointmentDetails, seenBy acting: Acting, in db: Reader) throws -> SummonsProof? {
        guard details.reason.isSummons else { return nil }
        let appointment = details.appointment
        let messages = try Message.hidingAddresses(Message.all(about: appointment, in: db), from: acting, in: db)
        let deliveries = try Delivery.of(messages.map(\.id), of: appointment.territoryID, in: db)
        let texts = try texts(messages.map(\.id), of: appointment.territoryID, in: db)
        let sent = messages.flatMap { message in
            (deliveries[message.id] ?? []).compactMap { delivery in
                texts[delivery.id].map { Sent(message: message, delivery: delivery, subject: $0.subject, text: $0.text) }
            }
        }
        return SummonsProof(
            start: appointment.startsAt, sent: sent.sorted { $0.delivery.startedAt < $1.delivery.startedAt },
            calls: try calls(about: appointment, in: db), confirmed: try confirmed(appointment, in: db),
            posted: try posted(messages, of: appointment.territoryID, in: db), coded: try coded(appointment, in: db))
    }

    private static func texts(
        _ messages: [ID<Message>], of territory: Int64, in db: Reader
    ) throws -> [ID<Delivery>: (subject: String, text: String)] {
        guard !messages.isEmpty else { return [:] }
        var found: [ID<Delivery>: (subject: String, text: String)] = [:]
        try db.forEach(
            """
            SELECT delivery_text.delivery_id, delivery_text.subject, delivery_text.text FROM delivery
            JOIN delivery_text ON delivery_text.territory_id = delivery.territory_id AND delivery_text.delivery_id = delivery.id
            WHERE delivery.territory_id = \(territory) AND delivery.message_id IN \(list: messages)
            """
        ) { found[try $0[0]] = (try $0[1], try $0[2]) }
        return found
    }

    private static func confirmed(_ appointment: Appointment, in db: Reader) throws -> [Instant] {
        try db.all(
            """
            SELECT received_at FROM reply WHERE territory_id = \(appointment.territoryID) AND appointment_id = \(appointment.id)
              AND effect = \(Reply.Effect.confirmed) AND for_start = \(appointment.startsAt) ORDER BY received_at
            """
        ) { try $0[0] }
    }

    private static func calls(about appointment: Appointment, in db: Reader) throws -> [Call] {
        try db.all(
            """
            SELECT reminder.called_at, agent.first_name, agent.last_name FROM reminder
            JOIN agent ON agent.territory_id = reminder.territory_id AND agent.id = reminder.called_by
            WHERE reminder.territory_id = \(appointment.territoryID) AND reminder.appointment_id = \(appointment.id)
              AND reminder.starts_at = \(appointment.startsAt)
            ORDER BY reminder.called_at
            """
        ) { Call(at: try $0[0], agentName: Person.displayName(firstName: try $0[1], lastName: try $0[2])) }
    }
}

extension Sending {
    /// Of a convocation, the words are kept as they leave; given again to a gateway that knows it, they are those it had.
    func keepWords(in db: Writer) throws {
        try db.send(
            """
            INSERT INTO delivery_text (territory_id, delivery_id, subject, text)
            SELECT delivery.territory_id, delivery.id, \(rendered.subject), \(rendered.text) FROM delivery
            JOIN message ON message.territory_id = delivery.territory_id AND message.id = delivery.message_id
            WHERE delivery.territory_id = \(territoryID) AND delivery.id = \(id) AND EXISTS (SELECT 1 FROM appointment
              JOIN reason ON reason.territory_id = appointment.territory_id AND reason.id = appointment.reason_id
              WHERE appointment.territory_id = message.territory_id AND reason.summons AND (appointment.id = message.appointment_id
                OR appointment.id IN (SELECT message_appointment.appointment_id FROM message_appointment
                  WHERE message_appointment.territory_id = message.territory_id AND message_appointment.message_id = message.id)))
            ON CONFLICT (territory_id, delivery_id) DO NOTHING
            """)
    }
}
