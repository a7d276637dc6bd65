import Scheduling
import Store

/// What must not outlive its use. Each is a query for what is still there: asking twice changes nothing, and any node may ask.
public enum Purge: String, CaseIterable, Sendable {
    /// What people said when booking, 30 days after the appointment.
    case said
    /// Sessions and password links that have ended, and failures to sign in that no longer count.
    case sessions
    /// Answers kept for a client that asks twice with one key.
    case idempotency
    /// Time held for a booking that never came.
    case holds
    /// Files to import and their reports, a day after: they hold names.
    case imports
    /// What was sent to webhooks, 30 days after.
    case webhooks
    /// Codes of letters, once their appointment is over.
    case codes
    /// What administrators were told of gateways, 30 days after, and what has kept none since.
    case faults

    /// - Returns: how many rows were changed or deleted.
    @discardableResult
    public func run(at now: Instant, in store: Store) async throws -> Int {
        // READ COMMITTED: a purge must not make a writer retry.
        try await store.claim { db in try statements(now).reduce(0) { try $0 + db.run($1) } }
    }

    private func statements(_ now: Instant) -> [SQL] {
        switch self {
        case .said: ["UPDATE appointment SET said = NULL WHERE said IS NOT NULL AND ends_at < \(now.adding(days: -30))"]
        case .sessions:
            [
                "DELETE FROM session WHERE expires_at <= \(now) OR seen_at <= \(now.adding(seconds: -Session.idle))",
                "DELETE FROM password_link WHERE expires_at <= \(now)",
                "DELETE FROM sign_in_failure WHERE at <= \(now.adding(seconds: -SignInLimit.window))",
            ]
        case .idempotency: ["DELETE FROM idempotency WHERE created_at < \(now.adding(days: -1))"]
        case .holds: ["DELETE FROM claim WHERE expires_at <= \(now)"]
        case .imports: ["DELETE FROM import_file WHERE created_at < \(now.adding(days: -1))"]
        case .codes: [AnswerCode.forget(at: now)]
        case .faults: GatewayFault.forget(before: now.adding(days: -30))
        case .webhooks: WebhookDelivery.forget(before: now.adding(days: -WebhookDelivery.keptDays))
        }
    }
}
