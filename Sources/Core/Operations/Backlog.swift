import Scheduling
import Store

/// What waits to be done, for those who watch over the server.
public struct Backlog: Sendable, Equatable {
    /// Messages that leave by themselves, whose hour has come and that have not left.
    public let messagesDue: Int
    /// Journal entries without their seal.
    public let journalUnsealed: Int

    public static func read(at now: Instant, in db: Reader) throws -> Backlog {
        let counts = try db.first(
            """
            SELECT (SELECT count(*) FROM message WHERE channel IN ('sms', 'email') AND due_at <= \(now) AND sent_at IS NULL
                AND withdrawn_at IS NULL),
              (SELECT count(*) FROM journal_header WHERE seq IS NULL)
            """
        ) { Backlog(messagesDue: try $0[0], journalUnsealed: try $0[1]) }
        return counts ?? Backlog(messagesDue: 0, journalUnsealed: 0)
    }
}
