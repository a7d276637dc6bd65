import Store

extension Person {
    /// Whether this agent may open the file: it belongs to one of their organizations.
    static func isKnown(_ id: ID<Person>, to acting: Acting, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM person_organization WHERE territory_id = \(acting.territoryID) AND person_id = \(id)
              AND organization_id IN \(list: acting.organizations(with: .findPeople))
            """)
    }
}
