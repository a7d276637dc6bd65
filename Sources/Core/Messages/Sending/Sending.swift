import Foundation
import Scheduling
import Store

/// One message on its way: what a gateway is given, from the moment it passed the door until its answer is written.
public struct Sending: Sendable, Equatable {
    public let territoryID: Int64
    /// The same when it is sent again after a worker died: a gateway that knows it sends nothing twice.
    public let id: ID<Delivery>
    public let messageID: ID<Message>
    public let channel: Person.Channel
    public let recipient: String
    /// Who writes: the territory.
    public let from: String
    public internal(set) var rendered: Rendered
    public let startedAt: Instant
    /// What an e-mail carries for calendars.
    public var calendar: CalendarPart?
    /// Of a campaign's e-mail: where whoever reads it says that they want no more.
    public var optOut: String?
    let lease: UUID
    let attempts: Int
    /// Information to many, which may be refused.
    public internal(set) var isCampaign = false
    /// What leaves in its text, and shares its fate.
    var along: [ID<Message>] = []
    var kind = Kind.message

    /// What is settled by the answer.
    enum Kind: Sendable {
        case message
        /// Of a campaign, sent by an agent to themselves.
        case trial
        /// To an administrator, about a gateway.
        case gatewayWord
    }

    /// Seconds without an answer after which a worker is taken for dead: longer than any attempt.
    public static let seconds = 120
}

extension Sending {
    /// What carries: its name in the configuration, and whether it recognizes what it was given twice.
    public struct Carrier: Sendable, Equatable {
        public let name: String
        public let channel: Person.Channel
        public let isRepeatable: Bool
        /// Of e-mail: who invites. Without it an e-mail carries nothing for calendars.
        public let address: String?
        /// Of e-mail: where an agent reads what changed in their agenda. Without it they are told, and find it by themselves.
        public var changesPage: String?
        /// Of e-mail: where an administrator sees what gateways do not take.
        public var gatewaysPage: String?

        public init(
            name: String, channel: Person.Channel, isRepeatable: Bool, address: String? = nil, changesPage: String? = nil,
            gatewaysPage: String? = nil
        ) {
            (self.name, self.channel, self.isRepeatable, self.address) = (name, channel, isRepeatable, address)
            (self.changesPage, self.gatewaysPage) = (changesPage, gatewaysPage)
        }
    }

    /// What a look at the outbox found.
    public struct Batch: Sendable {
        public var sendings: [Sending] = []
        /// How many were looked at, those that did not pass the door included: none when nothing is due.
        public var seen = 0
    }

    /// Takes the messages that have waited longest, judges each at the door, and writes that they are on their way.
    public static func take(_ limit: Int, by carrier: Carrier, at now: Instant, in store: Store) async throws -> Batch {
        let isDue = try await store.read { db in
            try db.exists("SELECT 1 FROM message WHERE \(due(carrier, at: now)) LIMIT 1") || CampaignTrial.isWaiting(for: carrier, in: db)
                || GatewayWord.isWaiting(for: carrier, at: now, in: db)
        }
        guard isDue else { return Batch() }
        return try await store.claim { db in
            let messages = try db.all(
                """
                SELECT \(Message.columns) FROM message WHERE \(due(carrier, at: now)) ORDER BY message.due_at, message.id
                LIMIT \(limit)\(lock: .freeRows)
                """
            ) { try Message($0) }
            var along: Set<ID<Message>> = []
            let apart = try CampaignTrial.take(by: carrier, at: now, in: db) + GatewayWord.take(by: carrier, at: now, in: db)
            var batch = Batch(sendings: apart), territories: [Int64: Territory] = [:]
            batch.seen = messages.count + batch.sendings.count
            let campaigns = try CampaignStanding.of(messages, by: carrier.channel, in: db)
            for message in messages where !along.contains(message.id) {
                let territory = try territories[message.territoryID] ?? Territory.find(message.territoryID, in: db)
                guard let territory else { continue }
                territories[message.territoryID] = territory
                let attempt = Attempt(
                    message: message, campaign: campaigns[message.id], territory: territory, carrier: carrier, now: now)
                if let sending = try attempt.begin(in: db) {
                    batch.sendings.append(sending)
                    along.formUnion(sending.along)
                }
            }
            return batch
        }
    }

    private static func due(_ carrier: Carrier, at now: Instant) -> SQL {
        """
        message.channel = \(carrier.channel) AND message.due_at <= \(now) AND message.sent_at IS NULL AND message.withdrawn_at IS NULL
          AND (message.leased_until IS NULL OR message.leased_until <= \(now)) AND message.with_id IS NULL
        """
    }
}
