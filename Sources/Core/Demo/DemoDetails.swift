import Scheduling
import Store

/// What is seldom filled in, for those whom a newcomer looks for: the family that the demo is shown with, and a few neighbours.
extension Demo {
    private static let tags = ["Atelier cuisine", "Gens du voyage", "Aide numérique"]
    /// How many people of the demo have a number elsewhere and a tag.
    private static let detailed = 400

    func insertDetails(in db: Writer) throws {
        let tags = Self.tags.enumerated().map { PersonTag(id: ids.make(.tag, $0.offset), name: $0.element) }
        for tag in tags { try tag.insert(of: territoryID, in: db) }
        for number in 0..<min(Self.detailed, size.people) {
            var detail = PersonDetail(numbers: [ExternalNumber(kind: .caf, number: String(1_000_000 + number * 37) + " B")])
            if number % 5 == 3 { detail.tags = [tags[number % tags.count].id] }
            if number == Self.peio { detail.discretion = Discretion(neverVoicemail: true, caution: "appeler avant 16 h") }
            try detail.write(ids.make(.person, number), of: territoryID, in: db)
        }
        try tie(in: db)
    }

    private static let maddi = 0
    private static let peio = 1
    private static let odette = 2

    /// Maddi cares for Odette, who is under curatelle, and gets a copy of what Odette is told.
    private func tie(in db: Writer) throws {
        let agent: ID<Agent> = ids.make(.agent, 3), odette: ID<Person> = ids.make(.person, Self.odette)
        let maddi: ID<Person> = ids.make(.person, Self.maddi)
        let since = today.adding(days: -200)
        let relation = Relation(
            id: ids.make(.relation, 0), personID: odette, otherID: maddi, kind: .carer,
            consent: Relation.Consent(on: since, how: "de vive voix, au guichet"))
        try relation.insert(of: territoryID, by: agent, at: now.adding(days: -200), in: db)
        try db.run(
            """
            INSERT INTO protection (territory_id, id, person_id, measure, starts_on, representative_id, copies, created_at, created_by)
            VALUES (\(territoryID), \(ids.make(.protection, 0) as ID<Protection>), \(odette), \(Protection.Measure.curatelle), \(since),
              \(maddi), TRUE, \(now.adding(days: -200)), \(agent))
            """)
    }
}
