import Scheduling
import Store

extension Person {
    /// Whether this agent may open and book for this person: of one of the organizations where they may find people, or disclosed to
    /// them for a reason that still holds.
    public static func isKnown(_ id: ID<Person>, to acting: Acting, at now: Instant, in db: Reader) throws -> Bool {
        try acting.can(.findPeople)
            && (isOfOrganizations(id, acting.organizations(with: .findPeople), of: acting.territoryID, in: db)
                || Disclosure.holds(for: id, to: acting, at: now, in: db))
    }

    static func isOfOrganizations(
        _ id: ID<Person>, _ organizations: [ID<Organization>], of territory: Int64, in db: Reader
    ) throws -> Bool {
        // A person has a few: fewer than what an `IN` would have to look up.
        let theirs: [ID<Organization>] = try db.all(
            "SELECT organization_id FROM person_organization WHERE territory_id = \(territory) AND person_id = \(id)"
        ) { try $0[0] }
        return theirs.contains(where: organizations.contains)
    }

    /// Opens a person's file: the journal says so before anyone reads it, in a small transaction of its own.
    ///
    /// Someone followed elsewhere in the territory is ``Refusal/reasonNeeded``; a person of another territory, and one that does not
    /// exist, are ``Refusal/notFound``; a file that went into another is ``Refusal/merged``. Refusals are journalled too. What cannot be
    /// journalled is not shown: ``NotJournalled``.
    public static func open(_ id: ID<Person>, by acting: Acting, at now: Instant, in store: Store) async throws -> Person {
        let opened = try await Journal.beforeAnswering { try await store.record { db in try open(id, by: acting, at: now, in: db) } }
        return try opened.get()
    }

    /// The same inside a transaction, which must be committed whatever the answer: it holds the journal's entry.
    static func open(_ id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws -> Result<Person, Refusal> {
        guard acting.can(.findPeople) else { return .failure(try refuse(.forbidden, id, by: acting, at: now, in: db)) }
        guard let person = try find(id, of: acting.territoryID, in: db) else {
            if try successor(of: id, of: acting.territoryID, in: db) != nil { return .failure(.merged) }
            return .failure(try refuse(.notFound, id, by: acting, at: now, in: db))
        }
        guard try isKnown(id, to: acting, at: now, in: db) else {
            return .failure(try refuse(.reasonNeeded, id, by: acting, at: now, in: db))
        }
        try Journal.record(.read, about: id.uuid, ["what": "person"], by: acting, at: now, in: db)
        return .success(try person.hidingAddress(from: acting, in: db))
    }

    /// Runs a change of someone's file in a transaction; that it was refused for want of access is journalled, as for a reading.
    /// - Parameter claiming: in `Store.claim`, for what waits for a booking and must see it.
    public static func change<T: Sendable>(
        _ id: ID<Person>, by acting: Acting, at now: Instant, in store: Store, claiming: Bool = false,
        _ body: @Sendable (Writer) throws -> T
    ) async throws -> T {
        do {
            return try await claiming ? store.claim { db in try body(db) } : store.write { db in try body(db) }
        } catch let refusal as Refusal where refusal.kind == .notFound || refusal.kind == .forbidden {
            let isMerged = try await store.record { db in
                if try successor(of: id, of: acting.territoryID, in: db) != nil { return true }
                _ = try refuse(refusal, id, by: acting, at: now, in: db)
                return false
            }
            throw isMerged ? .merged : refusal
        }
    }

    static func refuse(
        _ refusal: Refusal, _ id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Refusal {
        try Journal.record(.refused, about: id.uuid, ["what": "person", "code": refusal.code], by: acting, at: now, in: db)
        return refusal
    }
}

extension Refusal {
    public static let reasonNeeded = Refusal(
        .forbidden, "reason-needed",
        "Cette personne est suivie par une autre organisation. Dites pourquoi vous ouvrez sa fiche : le motif est conservé.")
}
