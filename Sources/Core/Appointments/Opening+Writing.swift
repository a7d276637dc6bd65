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
        try insertExceptions(of: territory, in: db)
    }

    /// Replaces what the row says; its agent stays.
    func write(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE opening SET organization_id = \(organizationID), site_id = \(siteID), place = \(place), version = version + 1,
              \(stretch.assignments)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
        try db.run("DELETE FROM opening_reason WHERE territory_id = \(territory) AND opening_id = \(id)")
        try insertReasons(of: territory, in: db)
        try deleteExceptions(of: territory, in: db)
        try insertExceptions(of: territory, in: db)
    }

    /// Deletes the rows alone.
    func erase(of territory: Int64, in db: Writer) throws {
        try deleteExceptions(of: territory, in: db)
        try db.run("DELETE FROM opening_reason WHERE territory_id = \(territory) AND opening_id = \(id)")
        try db.run("DELETE FROM opening WHERE territory_id = \(territory) AND id = \(id)")
    }

    private func insertReasons(of territory: Int64, in db: Writer) throws {
        for reason in reasonIDs.sorted() {
            try db.run("INSERT INTO opening_reason (territory_id, opening_id, reason_id) VALUES (\(territory), \(id), \(reason))")
        }
    }
}
