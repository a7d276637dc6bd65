import Foundation
import Scheduling
import Store

extension LetterBatch {
    /// Puts the letters that wait in an organization together, the oldest first, ``most`` at once; each gets a code to answer with when it
    /// is about an appointment to come.
    ///
    /// Two agents who prepare at once share them out: a letter is in one batch, which the schema says too.
    /// - Parameter key: nothing when no public address is known: no code is printed then.
    /// - Throws: ``Refusal/noLetters`` when none waits, or a colleague was faster.
    public static func prepare(
        for house: ID<Organization>, key: AnswerCode.Key?, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> LetterBatch {
        try Letter.requireRight(of: acting)
        guard houses(of: acting).contains(house) else { throw Refusal.forbidden }
        let messages = try stillTrue(waiting(in: house, for: acting, at: now, in: db), of: acting.territory, at: now, in: db)
        let batch = LetterBatch(
            territoryID: acting.territoryID, organization: house, letters: max(messages.count, 1), preparedAt: now,
            preparedBy: acting.agent.id)
        try batch.insert(in: db)
        let taken = try batch.take(messages, at: now, in: db)
        guard !taken.isEmpty else { throw Refusal.noLetters }
        if taken.count != batch.letters { try batch.update("letters = \(taken.count)", in: db) }
        if let key { for message in taken where message.mayBeAnswered { try AnswerCode.give(to: message, key, at: now, in: db) } }
        try batch.journalExport(as: "batch", taken.map(\.personID), by: acting, at: now, in: db)
        return try find(batch.id, seenBy: acting, in: db)
    }

    /// What another transaction is putting in a batch is left to it.
    private static func waiting(
        in house: ID<Organization>, for acting: Acting, at now: Instant, in db: Writer
    ) throws -> [Message] {
        let ids: [ID<Message>] = try db.all(
            """
            SELECT message.id FROM message WHERE \(Letter.waiting(at: now, for: acting)) AND \(Letter.belongs(to: house))
            ORDER BY message.due_at, message.id LIMIT \(most)\(lock: .freeRows)
            """
        ) { try $0[0] }
        return try Message.those(ids, of: acting.territoryID, in: db)
    }

    /// Judged at the door, as what leaves by itself is; paper rings at no hour.
    private static func stillTrue(_ messages: [Message], of territory: Territory, at now: Instant, in db: Writer) throws -> [Message] {
        try messages.filter { message in
            guard case .untrue(let cause) = try Door(letter: message, of: territory, at: now, in: db).verdict(at: now) else { return true }
            try message.withdraw(because: cause, at: now, in: db)
            return false
        }
    }

    private func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO letter_batch (territory_id, id, organization_id, letters, prepared_at, prepared_by)
            VALUES (\(territoryID), \(id), \(organizationID), \(letters), \(preparedAt), \(preparedBy))
            """)
    }

    /// - Returns: those that are now in it.
    private func take(_ messages: [Message], at now: Instant, in db: Writer) throws -> [Message] {
        var taken: [Message] = []
        for message in messages {
            // It stands in another batch under an address that is no longer the one.
            try db.run(
                """
                UPDATE letter SET removed_at = \(now), because = \(Message.Cause.readdressed)
                WHERE territory_id = \(territoryID) AND message_id = \(message.id) AND removed_at IS NULL
                  AND recipient <> \(message.recipient)
                """)
            let isNew = try db.run(
                """
                INSERT INTO letter (territory_id, batch_id, message_id, number, recipient)
                VALUES (\(territoryID), \(id), \(message.id), \(taken.count + 1), \(message.recipient)) ON CONFLICT DO NOTHING
                """)
            if isNew > 0 { taken.append(message) }
        }
        return taken
    }
}

extension Door {
    init(letter message: Message, of territory: Territory, at now: Instant, in db: Reader) throws {
        let campaign = try CampaignStanding.of([message], by: .letter, in: db)[message.id]
        try self.init(message, of: campaign, territory, at: now, in: db)
    }
}

extension Message {
    /// A time to come is announced: one may say that one comes, or not.
    var mayBeAnswered: Bool { appointmentID != nil && purpose != .cancellation }

    /// At the door it was no longer true.
    func withdraw(because cause: Cause, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE message SET withdrawn_at = \(now), outcome = 'untrue', because = \(cause)
            WHERE territory_id = \(territoryID) AND id = \(id) AND \(Self.waiting)
            """)
    }
}

extension Refusal {
    public static let noLetters = Refusal(
        .conflict, "no-letters", "Il n’y a plus de courrier à imprimer ici : un collègue vient de préparer le lot. Rechargez la page.")
}
