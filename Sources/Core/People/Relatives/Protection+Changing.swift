import Scheduling
import Store

extension Protection {
    /// All those of a person, the latest first.
    public static func of(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> [Protection] {
        try db.all(
            """
            SELECT protection.id, protection.measure, protection.starts_on, protection.ends_on, protection.representative_id,
              person.first_name, person.last_name, protection.copies FROM protection
            LEFT JOIN person ON person.territory_id = protection.territory_id AND person.id = protection.representative_id
            WHERE protection.territory_id = \(territory) AND protection.person_id = \(person)
            ORDER BY protection.starts_on DESC, protection.id DESC
            """
        ) { row in
            let last: String? = try row[6]
            return Protection(
                id: try row[0], measure: try row[1], startsOn: try row[2], endsOn: try row[3], representativeID: try row[4],
                representativeName: try last.map { Person.displayName(firstName: try row[5], lastName: $0) }, copies: try row[7])
        }
    }

    /// Writes a measure, new or changed.
    /// - Throws: a ``Refusal`` with sentences beside the fields.
    @discardableResult
    public static func save(
        _ draft: ProtectionDraft, _ id: ID<Protection>? = nil, for person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Protection {
        _ = try Person.editable(person, by: acting, in: db)
        let before = try of(person, of: acting.territoryID, in: db).first { $0.id == id }
        if id != nil, before == nil { throw Refusal.notFound }
        let after = try draft.applied(id ?? .new(), for: person, of: acting.territoryID, in: db)
        try saying(refusals) { try after.write(instead: before, for: person, by: acting, at: now, in: db) }
        let changes = Journal.difference(before?.facts ?? [:], after.facts).merging(["what": "protection"]) { $1 }
        try Journal.record(before == nil ? .created : .changed, about: person.uuid, changes, by: acting, at: now, in: db)
        try Message.chooseAgain(for: person, by: acting, at: now, in: db)
        return after
    }

    private func write(instead before: Protection?, for person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        if before != nil {
            try db.run(
                """
                UPDATE protection SET measure = \(measure), starts_on = \(startsOn), ends_on = \(endsOn),
                  representative_id = \(representativeID), copies = \(copies)
                WHERE territory_id = \(acting.territoryID) AND id = \(id)
                """)
        } else {
            try db.run(
                """
                INSERT INTO protection (territory_id, id, person_id, measure, starts_on, ends_on, representative_id, copies, created_at,
                  created_by)
                VALUES (\(acting.territoryID), \(id), \(person), \(measure), \(startsOn), \(endsOn), \(representativeID), \(copies), \(now),
                  \(acting.agent.id))
                """)
        }
    }

    private static let refusals = [
        "protection_open": Refusal.field(
            "ends_on", "measure-open", "Une autre mesure est encore ouverte : donnez d’abord son dernier jour.")
    ]

    private var facts: [String: String] {
        [
            "measure": measure.rawValue, "starts_on": startsOn.description, "ends_on": endsOn?.description ?? "",
            "representative": representativeID?.description ?? "", "copies": String(copies),
        ]
    }
}
