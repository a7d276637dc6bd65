import Foundation
import Scheduling
import Store

extension Journal {
    /// Deletes what the journal says about someone, and leaves the certificate that makes the chain whole without it.
    ///
    /// Headers stay: that someone was looked at, when and by whom, under an id that no longer leads to a name.
    /// - Throws: ``Refusal/forbidden``, or a ``Refusal`` when there is nothing to erase or no reason; nothing is written then.
    public static func erase(
        _ subject: ID<Person>, because reason: String, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Certificate {
        try acting.require(.eraseJournal)
        guard !reason.isEmpty, reason.count <= 500 else {
            throw Refusal.field("erasure", "reason-needed", "Donnez le motif de l’effacement, en 500 caractères au plus et sans nom.")
        }
        return try await store.write { db in
            try erase(subject.uuid, because: reason, by: .agent(acting.agent.id), of: acting.territoryID, at: now, in: db)
        }
    }

    static func erase(
        _ subject: UUID, because reason: String, by actor: Actor, of territory: Int64, at now: Instant, in db: Writer
    ) throws -> Certificate {
        let entries = try erasable(subject, of: territory, in: db)
        guard !entries.isEmpty else {
            throw Refusal(.conflict, "nothing-to-erase", "Le journal ne contient plus rien à effacer sur cette personne.")
        }
        let number = try db.first("SELECT COALESCE(MAX(number), 0) + 1 FROM journal_erasure WHERE territory_id = \(territory)") {
            row -> Int in
            try row[0]
        }
        var certificate = Certificate(number: number ?? 1, headerID: subject, at: now, reason: reason, entries: entries)
        let header = try record(.erased, about: subject, certificate.payload, by: actor, of: territory, at: now, in: db)
        certificate = Certificate(number: certificate.number, headerID: header.uuid, at: now, reason: reason, entries: entries)
        try certificate.insert(of: territory, in: db)
        try db.run(
            """
            DELETE FROM journal_payload WHERE territory_id = \(territory)
              AND id IN (SELECT id FROM journal_erased WHERE territory_id = \(territory) AND number = \(certificate.number))
            """)
        return certificate
    }

    /// The entries about someone that still have a payload; certificates, which name nobody, stay.
    private static func erasable(_ subject: UUID, of territory: Int64, in db: Reader) throws -> [UUID] {
        let subjects = try Person.identities(of: ID(subject), of: territory, in: db)
        return try db.all(
            """
            SELECT journal_header.id FROM journal_header
            JOIN journal_payload ON journal_payload.territory_id = journal_header.territory_id AND journal_payload.id = journal_header.id
            WHERE journal_header.territory_id = \(territory) AND journal_header.subject_id IN \(list: subjects)
              AND journal_header.act <> \(Act.erased)
            ORDER BY journal_header.id
            """
        ) { try $0[0] }
    }
}
