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
    public let rendered: Rendered
    public let startedAt: Instant
    /// What an e-mail carries for calendars.
    public var calendar: CalendarPart?
    let lease: UUID
    let attempts: Int
    /// Of a campaign, sent by an agent to themselves: no message is settled by it.
    var isTrial = false

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

        public init(name: String, channel: Person.Channel, isRepeatable: Bool, address: String? = nil) {
            (self.name, self.channel, self.isRepeatable, self.address) = (name, channel, isRepeatable, address)
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
        }
        guard isDue else { return Batch() }
        return try await store.claim { db in
            let messages = try db.all(
                """
                SELECT \(Message.columns) FROM message WHERE \(due(carrier, at: now)) ORDER BY message.due_at, message.id
                LIMIT \(limit)\(lock: .freeRows)
                """
            ) { try Message($0) }
            var batch = Batch(sendings: try CampaignTrial.take(by: carrier, at: now, in: db)), territories: [Int64: Territory] = [:]
            batch.seen = messages.count + batch.sendings.count
            let campaigns = try CampaignStanding.of(messages, by: carrier.channel, in: db)
            for message in messages {
                let territory = try territories[message.territoryID] ?? Territory.find(message.territoryID, in: db)
                guard let territory else { continue }
                territories[message.territoryID] = territory
                let attempt = Attempt(
                    message: message, campaign: campaigns[message.id], territory: territory, carrier: carrier, now: now)
                if let sending = try attempt.begin(in: db) { batch.sendings.append(sending) }
            }
            return batch
        }
    }

    private static func due(_ carrier: Carrier, at now: Instant) -> SQL {
        """
        message.channel = \(carrier.channel) AND message.due_at <= \(now) AND message.sent_at IS NULL AND message.withdrawn_at IS NULL
          AND (message.leased_until IS NULL OR message.leased_until <= \(now))
        """
    }
}

/// One message taken by one carrier.
private struct Attempt {
    let message: Message
    /// Of a campaign's message.
    let campaign: CampaignStanding?
    let territory: Territory
    let carrier: Sending.Carrier
    let now: Instant

    /// - Returns: `nil` when it does not leave now.
    func begin(in db: Writer) throws -> Sending? {
        if message.leasedUntil != nil, let left = try leftOver(in: db) { return try takeOver(left, in: db) }
        switch try Door(message, of: campaign, territory, in: db).verdict(at: now) {
        case .leaves: return try start(.new(), in: db)
        case .waits(let until): try update("due_at = \(until), lease = NULL, leased_until = NULL", in: db)
        case .untrue(let cause):
            try update("withdrawn_at = \(now), outcome = 'untrue', because = \(cause), lease = NULL, leased_until = NULL", in: db)
        }
        return nil
    }

    /// What a worker that died had begun.
    private func leftOver(in db: Reader) throws -> LeftOver? {
        try db.first(
            """
            SELECT id, gateway, repeatable, started_at FROM delivery
            WHERE territory_id = \(message.territoryID) AND message_id = \(message.id) AND outcome IS NULL
            """
        ) { LeftOver(id: try $0[0], gateway: try $0[1], repeatable: try $0[2], startedAt: try $0[3]) }
    }

    private struct LeftOver {
        let id: ID<Delivery>
        let gateway: String
        let repeatable: Bool
        let startedAt: Instant
    }

    /// The same gateway recognizes it and is given it again; of another, nobody knows whether it left.
    private func takeOver(_ left: LeftOver, in db: Writer) throws -> Sending? {
        if left.repeatable, left.gateway == carrier.name { return try start(left.id, isAgain: true, in: db) }
        if left.repeatable, left.startedAt.adding(days: 1) > now {
            // Not now: the workers of its own gateway come by.
            try update("leased_until = \(now.adding(seconds: 5))", in: db)
            return nil
        }
        try db.run(
            """
            UPDATE delivery SET outcome = 'unknown', because = 'broken', ended_at = \(now)
            WHERE territory_id = \(message.territoryID) AND id = \(left.id)
            """)
        try update(
            "sent_at = \(left.startedAt), outcome = 'unknown', because = 'broken', lease = NULL, leased_until = NULL", in: db)
        return nil
    }

    private func start(_ id: ID<Delivery>, isAgain: Bool = false, in db: Writer) throws -> Sending? {
        let rendered: Rendered
        do {
            rendered = try rendering(in: db)
        } catch is Refusal {
            try update("withdrawn_at = \(now), outcome = 'refused', because = 'content', lease = NULL, leased_until = NULL", in: db)
            return nil
        }
        let lease = UUID.version7(milliseconds: UInt64(now.rawValue) * 1000)
        if !isAgain {
            try db.send(
                """
                INSERT INTO delivery (territory_id, id, message_id, gateway, channel, recipient, repeatable, started_at)
                VALUES (\(message.territoryID), \(id), \(message.id), \(carrier.name), \(message.channel), \(message.recipient),
                  \(carrier.isRepeatable), \(now))
                """)
        }
        try update(
            """
            lease = \(lease), leased_until = \(now.adding(seconds: Sending.seconds)), template_version_id = \(rendered.templateVersionID)
            """, in: db)
        let sending = Sending(
            territoryID: message.territoryID, id: id, messageID: message.id, channel: message.channel, recipient: message.recipient,
            from: territory.name, rendered: rendered, startedAt: now,
            calendar: try CalendarPart.of(message, by: carrier, of: territory, in: db), lease: lease, attempts: message.attempts)
        if message.appointmentID != nil { try sending.keepWords(in: db) }
        return sending
    }

    private func rendering(in db: Reader) throws -> Rendered {
        if let campaign { return try message.rendered(campaign) }
        // With the other appointments that it names.
        let named = message.appointmentID == nil ? nil : try Message.those([message.id], of: message.territoryID, in: db).first
        return try (named ?? message).rendered(in: db)
    }

    private func update(_ change: SQL, in db: Writer) throws {
        try db.send("UPDATE message SET \(change) WHERE territory_id = \(message.territoryID) AND id = \(message.id)")
    }
}
