import Foundation
import Scheduling
import Store

/// One worker's turn at one webhook: while it lasts no other worker sends there, on whatever node.
///
/// The turn is the webhook's and not the delivery's, so that its events leave one by one, in the order in which they happened, and a slow
/// address holds one worker.
public struct WebhookTurn: Sendable {
    let territoryID: Int64
    let webhookID: ID<Webhook>
    let lease: UUID

    /// Seconds without a sign of life after which another worker takes over: longer than any attempt.
    public static let seconds = 90

    /// What is to be sent now.
    public struct Parcel: Sendable, Equatable {
        public let deliveryID: ID<WebhookDelivery>
        public let url: String
        public let body: String
        /// `webhook-id`, `webhook-timestamp` and `webhook-signature`.
        public let headers: [Header]
        let attempts: Int
        let since: Instant

        public struct Header: Sendable, Equatable {
            public let name: String
            public let value: String
        }
    }
}

extension WebhookTurn {
    /// Takes the webhook that has waited longest among those with something to send.
    /// - Returns: `nil` when none has: a read alone then.
    public static func take(at now: Instant, in store: Store) async throws -> WebhookTurn? {
        let isDue = try await store.read { db in try db.exists("SELECT 1 FROM webhook_delivery WHERE due_at <= \(now) LIMIT 1") }
        return isDue ? try await store.claim { db in try take(at: now, in: db) } : nil
    }

    private static func take(at now: Instant, in db: Writer) throws -> WebhookTurn? {
        let found = try db.first(
            """
            SELECT webhook.territory_id, webhook.id FROM webhook
            WHERE webhook.leased_until <= \(now) AND webhook.resume_at <= \(now) AND webhook.turned_off_at IS NULL
              AND EXISTS (SELECT 1 FROM webhook_delivery WHERE webhook_delivery.due_at <= \(now)
                AND webhook_delivery.territory_id = webhook.territory_id AND webhook_delivery.webhook_id = webhook.id)
            ORDER BY webhook.resume_at, webhook.id LIMIT 1\(lock: .freeRows)
            """
        ) { (try $0[0] as Int64, try $0[1] as ID<Webhook>) }
        guard let (territory, webhook) = found else { return nil }
        let turn = WebhookTurn(territoryID: territory, webhookID: webhook, lease: .version7(milliseconds: UInt64(now.rawValue) * 1000))
        try db.run(
            """
            UPDATE webhook SET lease = \(turn.lease), leased_until = \(now.adding(seconds: seconds))
            WHERE territory_id = \(territory) AND id = \(webhook)
            """)
        return turn
    }

    /// The next thing to send, the oldest first, if the turn is still ours.
    public func next(at now: Instant, in store: Store) async throws -> Parcel? {
        try await store.claim { db in
            guard let webhook = try extend(at: now, in: db) else { return nil }
            let delivery = try db.first(
                """
                SELECT \(WebhookDelivery.columns) FROM webhook_delivery WHERE territory_id = \(territoryID) AND webhook_id = \(webhookID)
                  AND due_at <= \(now) ORDER BY id LIMIT 1
                """
            ) { try WebhookDelivery($0) }
            return delivery.map { Parcel($0, for: webhook, at: now) }
        }
    }

    private func extend(at now: Instant, in db: Writer) throws -> Webhook? {
        try db.first(
            """
            UPDATE webhook SET leased_until = \(now.adding(seconds: Self.seconds)) WHERE territory_id = \(territoryID) AND id = \(webhookID)
              AND lease = \(lease) AND leased_until > \(now) AND turned_off_at IS NULL RETURNING \(Webhook.columns)
            """
        ) { try Webhook($0) }
    }

    /// Gives the turn back: after a failure the address is left alone until an instant.
    func end(resuming resume: Instant?, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE webhook SET lease = NULL, leased_until = 0, resume_at = \(resume ?? now)
            WHERE territory_id = \(territoryID) AND id = \(webhookID) AND lease = \(lease)
            """)
    }

    public func end(at now: Instant, in store: Store) async throws {
        try await store.claim { db in try end(resuming: nil, at: now, in: db) }
    }
}

extension WebhookTurn.Parcel {
    fileprivate init(_ delivery: WebhookDelivery, for webhook: Webhook, at now: Instant) {
        let id = delivery.id.description
        let signatures = webhook.secrets(at: now).map { $0.signature(id: id, at: now, body: delivery.body) }
        self.init(
            deliveryID: delivery.id, url: webhook.url, body: delivery.body,
            headers: [
                Header(name: "webhook-id", value: id), Header(name: "webhook-timestamp", value: String(now.rawValue)),
                Header(name: "webhook-signature", value: signatures.joined(separator: " ")),
            ], attempts: delivery.attempts, since: delivery.since)
    }
}
