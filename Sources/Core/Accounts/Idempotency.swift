import Scheduling
import Store

/// A creation that a program may ask for twice, when it does not know whether the first was heard: it is done once (table `idempotency`).
///
/// Its answer is kept for a day in the transaction that makes the thing. What was refused wrote nothing, is not kept, and may be tried again.
public struct Idempotency: Sendable, Equatable {
    /// Chosen by the program, one for each thing to make.
    public let key: String
    /// SHA-256 of what was asked, so that one key is not taken for two things.
    public let request: [UInt8]

    public init(key: String, request: [UInt8]) {
        self.key = key
        self.request = request
    }

    /// What was answered the first time.
    public struct Answer: Sendable, Equatable {
        public let status: Int
        public let body: String

        public init(status: Int, body: String) {
            self.status = status
            self.body = body
        }
    }

    /// Hours during which asking again gives the same answer.
    public static let hours = 24
    /// Broken by the second of two at once, on PostgreSQL, when the first commits: asking again then finds its answer.
    public static let constraint = "idempotency_pkey"
}

extension Idempotency {
    /// Does it, or gives the answer of the first time.
    /// - Throws: ``Refusal/idempotencyKeyReused``; `ConstraintViolation` named ``constraint``, after which one asks again.
    public func once(by acting: Acting, at now: Instant, in db: Writer, _ act: () throws -> Answer) throws -> Answer {
        if let kept = try kept(by: acting, since: now.adding(seconds: -Self.hours * 3600), in: db) { return kept }
        try reserve(by: acting, at: now, in: db)
        let answer = try act()
        try db.run(
            """
            UPDATE idempotency SET status = \(answer.status), response = \(answer.body)
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND key = \(key)
            """)
        return answer
    }

    private func kept(by acting: Acting, since oldest: Instant, in db: Writer) throws -> Answer? {
        try db.run(
            """
            DELETE FROM idempotency WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND key = \(key)
              AND created_at <= \(oldest)
            """)
        let kept = try db.first(
            """
            SELECT request, status, response FROM idempotency
            WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id) AND key = \(key)
            """
        ) { (request: try $0[0] as [UInt8], answer: Answer(status: try $0[1], body: try $0[2])) }
        guard let kept else { return nil }
        guard kept.request == request else { throw Refusal.idempotencyKeyReused }
        return kept.answer
    }

    /// The row comes first, so that two at once with one key wait for each other before they do anything.
    private func reserve(by acting: Acting, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO idempotency (territory_id, agent_id, key, request, status, response, created_at)
            VALUES (\(acting.territoryID), \(acting.agent.id), \(key), \(request), 0, '', \(now))
            """)
    }
}

extension Refusal {
    public static let idempotencyKeyReused = Refusal(
        .invalid, "idempotency-key-reused",
        "Cette clé Idempotency-Key a déjà servi pour une autre demande. Donnez-en une neuve à chaque création.")
}

extension ConstraintViolation {
    /// What to say of a rule that the schema alone could judge.
    public var refusal: Refusal? {
        switch name {
        case Claim.overlap: .slotTaken
        case GroupSeats.full: .groupFull
        case GroupSeats.cancelled: .groupCancelled
        default: nil
        }
    }
}
