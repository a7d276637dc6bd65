import Scheduling
import Store

extension Person {
    /// Nothing arrives at this address: whoever has it is told another way from now on, what waits included.
    static func noteBounce(of address: String, of territory: Int64, at now: Instant, in db: Writer) throws {
        let people: [ID<Person>] = try db.all(
            """
            SELECT DISTINCT person_id FROM person_email WHERE territory_id = \(territory) AND address = \(address) AND bounced_at IS NULL
            ORDER BY person_id
            """
        ) { try $0[0] }
        for id in people {
            try db.run(
                """
                UPDATE person_email SET bounced_at = \(now)
                WHERE territory_id = \(territory) AND person_id = \(id) AND address = \(address)
                """)
            guard let person = try find(id, of: territory, in: db) else { continue }
            try Message.readdress(person, minding: try Discretion.of(id, of: territory, in: db), at: now, in: db)
            try Journal.record(
                .changed, about: id.uuid, ["what": "person", "email": address, "answers": "no"], by: .system, of: territory, at: now, in: db
            )
        }
    }

    /// L’adresse fonctionne de nouveau: someone knows better. What waits chooses again.
    /// - Throws: a ``Refusal``: 404 for a file that one may not see, a sentence for an address that is not there.
    public static func restore(email address: String, of id: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let person = try editable(id, by: acting, in: db)
        guard let email = person.emails.first(where: { $0.address == address }) else {
            throw Refusal.field("address", "unknown-email", "Cette adresse n’est plus sur la fiche. Rechargez la page.")
        }
        guard email.bouncedAt != nil else { return }
        try db.run(
            """
            UPDATE person_email SET bounced_at = NULL
            WHERE territory_id = \(acting.territoryID) AND person_id = \(id) AND address = \(address)
            """)
        guard let restored = try find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try Message.readdress(restored, minding: try Discretion.of(id, of: acting.territoryID, in: db), at: now, in: db)
        try Journal.record(
            .changed, about: id.uuid, ["what": "person", "email": address, "answers": "yes"], by: acting, at: now, in: db)
    }

    /// Those of these addresses that did not answer still do not.
    func keepingBounces(of before: Person) -> Person {
        let bounced = Dictionary(before.emails.map { ($0.address, $0.bouncedAt) }) { first, _ in first }
        var kept = self
        for index in kept.emails.indices { kept.emails[index].bouncedAt = bounced[kept.emails[index].address] ?? nil }
        return kept
    }
}

extension Message {
    /// Whether it is for an address that does not answer any more.
    func isToDeadAddress(in db: Reader) throws -> Bool {
        guard channel == .email else { return false }
        return try db.exists(
            """
            SELECT 1 FROM person_email WHERE territory_id = \(territoryID) AND person_id = \(toPersonID ?? personID)
              AND address = \(recipient) AND bounced_at IS NOT NULL
            """)
    }
}
