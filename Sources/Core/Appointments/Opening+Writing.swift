import Scheduling
import Store

extension Opening {
    /// Writes the rows alone: no right is checked, no calendar version changes.
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO opening (territory_id, id, agent_id, organization_id, site_id, place, \(Stretch.columns))
            VALUES (\(territory), \(id), \(agentID), \(organizationID), \(siteID), \(place), \(stretch.values))
            """)
        try insertReasons(of: territory, in: db)
        try insertPermanence(of: territory, in: db)
        try insertExceptions(of: territory, in: db)
    }

    /// Replaces what the row says; its agent stays.
    func write(of territory: Int64, in db: Writer) throws {
        try erasePurposes(of: territory, in: db)
        try db.run(
            """
            UPDATE opening SET organization_id = \(organizationID), site_id = \(siteID), place = \(place), version = version + 1,
              \(stretch.assignments)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
        try insertReasons(of: territory, in: db)
        try insertPermanence(of: territory, in: db)
        try deleteExceptions(of: territory, in: db)
        try insertExceptions(of: territory, in: db)
    }

    /// Deletes the rows alone.
    func erase(of territory: Int64, in db: Writer) throws {
        try deleteExceptions(of: territory, in: db)
        try erasePurposes(of: territory, in: db)
        try db.run("DELETE FROM opening WHERE territory_id = \(territory) AND id = \(id)")
    }

    /// Before the row itself: a permanence must be at a site as long as it is one.
    private func erasePurposes(of territory: Int64, in db: Writer) throws {
        try db.run("DELETE FROM opening_reason WHERE territory_id = \(territory) AND opening_id = \(id)")
        try db.run("DELETE FROM permanence WHERE territory_id = \(territory) AND opening_id = \(id)")
    }

    private func insertPermanence(of territory: Int64, in db: Writer) throws {
        guard let permanenceOf else { return }
        try db.run("INSERT INTO permanence (territory_id, opening_id, service_id) VALUES (\(territory), \(id), \(permanenceOf))")
    }

    private func insertReasons(of territory: Int64, in db: Writer) throws {
        for reason in reasonIDs.sorted() {
            try db.run("INSERT INTO opening_reason (territory_id, opening_id, reason_id) VALUES (\(territory), \(id), \(reason))")
        }
    }
}
