import Scheduling
import Store

extension LetterBatch {
    /// Tout est posté: what is still true was said now; the others leave the batch, each with its cause.
    /// - Returns: how many were posted.
    /// - Throws: ``Refusal/letterBatchSettled`` when it is posted or undone already.
    @discardableResult
    public static func post(_ id: ID<LetterBatch>, by acting: Acting, at now: Instant, in db: Writer) throws -> Int {
        let batch = try lock(id, seenBy: acting, in: db)
        guard batch.state == .prepared else { throw Refusal.letterBatchSettled }
        var posted = 0
        for letter in try batch.standing(of: acting.territory, at: now, in: db) {
            if let trouble = letter.trouble {
                try batch.remove(letter.message, because: trouble, at: now, in: db)
            } else {
                posted += try batch.say(letter.message, at: now, in: db)
            }
        }
        try batch.update("posted_at = \(now), posted_by = \(acting.agent.id)", in: db)
        try batch.journal(.changed, ["outcome": "posted", "letters": "\(posted)"], by: acting, at: now, in: db)
        return posted
    }

    /// Cancelled or moved in this very moment, it leaves the batch.
    private func say(_ message: Message, at now: Instant, in db: Writer) throws -> Int {
        let said = try db.run(
            "UPDATE message SET sent_at = \(now) WHERE territory_id = \(territoryID) AND id = \(message.id) AND \(Message.waiting)")
        if said == 0 { try remove(message, because: .moved, at: now, in: db) }
        return said
    }

    private func remove(_ message: Message, because cause: Message.Cause, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE letter SET removed_at = \(now), because = \(cause)
            WHERE territory_id = \(territoryID) AND batch_id = \(id) AND message_id = \(message.id) AND removed_at IS NULL
            """)
    }

    /// Défaire le lot: its letters are to be printed again.
    /// - Throws: ``Refusal/letterBatchSettled`` when it is posted or undone already.
    public static func undo(_ id: ID<LetterBatch>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let batch = try lock(id, seenBy: acting, in: db)
        guard batch.state == .prepared else { throw Refusal.letterBatchSettled }
        try db.run(
            """
            UPDATE letter SET removed_at = \(now), because = \(Message.Cause.undone)
            WHERE territory_id = \(batch.territoryID) AND batch_id = \(id) AND removed_at IS NULL
            """)
        try batch.update("undone_at = \(now), undone_by = \(acting.agent.id)", in: db)
        try batch.journal(.changed, ["outcome": "undone"], by: acting, at: now, in: db)
    }
}

extension Refusal {
    public static let letterBatchSettled = Refusal(
        .conflict, "letter-batch-settled", "Ce lot est déjà posté ou défait : un collègue s’en est occupé. Rechargez la page.")
}
