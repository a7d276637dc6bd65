import Foundation
import Scheduling
import Store

/// « Envois »: what waits to leave, what left and what did not, about the appointments that one agent may see.
public struct Envois: Sendable, Equatable {
    public struct Line: Sendable, Equatable {
        public let message: Message
        public let personName: String
        /// Oldest first.
        public let deliveries: [Delivery]

        public init(message: Message, personName: String, deliveries: [Delivery]) {
            (self.message, self.personName, self.deliveries) = (message, personName, deliveries)
        }

        /// When what became of it was settled, or when it is to leave.
        public var at: Instant { message.sentAt ?? message.withdrawnAt ?? message.dueAt }
    }

    /// Where one looks.
    public enum Tray: String, CaseIterable, Sendable {
        case waiting, sent, kept

        public var label: String {
            switch self {
            case .waiting: "À envoyer"
            case .sent: "Partis"
            case .kept: "Non partis"
            }
        }

        /// How what stands there may stand.
        public var states: [Message.State] {
            switch self {
            case .waiting: [.waiting, .sending]
            case .sent: [.handed, .arrived, .undelivered, .unknown, .said]
            case .kept: [.refused, .abandoned, .withdrawn]
            }
        }

        fileprivate var filter: SQL {
            switch self {
            case .waiting: "message.sent_at IS NULL AND message.withdrawn_at IS NULL"
            case .sent: "message.sent_at IS NOT NULL"
            case .kept: "message.withdrawn_at IS NOT NULL"
            }
        }

        fileprivate var time: SQL {
            switch self {
            case .waiting: "message.due_at"
            case .sent: "message.sent_at"
            case .kept: "message.withdrawn_at"
            }
        }
    }

    public let lines: [Line]
    /// Where the next page begins; nothing on the last.
    public let next: Story.Mark?

    public init(lines: [Line], next: Story.Mark? = nil) { (self.lines, self.next) = (lines, next) }
}

extension Envois {
    /// A page: the soonest first of what waits, the newest first of the rest.
    /// - Throws: ``Refusal/forbidden`` for who sees no appointments.
    public static func read(
        _ tray: Tray, _ state: Message.State? = nil, on channel: Person.Channel? = nil, after mark: Story.Mark? = nil, limit: Int = 50,
        seenBy acting: Acting, in db: Reader
    ) throws -> Envois {
        try acting.require(.book)
        let isForward = tray == .waiting
        var filter: SQL = "\(tray.filter) AND \(Appointment.visible(to: acting))"
        if let state { filter = "\(filter) AND \(state.sql)" }
        if let channel { filter = "\(filter) AND message.channel = \(channel)" }
        if let mark {
            let sign: SQL = isForward ? ">" : "<"
            filter = "\(filter) AND (\(tray.time) \(sign) \(mark.at) OR (\(tray.time) = \(mark.at) AND message.id \(sign) \(mark.id)))"
        }
        let order: SQL = isForward ? "ASC" : "DESC"
        let ids: [ID<Message>] = try db.all(
            """
            SELECT message.id FROM message
            JOIN appointment ON appointment.territory_id = message.territory_id AND appointment.id = message.appointment_id
            WHERE message.territory_id = \(acting.territoryID) AND \(filter)
            ORDER BY \(tray.time) \(order), message.id \(order) LIMIT \(limit + 1)
            """
        ) { try $0[0] }
        let lines = try lines(Array(ids.prefix(limit)), seenBy: acting, in: db)
        return Envois(lines: lines, next: ids.count > limit ? lines.last.map { Story.Mark(at: $0.at, id: $0.message.id.uuid) } : nil)
    }

    private static func lines(_ ids: [ID<Message>], seenBy acting: Acting, in db: Reader) throws -> [Line] {
        let found = try Message.hidingAddresses(Message.those(ids, of: acting.territoryID, in: db), from: acting, in: db)
        let messages = Dictionary(uniqueKeysWithValues: found.map { ($0.id, $0) })
        let deliveries = try Delivery.of(ids, of: acting.territoryID, in: db)
        var names: [ID<Person>: String] = [:]
        try db.forEach(
            """
            SELECT id, first_name, last_name FROM person
            WHERE territory_id = \(acting.territoryID) AND id IN \(list: Array(Set(found.map(\.personID))).sorted())
            """
        ) { names[try $0[0]] = Person.displayName(firstName: try $0[1], lastName: try $0[2]) }
        return ids.compactMap { id in
            messages[id].map { Line(message: $0, personName: names[$0.personID] ?? "", deliveries: deliveries[id] ?? []) }
        }
    }
}
