import Scheduling
import Store

/// What waits because gateways do not take it, by channel and cause: it leaves by itself once that is put right.
public struct GatewayTrouble: Sendable, Equatable {
    public let channel: Person.Channel
    public let because: Message.Cause
    public let messages: Int
    /// When the first of them was first tried.
    public let since: Instant

    public init(channel: Person.Channel, because: Message.Cause, messages: Int, since: Instant) {
        (self.channel, self.because, self.messages, self.since) = (channel, because, messages, since)
    }

    /// What only someone can put right is told at once; what may pass by itself, once it was tried some more.
    private static let standing: SQL = """
        message.sent_at IS NULL AND message.withdrawn_at IS NULL AND message.because IS NOT NULL
          AND (message.attempts >= 4 OR message.because = 'credit' OR message.because = 'credentials')
        """

    /// The longest first.
    public static func read(for acting: Acting, in db: Reader) throws -> [GatewayTrouble] {
        try acting.require(.setUpTerritory)
        return try db.all(
            """
            SELECT message.channel, message.because, count(DISTINCT message.id), min(delivery.started_at) FROM message
            JOIN delivery ON delivery.territory_id = message.territory_id AND delivery.message_id = message.id
            WHERE message.territory_id = \(acting.territoryID) AND \(standing)
            GROUP BY message.channel, message.because ORDER BY min(delivery.started_at), message.channel, message.because
            """
        ) { GatewayTrouble(channel: try $0[0], because: try $0[1], messages: try $0[2], since: try $0[3]) }
    }

    /// For the bar: how many messages wait, a thousand at most.
    public static func count(for acting: Acting, in db: Reader) throws -> Int {
        guard acting.can(.setUpTerritory) else { return 0 }
        return try db.first(
            """
            SELECT count(*) FROM (SELECT 1 FROM message WHERE message.territory_id = \(acting.territoryID) AND \(standing) LIMIT 1000) stuck
            """
        ) { try $0[0] } ?? 0
    }
}
