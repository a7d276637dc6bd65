import Scheduling
import Store

extension Agent {
    /// Everyone of the territory, those disabled last, by last name as people order names.
    public static func all(of territory: Int64, in db: Reader) throws -> [Agent] {
        try db.all("SELECT \(columns) FROM agent WHERE territory_id = \(territory)") { try Agent($0) }.sorted { left, right in
            if (left.disabledAt == nil) != (right.disabledAt == nil) { return left.disabledAt == nil }
            return left.lastName == right.lastName
                ? left.firstName.comesBefore(right.firstName) : left.lastName.comesBefore(right.lastName)
        }
    }

    /// Some of them in the order of their ids, for lists read page by page.
    /// - Parameter after: the last id of the page before.
    public static func page(after: ID<Agent>?, limit: Int, of territory: Int64, in db: Reader) throws -> [Agent] {
        let rest: SQL = after.map { "AND id > \($0)" } ?? ""
        return try db.all("SELECT \(columns) FROM agent WHERE territory_id = \(territory) \(rest) ORDER BY id LIMIT \(limit)") {
            try Agent($0)
        }
    }
}
