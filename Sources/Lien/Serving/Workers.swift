import Core
import Foundation
import Logging
import Scheduling
import Store

/// What runs beside the pages.
enum Workers {
    static func all(
        in store: Store, calendars: Calendars = Calendars(), webhooks: WebhookSender = WebhookSender(),
        foreign: ForeignCalendarReader = ForeignCalendarReader(), messages: [MessageWorker] = [], returns: [ReturnMailbox] = [],
        logger: Logger,
        now: @escaping @Sendable () -> Instant
    ) -> [Periodic] {
        [
            sealer(in: store, logger: logger), figures(in: store, calendars, logger: logger, now: now),
            reminders(in: store, logger: logger, now: now), places(in: store, logger: logger, now: now),
            campaigns(in: store, logger: logger, now: now),
        ]
            + senders(WebhookWorker(store: store, sender: webhooks, now: now), logger: logger)
            + readers(ForeignCalendarWorker(store: store, reader: foreign, now: now), logger: logger)
            + readers(of: returns, in: store, logger: logger, now: now)
            + messages.enumerated().flatMap { carriers($0.element, "messages-\($0.offset + 1)", logger: logger) }
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

    private static func carriers(_ worker: MessageWorker, _ name: String, logger: Logger) -> [Periodic] {
        (1...MessageWorker.lanes).map { lane in
            Periodic(name: "\(name)-\(lane)", every: .seconds(1), logger: logger) { try await worker.work() }
        }
    }

    /// Finds the reminders that are lacking; in a rush it goes on until none is.
    private static func reminders(in store: Store, logger: Logger, now: @escaping @Sendable () -> Instant) -> Periodic {
        Periodic(name: "reminders", every: .seconds(5), logger: logger) {
            while try await Reminder.find(limit: 200, at: now(), in: store) >= 200 { try Task.checkCancellation() }
        }
    }

    /// Tells of the places that were given back.
    private static func places(in store: Store, logger: Logger, now: @escaping @Sendable () -> Instant) -> Periodic {
        Periodic(name: "freed-places", every: .seconds(5), logger: logger) {
            while try await FreedPlace.offer(limit: 50, at: now(), in: store) >= 50 { try Task.checkCancellation() }
        }
    }

    /// Makes the messages of what was launched; what a node left half done, another goes on with.
    private static func campaigns(in store: Store, logger: Logger, now: @escaping @Sendable () -> Instant) -> Periodic {
        Periodic(name: "campaigns", every: .seconds(2), logger: logger) {
            while try await Campaign.queueNext(at: now(), in: store) > 0 { try Task.checkCancellation() }
        }
    }

    /// What comes back to e-mails.
    private static func readers(
        of mailboxes: [ReturnMailbox], in store: Store, logger: Logger, now: @escaping @Sendable () -> Instant
    ) -> [Periodic] {
        guard !mailboxes.isEmpty else { return [] }
        let worker = ReturnWorker(store: store, mailboxes: mailboxes, logger: logger, now: now)
        return [Periodic(name: "returns", every: .seconds(5), logger: logger) { try await worker.work() }]
    }

    private static func readers(_ worker: ForeignCalendarWorker, logger: Logger) -> [Periodic] {
        (1...ForeignCalendarWorker.lanes).map { lane in
            Periodic(name: "foreign-calendars-\(lane)", every: .seconds(5), logger: logger) { try await worker.work() }
        }
    }

    /// Counts again within a minute what changed, and finds once a day where the first free slots are.
    private static func figures(
        in store: Store, _ calendars: Calendars, logger: Logger, now: @escaping @Sendable () -> Instant
    ) -> Periodic {
        Periodic(name: "figures", every: .seconds(60), logger: logger) {
            try await FigureKeeping.keep(at: now(), in: store)
            try await FirstFree.keep(with: calendars, at: now(), in: store)
        }
    }

    /// Seals new journal entries within a second; in a rush it goes on until none is left.
    private static func sealer(in store: Store, logger: Logger) -> Periodic {
        Periodic(name: "journal-sealer", every: .milliseconds(500), logger: logger) {
            while try await Journal.seal(limit: 2_000, in: store) >= 2_000 { try Task.checkCancellation() }
        }
    }
}
