import Foundation
import Scheduling
import Store

extension Sending {
    /// Writes what gateways answered, all or nothing.
    /// - Parameter chance: from 0 to 1, spreads what is tried again.
    public static func record(
        _ answers: [(sending: Sending, answer: Delivery.Answer)], at now: Instant, chance: Double = .random(in: 0...1), in store: Store
    ) async throws {
        try await store.claim { db in
            for (sending, answer) in answers { try sending.record(answer, at: now, chance: chance, in: db) }
            try GatewayFault.note(answers, at: now, in: db)
        }
    }

    private func record(_ answer: Delivery.Answer, at now: Instant, chance: Double, in db: Writer) throws {
        switch kind {
        case .message: try write(answer, at: now, chance: chance, in: db)
        case .trial: try CampaignTrial.record(answer, of: self, in: db)
        case .gatewayWord: try GatewayWord.record(answer, of: self, at: now, chance: chance, in: db)
        }
    }

    private func write(_ answer: Delivery.Answer, at now: Instant, chance: Double, in db: Writer) throws {
        // What the gateway told in the meantime of its arrival is the last word; what another worker gave up hope of is not.
        try db.send(
            """
            UPDATE delivery SET outcome = \(answer.outcome), because = \(answer.because), reference = \(answer.reference),
              milliseconds = \(answer.milliseconds), ended_at = \(now)
            WHERE territory_id = \(territoryID) AND id = \(id) AND (outcome IS NULL OR outcome = 'unknown')
            """)
        switch answer.outcome {
        case .handed, .arrived, .undelivered, .unknown: try settle(as: answer.outcome, answer.because, in: db)
        case .refused, .failed:
            // Given twice under one name, it left all the same when the other worker was told so.
            if let known = try outcome(in: db), known != answer.outcome { return try settle(as: known, nil, in: db) }
            if answer.outcome == .failed { return try miss(answer, at: now, chance: chance, in: db) }
            try settle("withdrawn_at = \(now), sent_at = NULL, outcome = 'refused', because = \(answer.because)", in: db)
            if answer.isGone, try isToPerson(in: db) { try Person.noteBounce(of: recipient, of: territoryID, at: now, in: db) }
        }
    }

    /// What an agent is told of their agenda is for nobody's file.
    private func isToPerson(in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM message WHERE territory_id = \(territoryID) AND id = \(messageID) AND \(Message.toPeople)")
    }

    private func outcome(in db: Reader) throws -> Delivery.Outcome? {
        try db.first("SELECT outcome FROM delivery WHERE territory_id = \(territoryID) AND id = \(id)") { try $0[0] } ?? nil
    }

    /// It left.
    private func settle(as outcome: Delivery.Outcome, _ because: Message.Cause?, in db: Writer) throws {
        try settle("sent_at = \(startedAt), withdrawn_at = NULL, outcome = \(outcome.rawValue), because = \(because)", in: db)
    }

    private func miss(_ answer: Delivery.Answer, at now: Instant, chance: Double, in db: Writer) throws {
        let since: Instant? = try db.first(
            "SELECT min(started_at) FROM delivery WHERE territory_id = \(territoryID) AND message_id = \(messageID)"
        ) { try $0[0] }
        let next = Patience.messages.next(after: attempts + 1, since: since ?? startedAt, at: now, chance: chance)
        if let next {
            try settle("due_at = \(next), because = \(answer.because), sent_at = NULL, outcome = NULL, with_id = NULL", in: db)
        } else {
            try settle("withdrawn_at = \(now), sent_at = NULL, outcome = 'abandoned', because = \(answer.because)", in: db)
        }
    }

    private func settle(_ standing: SQL, in db: Writer) throws {
        let which: SQL = along.isEmpty ? "id = \(messageID)" : "id IN \(list: [messageID] + along)"
        try db.send(
            """
            UPDATE message SET attempts = attempts + 1, lease = NULL, leased_until = NULL, \(standing)
            WHERE territory_id = \(territoryID) AND \(which) AND (lease = \(lease) OR outcome = 'unknown')
            """)
    }
}

extension Delivery {
    /// What a gateway says later of something that it took: un accusé.
    public enum Acknowledgement: String, Sendable {
        /// Written.
        case taken
        /// Nothing was ever given under this name.
        case unknown
        /// What became of it is known already.
        case settled
    }

    /// Writes that it arrived, or did not.
    public static func acknowledge(
        _ id: ID<Delivery>, of territory: Int64, arrived: Bool, because cause: Message.Cause = .notDelivered, at now: Instant, in db: Writer
    ) throws -> Acknowledgement {
        let message: ID<Message>? = try db.first(
            "SELECT message_id FROM delivery WHERE territory_id = \(territory) AND id = \(id)"
        ) { try $0[0] }
        guard let message else { return .unknown }
        let outcome = arrived ? Outcome.arrived : .undelivered, because: Message.Cause? = arrived ? nil : cause
        let written = try db.run(
            """
            UPDATE delivery SET outcome = \(outcome), because = \(because), ended_at = coalesce(ended_at, \(now)),
              acknowledged_at = \(now)
            WHERE territory_id = \(territory) AND id = \(id) AND (outcome IS NULL OR outcome = 'handed' OR outcome = 'unknown')
            """)
        guard written > 0 else { return .settled }
        try db.run(
            """
            UPDATE message SET sent_at = coalesce(sent_at, \(now)), withdrawn_at = NULL, outcome = \(outcome.rawValue),
              because = \(because), lease = NULL, leased_until = NULL
            WHERE territory_id = \(territory) AND (id = \(message) OR with_id = \(message))
            """)
        return .taken
    }

    /// The same, of what a gateway calls by its own reference.
    public static func acknowledge(
        reference: String, from gateway: String, arrived: Bool, at now: Instant, in db: Writer
    ) throws -> Acknowledgement {
        let found = try db.first(
            "SELECT territory_id, id FROM delivery WHERE gateway = \(gateway) AND reference = \(reference) ORDER BY id DESC LIMIT 1"
        ) { (try $0[0] as Int64, try $0[1] as ID<Delivery>) }
        guard let (territory, id) = found else { return .unknown }
        return try acknowledge(id, of: territory, arrived: arrived, at: now, in: db)
    }
}
