import Foundation
import Scheduling
import Store

/// Asking the journal about someone: for a reason, which the journal keeps too.
extension Journal {
    /// How long one reason holds.
    static let consultingMinutes = 30

    /// Lets the data-protection role see who looked at someone's file, for half an hour; that they asked, and why, is journalled.
    /// - Throws: ``Refusal/forbidden``; a ``Refusal`` beside `reason`; ``Refusal/notFound`` for someone the journal knows nothing of.
    public static func consult(
        _ person: ID<Person>, because typed: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try acting.require(.readJournal)
        let reason = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard (3...300).contains(reason.count) else {
            throw Refusal.field("reason", "reason-needed", "Dites pourquoi vous consultez ce journal, en 3 à 300 caractères.")
        }
        guard try knows(person, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try record(.read, about: person.uuid, ["what": consulting, "reason": reason], by: acting, at: now, in: db)
    }

    private static let consulting = "journal"

    /// Someone of the territory, or someone whose file was deleted and whose journal stays.
    private static func knows(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> Bool {
        try Person.exists(person, of: territory, in: db)
            || db.exists("SELECT 1 FROM journal_header WHERE territory_id = \(territory) AND subject_id = \(person)")
    }

    /// Whether a reason was given in the last half-hour.
    public static func isConsulting(_ person: ID<Person>, by acting: Acting, at now: Instant, in db: Reader) throws -> Bool {
        let payloads = try db.all(
            """
            SELECT journal_payload.payload FROM journal_header
            JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id AND journal_payload.id = journal_header.id
            WHERE journal_header.territory_id = \(acting.territoryID) AND journal_header.subject_id = \(person)
              AND journal_header.at > \(now.adding(minutes: -consultingMinutes)) AND journal_header.actor_id = \(acting.agent.id)
              AND journal_header.act = \(Act.read)
            """
        ) { try $0[0] as String }
        return payloads.contains { decode($0)?["what"] == consulting }
    }

    /// The people whom these words designate in the whole territory: a whole number, the full name with the birth date, or the id of
    /// a file. The data-protection role has no list of people; whom it found is journalled by the caller (``SearchedPeople``).
    public static func people(_ typed: String, by acting: Acting, in db: Reader) throws -> [FoundPerson] {
        try acting.require(.readJournal)
        let territory = acting.territoryID
        if let id = ID<Person>(typed.trimmingCharacters(in: .whitespacesAndNewlines)) {
            return try FoundPerson.load([id], elsewhere: true, of: territory, in: db)
        }
        let tokens = TypedSearch(typed, region: acting.territory.phoneRegion).wholeTokens
        guard !tokens.isEmpty else { return [] }
        let index = PersonIndex(territory: territory, scopes: [], limit: 20)
        return try FoundPerson.load(try index.strangers(called: tokens, in: db), elsewhere: true, of: territory, in: db)
    }
}

extension Refusal {
    public static let consultFirst = Refusal(
        .forbidden, "consult-first", "Dites d’abord pourquoi vous consultez le journal de cette personne.")
}
