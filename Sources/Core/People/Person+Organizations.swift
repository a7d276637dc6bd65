import Scheduling
import Store

extension Person {
    /// The organizations that follow this person.
    public static func organizations(of id: ID<Person>, of territory: Int64, in db: Reader) throws -> [ID<Organization>] {
        try db.all(
            """
            SELECT organization_id FROM person_organization WHERE territory_id = \(territory) AND person_id = \(id)
            ORDER BY organization_id
            """
        ) { try $0[0] }
    }

    /// Makes this person one of those whom an organization follows and finds; again changes nothing.
    ///
    /// Someone disclosed and then given an appointment there is met there: whoever receives them must be able to open their file.
    public func join(_ organization: ID<Organization>, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard try !Self.isOfOrganizations(id, [organization], of: territoryID, in: db) else { return }
        try enter(organization, in: db)
        try Journal.record(
            .changed, about: id.uuid, ["what": "organization", "organization": organization.description], by: acting, at: now, in: db)
    }

    func enter(_ organization: ID<Organization>, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO person_organization (territory_id, person_id, organization_id) VALUES (\(territoryID), \(id), \(organization))
            """)
        try insertTokens(in: [organization], in: db)
    }
}
