import Scheduling
import Store

extension Absence {
    /// Writes the row alone: no right is checked, no calendar version changes.
    public func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO absence (territory_id, id, agent_id, title, \(Stretch.columns))
            VALUES (\(territory), \(id), \(agentID), \(title), \(stretch.values))
            """)
        try insertExceptions(of: territory, in: db)
    }

    /// Replaces what the row says; its agent stays.
    func write(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE absence SET title = \(title), version = version + 1, \(stretch.assignments)
            WHERE territory_id = \(territory) AND id = \(id)
            """)
        try deleteExceptions(of: territory, in: db)
        try insertExceptions(of: territory, in: db)
    }

    /// Deletes the rows alone.
    func erase(of territory: Int64, in db: Writer) throws {
        try deleteExceptions(of: territory, in: db)
        try db.run("DELETE FROM absence WHERE territory_id = \(territory) AND id = \(id)")
    }
}
