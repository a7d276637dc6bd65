import Core
import Scheduling
import Store

/// What the outbox keeps of those years: messages that left, each with the delivery that carried it.
extension CampaignCrowd {
    /// A confirmation and a reminder for each appointment of the scale before.
    func pastCount(_ scale: Int) -> Int { (scale - 1) * 40_000 }

    func loadPast(_ scale: Int, into store: Store) async throws {
        let count = pastCount(scale)
        var ids = SeededIDs(11)
        for from in stride(from: 0, to: count, by: Self.slice) {
            let past = (from..<min(from + Self.slice, count)).map { Past(rank: $0, message: ids.next(), delivery: ids.next()) }
            try await store.bulk { db in
                try db.load("message", columns: Self.messageColumns, rows: past.lazy.map(message))
                try db.load("delivery", columns: Self.deliveryColumns, rows: past.lazy.map(delivery))
            }
        }
        try await store.settle()
    }

    private static let slice = 200_000

    private struct Past {
        let rank: Int
        let message: ID<Message>
        let delivery: ID<Delivery>

        /// One every minute, until now.
        var at: Instant { AgendaShape.now.adding(minutes: -rank - 1) }
    }

    private static let messageColumns = [
        "territory_id", "id", "person_id", "purpose", "channel", "recipient", "due_at", "dedup_key", "created_at", "sent_at", "outcome",
        "attempts",
    ]

    private func message(_ past: Past) -> [SQLValue] {
        [
            houses.territory.id.sqlValue, past.message.sqlValue, ids[past.rank % Self.count].sqlValue, Message.Purpose.campaign.sqlValue,
            .text("sms"),
            .text(number(past.rank % Self.count)), past.at.sqlValue, .text("past/\(past.rank)"), past.at.sqlValue, past.at.sqlValue,
            .text("handed"),
            .integer(1),
        ]
    }

    private static let deliveryColumns = [
        "territory_id", "id", "message_id", "gateway", "channel", "recipient", "repeatable", "started_at", "ended_at", "milliseconds",
        "outcome", "reference",
    ]

    private func delivery(_ past: Past) -> [SQLValue] {
        [
            houses.territory.id.sqlValue, past.delivery.sqlValue, past.message.sqlValue, .text(HandingOver.carrier.name), .text("sms"),
            .text(number(past.rank % Self.count)), .bool(true), past.at.sqlValue, past.at.sqlValue, .integer(50), .text("handed"),
            .text(past.delivery.description),
        ]
    }
}
