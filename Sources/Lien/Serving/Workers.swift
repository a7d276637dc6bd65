import Core
import Foundation
import Logging
import Scheduling
import Store

/// What runs beside the pages.
enum Workers {
    static func all(
        in store: Store, webhooks: WebhookSender = WebhookSender(), logger: Logger, now: @escaping @Sendable () -> Instant
    ) -> [Periodic] {
        [sealer(in: store, logger: logger)] + senders(WebhookWorker(store: store, sender: webhooks, now: now), logger: logger)
            + Purge.allCases.map { purge in
                Periodic(name: "purge-\(purge.rawValue)", every: .seconds(600), logger: logger) {
                    _ = try await purge.run(at: now(), in: store)
                }
            }
    }

    private static func senders(_ worker: WebhookWorker, logger: Logger) -> [Periodic] {
        (1...WebhookWorker.lanes).map { lane in
            Periodic(name: "webhooks-\(lane)", every: .seconds(1), logger: logger) { try await worker.work() }
        }
    }

    /// Seals new journal entries within a second; in a rush it goes on until none is left.
    private static func sealer(in store: Store, logger: Logger) -> Periodic {
        Periodic(name: "journal-sealer", every: .milliseconds(500), logger: logger) {
            while try await Journal.seal(limit: 2_000, in: store) >= 2_000 { try Task.checkCancellation() }
        }
    }
}
