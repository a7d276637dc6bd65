import Scheduling
import Store

/// A batch with its letters.
public struct LetterBatchDetails: Sendable, Equatable {
    public let batch: LetterBatch
    public let house: String
    /// Who prepared it.
    public let preparedBy: String
    /// Those of the paper, by their number.
    public let letters: [Letter]

    public init(batch: LetterBatch, house: String, preparedBy: String, letters: [Letter]) {
        (self.batch, self.house, self.preparedBy, self.letters) = (batch, house, preparedBy, letters)
    }

    public var good: [Letter] { letters.filter { $0.trouble == nil } }
    /// Those to take out of the paper.
    public var out: [Letter] { letters.filter { $0.trouble != nil } }
}

extension LetterBatch {
    public func details(seenBy acting: Acting, at now: Instant, in db: Reader) throws -> LetterBatchDetails {
        let standing = try standing(of: acting.territory, at: now, in: db)
        let shown = try Message.hidingAddresses(standing.map(\.message), from: acting, in: db)
        let known = try Letter.Known.of(shown, of: territoryID, in: db)
        let letters = zip(standing, shown).map { known.letter($1, number: $0.number, trouble: $0.trouble) }
        return LetterBatchDetails(
            batch: self, house: try Organization.find(organizationID, of: territoryID, in: db)?.name ?? "",
            preparedBy: try Agent.names(of: territoryID, in: db)[preparedBy] ?? "", letters: letters)
    }

    /// A letter of a batch, and whether it may still be posted.
    struct Standing {
        let message: Message
        let number: Int
        let trouble: Message.Cause?
    }

    func standing(of territory: Territory, at now: Instant, in db: Reader) throws -> [Standing] {
        var rows: [ID<Message>: (number: Int, recipient: String, because: Message.Cause?)] = [:]
        try db.forEach(
            "SELECT message_id, number, recipient, because FROM letter WHERE territory_id = \(territoryID) AND batch_id = \(id)"
        ) { rows[try $0[0]] = (try $0[1], try $0[2], try $0[3]) }
        return try Message.those(Array(rows.keys), of: territoryID, in: db).compactMap { message in
            guard let row = rows[message.id] else { return nil }
            let trouble = try row.because ?? (state == .prepared ? Self.trouble(message, row.recipient, territory, at: now, in: db) : nil)
            return Standing(message: message, number: row.number, trouble: trouble)
        }.sorted { $0.number < $1.number }
    }

    /// What has happened since it was put there.
    private static func trouble(
        _ message: Message, _ recipient: String, _ territory: Territory, at now: Instant, in db: Reader
    ) throws -> Message.Cause? {
        if message.sentAt != nil { return .told }
        let verdict = try Door(letter: message, of: territory, at: now, in: db).verdict(at: now)
        if message.withdrawnAt != nil {
            if let because = message.because { return because }
            if case .untrue(let cause) = verdict { return cause }
            return .moved
        }
        if message.channel != .letter || message.recipient != recipient { return .readdressed }
        if case .untrue(let cause) = verdict { return cause }
        return nil
    }
}
