import Foundation
import Scheduling
import Store

/// That someone's file is put away: out of the search unless asked, and not booked for (table `archiving`).
public struct Archiving: Sendable, Equatable {
    public enum Reason: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case followedNoMore = "followed-no-more"
        case moved, deceased, duplicate, other

        public var label: String {
            switch self {
            case .followedNoMore: "n’est plus suivie"
            case .moved: "a déménagé"
            case .deceased: "est décédée"
            case .duplicate: "fiche en double"
            case .other: "autre raison"
            }
        }
    }

    public let reason: Reason
    public let why: String
    public let at: Instant
    public let by: ID<Agent>

    public init(reason: Reason, why: String, at: Instant, by: ID<Agent>) {
        self.reason = reason
        self.why = why
        self.at = at
        self.by = by
    }
}

extension Archiving {
    public static func of(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> Archiving? {
        try db.first("SELECT reason, why, at, by_agent FROM archiving WHERE territory_id = \(territory) AND person_id = \(person)") {
            Archiving(reason: try $0[0], why: try $0[1], at: try $0[2], by: try $0[3])
        }
    }

    static func holds(for person: ID<Person>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM archiving WHERE territory_id = \(territory) AND person_id = \(person)")
    }

    /// Puts a file away. Its appointments to come are cancelled first, one knowing it.
    ///
    /// Runs as a booking does: whichever of the two has the person's lock first, the other sees what it did.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func begin(
        for id: ID<Person>, _ reason: Reason, why typed: String, by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await Person.change(id, by: acting, at: now, in: store, claiming: true) { db in
            try begin(for: id, reason, why: typed, by: acting, at: now, in: db)
        }
    }

    private static func begin(
        for id: ID<Person>, _ reason: Reason, why typed: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let person = try Person.editable(id, by: acting, in: db)
        let why = PersonDraft.oneLine(typed)
        if why.count > 200 { throw Refusal.field("why", "too-long", "200 caractères au plus : gardez l’essentiel.") }
        if reason == .other, why.isEmpty { throw Refusal.field("why", "no-reason", "Dites en quelques mots pourquoi.") }
        guard try !holds(for: id, of: acting.territoryID, in: db) else { return }
        let houses = try Person.organizations(of: id, of: acting.territoryID, in: db)
        try person.deleteTokens(in: houses, in: db)
        _ = try saying(["archiving_upcoming": .stillUpcoming]) {
            try db.run(
                """
                INSERT INTO archiving (territory_id, person_id, reason, why, at, by_agent)
                VALUES (\(acting.territoryID), \(id), \(reason), \(why), \(now), \(acting.agent.id))
                """)
        }
        try person.insertTokens(in: houses, archived: true, in: db)
        try Journal.record(
            .changed, about: id.uuid, ["what": "archived", "reason": reason.rawValue, "why": why], by: acting, at: now, in: db)
    }

    /// Takes the file out of the archives: found and booked for as before.
    public static func end(for id: ID<Person>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await Person.change(id, by: acting, at: now, in: store, claiming: true) { db in
            let person = try Person.editable(id, by: acting, in: db)
            guard try holds(for: id, of: acting.territoryID, in: db) else { return }
            let houses = try Person.organizations(of: id, of: acting.territoryID, in: db)
            try person.deleteTokens(in: houses, archived: true, in: db)
            try db.run("DELETE FROM archiving WHERE territory_id = \(acting.territoryID) AND person_id = \(id)")
            try person.insertTokens(in: houses, in: db)
            try Journal.record(.changed, about: id.uuid, ["what": "unarchived"], by: acting, at: now, in: db)
        }
    }

    /// The schema's own word.
    static func isRefused(_ violation: ConstraintViolation) -> Bool {
        ["participation_archived", "appointment_archived"].contains(violation.name)
    }
}

extension Refusal {
    public static let archived = Refusal(
        .conflict, "archived", "Cette fiche est archivée : ouvrez-la et sortez-la des archives avant de donner un rendez-vous.")
    public static let stillUpcoming = Refusal(
        .conflict, "still-upcoming",
        "Un rendez-vous est encore prévu pour cette personne. Annulez-le ou attendez qu’il ait eu lieu, puis archivez la fiche.")
}
