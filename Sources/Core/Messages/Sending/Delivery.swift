import Foundation
import Scheduling
import Store

/// Un envoi: one attempt to have a message carried, and what was answered (table `delivery`).
public struct Delivery: Sendable, Equatable {
    public let id: ID<Delivery>
    /// As the configuration calls it.
    public let gateway: String
    public let recipient: String
    public let startedAt: Instant
    public let milliseconds: Int?
    /// `nil` while it lasts.
    public let outcome: Outcome?
    public let because: Message.Cause?
    /// By which the gateway knows it.
    public let reference: String?
    /// When the gateway told whether it arrived.
    public var acknowledgedAt: Instant?

    public init(
        id: ID<Delivery>, gateway: String, recipient: String, startedAt: Instant, milliseconds: Int?, outcome: Outcome?,
        because: Message.Cause?, reference: String?
    ) {
        (self.id, self.gateway, self.recipient, self.startedAt) = (id, gateway, recipient, startedAt)
        (self.milliseconds, self.outcome, self.because, self.reference) = (milliseconds, outcome, because, reference)
    }

    /// Raw values are stored.
    public enum Outcome: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case handed, arrived, undelivered, unknown, refused
        /// It did not leave, and may be tried again.
        case failed

        public var label: String {
            switch self {
            case .handed: "remis à la passerelle"
            case .arrived: "arrivé"
            case .undelivered: "non arrivé"
            case .unknown: "sans réponse certaine"
            case .refused: "refusé"
            case .failed: "pas parti"
            }
        }
    }

    /// What a gateway answered to one sending.
    public struct Answer: Sendable, Equatable {
        public let outcome: Outcome
        public var because: Message.Cause?
        public var reference: String?
        public var milliseconds: Int
        /// Of an e-mail that was refused: nothing arrives at this address, today or later.
        public var isGone = false

        public init(_ outcome: Outcome, _ because: Message.Cause? = nil, reference: String? = nil, milliseconds: Int = 0) {
            (self.outcome, self.because, self.reference, self.milliseconds) = (outcome, because, reference, milliseconds)
        }
    }
}

extension Delivery {
    static let columns: SQL = """
        delivery.id, delivery.gateway, delivery.recipient, delivery.started_at, delivery.milliseconds, delivery.outcome, delivery.because,
        delivery.reference, delivery.acknowledged_at
        """

    init(_ row: Row) throws {
        self.init(
            id: try row[0], gateway: try row[1], recipient: try row[2], startedAt: try row[3], milliseconds: try row[4],
            outcome: try row[5], because: try row[6], reference: try row[7])
        acknowledgedAt = try row[8]
    }

    /// Those of each of these messages, the oldest first.
    public static func of(_ messages: [ID<Message>], of territory: Int64, in db: Reader) throws -> [ID<Message>: [Delivery]] {
        guard !messages.isEmpty else { return [:] }
        var found: [ID<Message>: [Delivery]] = [:]
        try db.forEach(
            """
            SELECT \(columns), delivery.message_id FROM delivery
            WHERE delivery.territory_id = \(territory) AND delivery.message_id IN \(list: messages) ORDER BY delivery.started_at, delivery.id
            """
        ) { found[try $0[9], default: []].append(try Delivery($0)) }
        return found
    }
}
