import Scheduling
import Store

/// What was sent to a webhook, and what became of it, for who sets it up.
extension WebhookDelivery {
    /// Days during which one can look at a delivery, and send it again.
    public static let keptDays = 30

    /// The newest first, with their last attempt.
    /// - Parameter mark: the last of the page before; none for the first.
    public static func all(of webhook: Webhook, before mark: ID<WebhookDelivery>?, limit: Int, in db: Reader) throws -> [WebhookDelivery] {
        let earlier: SQL = mark.map { "AND webhook_delivery.id < \($0)" } ?? ""
        return try db.all(
            """
            SELECT \(columns), \(Attempt.columns) FROM webhook_delivery
            LEFT JOIN webhook_attempt ON webhook_attempt.territory_id = webhook_delivery.territory_id AND webhook_attempt.id = (
              SELECT one.id FROM webhook_attempt one WHERE one.territory_id = webhook_delivery.territory_id
                AND one.delivery_id = webhook_delivery.id ORDER BY one.at DESC, one.id DESC LIMIT 1)
            WHERE webhook_delivery.territory_id = \(webhook.territoryID) AND webhook_delivery.webhook_id = \(webhook.id) \(earlier)
            ORDER BY webhook_delivery.id DESC LIMIT \(limit)
            """
        ) { try WebhookDelivery($0, last: try Attempt.read($0, at: columnCount)) }
    }

    /// One, with all its attempts, the newest first.
    /// - Throws: ``Refusal/notFound``.
    public static func find(
        _ id: ID<WebhookDelivery>, of webhook: Webhook, in db: Reader
    ) throws -> (delivery: WebhookDelivery, attempts: [Attempt]) {
        let attempts = try db.all(
            """
            SELECT \(Attempt.columns) FROM webhook_attempt WHERE territory_id = \(webhook.territoryID) AND delivery_id = \(id)
            ORDER BY at DESC, id DESC
            """
        ) { try Attempt.read($0, at: 0) }.compactMap(\.self)
        let found = try db.first(
            """
            SELECT \(columns) FROM webhook_delivery WHERE territory_id = \(webhook.territoryID) AND webhook_id = \(webhook.id)
              AND id = \(id)
            """
        ) { try WebhookDelivery($0, last: attempts.first) }
        guard let found else { throw Refusal.notFound }
        return (found, attempts)
    }

    static func forget(before oldest: Instant) -> [SQL] {
        [
            """
            DELETE FROM webhook_attempt WHERE EXISTS (SELECT 1 FROM webhook_delivery
              WHERE webhook_delivery.territory_id = webhook_attempt.territory_id AND webhook_delivery.id = webhook_attempt.delivery_id
                AND webhook_delivery.created_at < \(oldest))
            """,
            "DELETE FROM webhook_delivery WHERE created_at < \(oldest)",
        ]
    }

    /// How many were given up, among those that are kept.
    public static func givenUp(of webhook: Webhook, in db: Reader) throws -> Int {
        try db.first(
            """
            SELECT count(*) FROM webhook_delivery WHERE territory_id = \(webhook.territoryID) AND webhook_id = \(webhook.id)
              AND given_up_at IS NOT NULL
            """
        ) { try $0[0] } ?? 0
    }

    /// Sends it again, with the same id and the same body.
    /// - Throws: ``Refusal/notFound``; ``Refusal/webhookOff`` while the webhook is off.
    public static func replay(
        _ id: ID<WebhookDelivery>, of webhook: Webhook, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try acting.require(.setUpOrganization, in: webhook.organizationID)
        guard webhook.off == nil else { throw Refusal.webhookOff }
        let delivery = try find(id, of: webhook, in: db).delivery
        try db.run(
            """
            UPDATE webhook_delivery SET due_at = \(now), since = \(now), attempts = 0, delivered_at = NULL, given_up_at = NULL
            WHERE territory_id = \(webhook.territoryID) AND id = \(delivery.id)
            """)
        try db.run("UPDATE webhook SET resume_at = 0 WHERE territory_id = \(webhook.territoryID) AND id = \(webhook.id)")
        try Journal.record(
            .changed, about: webhook.id.uuid, ["what": "webhook-replay", "delivery": id.description], by: acting, at: now, in: db)
    }

    /// Sends a word about nothing, to try the address.
    public static func ping(_ webhook: Webhook, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpOrganization, in: webhook.organizationID)
        guard webhook.off == nil else { throw Refusal.webhookOff }
        let body = EventValue.object([("type", .text("ping")), ("timestamp", .text(now.rfc3339)), ("data", .object([]))]).json
        try insert("ping", about: nil, body, for: webhook.id, of: webhook.territoryID, at: now, in: db)
        try db.run("UPDATE webhook SET resume_at = 0 WHERE territory_id = \(webhook.territoryID) AND id = \(webhook.id)")
        try Journal.record(.changed, about: webhook.id.uuid, ["what": "webhook-ping"], by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let webhookOff = Refusal(
        .conflict, "webhook-off", "Ce webhook est arrêté : remettez-le en marche avant d’y envoyer quelque chose.")
}
