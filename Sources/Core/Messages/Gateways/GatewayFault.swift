import Scheduling
import Store

/// Une panne: what keeps a gateway from taking what it is given, since when, and when administrators were told (table `gateway_fault`).
///
/// It is noted with what was answered, and told when it begins and once a day as long as it lasts: not at each attempt.
struct GatewayFault: Sendable, Hashable {
    let territoryID: Int64
    let gateway: String
    let channel: Person.Channel
    let because: Message.Cause

    /// Minutes without a failure, with something carried since, after which the next one is another fault: what waits is tried again
    /// within less.
    static let rest = 60

    /// Of what was answered, what stands in the way: tells it, if it was not told yet.
    static func note(_ answers: [(sending: Sending, answer: Delivery.Answer)], at now: Instant, in db: Writer) throws {
        var noted: Set<GatewayFault> = []
        for (sending, answer) in answers where sending.kind == .message && answer.outcome == .failed {
            guard let because = answer.because, GatewayTrouble.isStanding(because, attempts: sending.attempts + 1),
                !noted.contains(where: { $0.territoryID == sending.territoryID && $0.because == because }),
                let fault = try of(sending, because, in: db)
            else { continue }
            noted.insert(fault)
        }
        // In one order, whoever notes: two workers take turns and never wait for each other.
        for fault in noted.sorted(by: { ($0.territoryID, $0.because.rawValue) < ($1.territoryID, $1.because.rawValue) }) {
            try fault.note(at: now, in: db)
        }
    }

    private static func of(_ sending: Sending, _ because: Message.Cause, in db: Reader) throws -> GatewayFault? {
        try db.first("SELECT gateway FROM delivery WHERE territory_id = \(sending.territoryID) AND id = \(sending.id)") {
            GatewayFault(territoryID: sending.territoryID, gateway: try $0[0], channel: sending.channel, because: because)
        }
    }

    private func note(at now: Instant, in db: Writer) throws {
        guard let known = try standing(in: db) else {
            let isFirst = try db.run(
                """
                INSERT INTO gateway_fault (territory_id, gateway, because, channel, since, seen_at, told_at)
                VALUES (\(territoryID), \(gateway), \(because), \(channel), \(now), \(now), \(now))
                ON CONFLICT (territory_id, gateway, because) DO NOTHING
                """)
            if isFirst > 0 { try GatewayWord.tell(self, at: now, in: db) }
            return
        }
        let isAnother = try known.seenAt.adding(minutes: Self.rest) <= now && hasCarried(since: known.seenAt, in: db)
        let isTold = isAnother || known.toldAt.adding(days: 1) <= now
        // A fault that lasts is not written again at each message of thousands.
        guard isTold || known.seenAt.adding(minutes: 1) <= now else { return }
        // Told by another worker in between, it is not so any more.
        let written = try db.run(
            """
            UPDATE gateway_fault SET seen_at = \(now), told_at = \(isTold ? now : known.toldAt), since = \(isAnother ? now : known.since)
            WHERE \(own) AND told_at = \(known.toldAt) AND seen_at <= \(now)
            """)
        if isTold, written > 0 { try GatewayWord.tell(self, at: now, in: db) }
    }

    private var own: SQL { "territory_id = \(territoryID) AND gateway = \(gateway) AND because = \(because)" }

    struct Standing: Sendable {
        let since: Instant
        let seenAt: Instant
        let toldAt: Instant
    }

    func standing(in db: Reader) throws -> Standing? {
        try db.first("SELECT since, seen_at, told_at FROM gateway_fault WHERE \(own)") {
            Standing(since: try $0[0], seenAt: try $0[1], toldAt: try $0[2])
        }
    }

    /// Whether it works again.
    func hasCarried(since start: Instant, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM delivery WHERE territory_id = \(territoryID) AND started_at > \(start) AND gateway = \(gateway)
              AND (outcome = 'handed' OR outcome = 'arrived' OR outcome = 'undelivered')
            """)
    }

    static func forget(before oldest: Instant) -> [SQL] {
        [
            "DELETE FROM gateway_word WHERE told_at < \(oldest) AND (taken_at IS NULL OR taken_at < \(oldest))",
            "DELETE FROM gateway_fault WHERE seen_at < \(oldest)",
        ]
    }

    /// It is over before anyone could be told: the next one is another.
    func forget(in db: Writer) throws { try db.run("DELETE FROM gateway_fault WHERE \(own)") }
}
