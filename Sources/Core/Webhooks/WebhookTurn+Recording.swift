import Scheduling
import Store

extension WebhookTurn {
    /// Writes what an attempt came to.
    /// - Returns: whether the turn goes on; it ends with a failure.
    public func record(
        _ attempt: WebhookDelivery.Attempt, of parcel: Parcel, chance: Double = .random(in: 0...1), in store: Store
    ) async throws -> Bool {
        try await store.claim { db in
            guard try isKept(parcel, in: db) else { return false }
            try insert(attempt, of: parcel, in: db)
            if attempt.outcome.isDelivered {
                try settle(parcel, "due_at = NULL, delivered_at = \(attempt.at)", in: db)
                try db.run("UPDATE webhook SET failures = 0 WHERE territory_id = \(territoryID) AND id = \(webhookID) AND failures > 0")
                return true
            }
            try miss(attempt, of: parcel, chance, in: db)
            return false
        }
    }

    /// Its webhook may have been deleted meanwhile, and the delivery with it.
    private func isKept(_ parcel: Parcel, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM webhook_delivery WHERE territory_id = \(territoryID) AND id = \(parcel.deliveryID)")
    }

    private func insert(_ attempt: WebhookDelivery.Attempt, of parcel: Parcel, in db: Writer) throws {
        var (status, trouble): (Int?, WebhookDelivery.Outcome.Trouble?) = (nil, nil)
        switch attempt.outcome {
        case .answered(let code): status = code
        case .failed(let cause): trouble = cause
        }
        try db.run(
            """
            INSERT INTO webhook_attempt (territory_id, id, delivery_id, at, status, trouble, milliseconds)
            VALUES (\(territoryID), \(ID<WebhookDelivery.Attempt>.new()), \(parcel.deliveryID), \(attempt.at), \(status), \(trouble),
              \(attempt.milliseconds))
            """)
    }

    /// Unless someone turned the webhook off meanwhile: it is given up then already.
    private func settle(_ parcel: Parcel, _ standing: SQL, in db: Writer) throws {
        try db.run(
            """
            UPDATE webhook_delivery SET attempts = \(parcel.attempts + 1), \(standing)
            WHERE territory_id = \(territoryID) AND id = \(parcel.deliveryID) AND due_at IS NOT NULL
            """)
    }

    private func miss(_ attempt: WebhookDelivery.Attempt, of parcel: Parcel, _ chance: Double, in db: Writer) throws {
        if let next = Patience.webhooks.next(after: parcel.attempts + 1, since: parcel.since, at: attempt.at, chance: chance) {
            try settle(parcel, "due_at = \(next)", in: db)
        } else {
            try settle(parcel, "due_at = NULL, given_up_at = \(attempt.at)", in: db)
        }
        let failures: Int? = try db.first(
            """
            UPDATE webhook SET failures = failures + 1 WHERE territory_id = \(territoryID) AND id = \(webhookID) RETURNING failures
            """
        ) { try $0[0] }
        if attempt.outcome.isGone, let webhook = try webhook(in: db) { try webhook.turnOff(.gone, at: attempt.at, in: db) }
        // The others wait a little too: at most five minutes behind an address that answers nothing.
        let pause = min(Patience.webhooks.wait(after: failures ?? 1, chance: chance), 300)
        try end(resuming: attempt.at.adding(seconds: pause), at: attempt.at, in: db)
    }

    private func webhook(in db: Reader) throws -> Webhook? {
        try db.first("SELECT \(Webhook.columns) FROM webhook WHERE territory_id = \(territoryID) AND id = \(webhookID)") {
            try Webhook($0)
        }
    }
}
