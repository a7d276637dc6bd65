import Foundation
import Scheduling
import Store

/// Un lot de courriers: letters of one organization that are printed and posted together (table `letter_batch`).
public struct LetterBatch: Sendable, Equatable {
    public let territoryID: Int64
    public let id: ID<LetterBatch>
    public let organizationID: ID<Organization>
    /// How many it was prepared with.
    public let letters: Int
    public let preparedAt: Instant
    public let preparedBy: ID<Agent>
    public let postedAt: Instant?
    public let postedBy: ID<Agent>?
    public let undoneAt: Instant?

    /// The most that one holds: what a printer's tray takes.
    public static let most = 200

    public init(
        territoryID: Int64, id: ID<LetterBatch> = .new(), organization: ID<Organization>, letters: Int, preparedAt: Instant,
        preparedBy: ID<Agent>, postedAt: Instant? = nil, postedBy: ID<Agent>? = nil, undoneAt: Instant? = nil
    ) {
        (self.territoryID, self.id, organizationID, self.letters) = (territoryID, id, organization, letters)
        (self.preparedAt, self.preparedBy, self.postedAt, self.postedBy) = (preparedAt, preparedBy, postedAt, postedBy)
        self.undoneAt = undoneAt
    }

    /// How it stands.
    public enum State: String, CaseIterable, Sendable {
        case prepared, posted, undone

        public var label: String {
            switch self {
            case .prepared: "à poster"
            case .posted: "posté"
            case .undone: "défait"
            }
        }
    }

    public var state: State { postedAt != nil ? .posted : undoneAt != nil ? .undone : .prepared }
}

extension LetterBatch {
    static let columns: SQL = """
        letter_batch.territory_id, letter_batch.id, letter_batch.organization_id, letter_batch.letters, letter_batch.prepared_at,
        letter_batch.prepared_by, letter_batch.posted_at, letter_batch.posted_by, letter_batch.undone_at
        """

    init(_ row: Row) throws {
        self.init(
            territoryID: try row[0], id: try row[1], organization: try row[2], letters: try row[3], preparedAt: try row[4],
            preparedBy: try row[5], postedAt: try row[6], postedBy: try row[7], undoneAt: try row[8])
    }

    /// The one rule: of an organization where one books or sends campaigns, when one may see each of its letters.
    ///
    /// « Vous voyez un lot quand vous avez le droit de voir chacune de ses lettres. »
    static func visible(to acting: Acting) -> SQL {
        """
        letter_batch.territory_id = \(acting.territoryID) AND letter_batch.organization_id IN \(list: houses(of: acting))
          AND NOT EXISTS (SELECT 1 FROM letter
            JOIN message ON message.territory_id = letter.territory_id AND message.id = letter.message_id
            WHERE letter.territory_id = letter_batch.territory_id AND letter.batch_id = letter_batch.id
              AND NOT \(Letter.visible(to: acting)))
        """
    }

    /// Where letters may be printed.
    static func houses(of acting: Acting) -> [ID<Organization>] {
        Set(acting.organizations(with: .book) + acting.organizations(with: .sendCampaigns)).sorted()
    }

    /// - Throws: ``Refusal/notFound`` for one that this agent may not see.
    public static func find(_ id: ID<LetterBatch>, seenBy acting: Acting, in db: Reader) throws -> LetterBatch {
        try Letter.requireRight(of: acting)
        guard let found = try find("letter_batch.id = \(id) AND \(visible(to: acting))", in: db) else { throw Refusal.notFound }
        return found
    }

    /// The same, which nobody else changes until the transaction ends.
    static func lock(_ id: ID<LetterBatch>, seenBy acting: Acting, in db: Writer) throws -> LetterBatch {
        try Letter.requireRight(of: acting)
        let filter: SQL = "letter_batch.id = \(id) AND \(visible(to: acting))\(lock: .rows)"
        guard let found = try find(filter, in: db) else { throw Refusal.notFound }
        return found
    }

    private static func find(_ filter: SQL, in db: Reader) throws -> LetterBatch? {
        try db.first("SELECT \(columns) FROM letter_batch WHERE \(filter)") { try LetterBatch($0) }
    }

    /// Those that are still to be posted, then those of the last days; the newest first.
    public static func all(since start: Instant, seenBy acting: Acting, in db: Reader) throws -> [LetterBatch] {
        try Letter.requireRight(of: acting)
        return try db.all(
            """
            SELECT \(columns) FROM letter_batch
            WHERE \(visible(to: acting)) AND (letter_batch.prepared_at >= \(start)
              OR (letter_batch.posted_at IS NULL AND letter_batch.undone_at IS NULL))
            ORDER BY CASE WHEN letter_batch.posted_at IS NULL AND letter_batch.undone_at IS NULL THEN 0 ELSE 1 END,
              letter_batch.prepared_at DESC, letter_batch.id DESC LIMIT 50
            """
        ) { try LetterBatch($0) }
    }

    func update(_ change: SQL, in db: Writer) throws {
        try db.run("UPDATE letter_batch SET \(change) WHERE territory_id = \(territoryID) AND id = \(id)")
    }

    func journal(_ act: Journal.Act, _ facts: [String: String], by acting: Acting, at now: Instant, in db: Writer) throws {
        try Journal.record(act, about: id.uuid, facts.merging(["what": "letters"]) { $1 }, by: acting, at: now, in: db)
    }

    /// Letters are a reading of as many files: each person's journal says who took theirs away.
    func journalExport(as copy: String, _ people: [ID<Person>], by acting: Acting, at now: Instant, in db: Writer) throws {
        let facts = ["what": "letters", "as": copy, "batch": id.description]
        try Journal.record(.exported, about: id.uuid, facts, by: acting, at: now, in: db)
        for person in Set(people).sorted() { try Journal.record(.exported, about: person.uuid, facts, by: acting, at: now, in: db) }
    }
}
