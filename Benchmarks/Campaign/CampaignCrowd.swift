import Core
import Scheduling
import Store

/// A hundred thousand people of one organization, each with a mobile of their own.
struct CampaignCrowd: Sendable {
    static let count = 100_000

    let houses: Houses
    let ids: [ID<Person>]

    /// When all that was queued is due, whatever its rate.
    static let later = AgendaShape.now.adding(days: 90)

    init() {
        var ids = SeededIDs(9)
        houses = Houses(agents: 1, &ids)
        self.ids = (0..<Self.count).map { _ in ids.next() }
    }

    func load(into store: Store) async throws {
        let territory = houses.territory.id.sqlValue, house = houses.organizations[0].id
        try await store.bulk { db in
            var seeded = SeededIDs(10)
            try houses.insert(&seeded, in: db)
            try db.run("UPDATE territory SET quiet_until = 0, quiet_from = 1440, sunday_messages = TRUE")
            try db.run("INSERT INTO membership VALUES (\(houses.territory.id), \(house), \(houses.receptionist.id), \(Role.manager))")
            try db.run("INSERT INTO campaign_rule VALUES (\(houses.territory.id), 1000000, 7, 60)")
            try db.load("person", columns: Self.personColumns, rows: ids.lazy.enumerated().map { person($0.offset, $0.element) })
            try db.load(
                "person_organization", columns: ["territory_id", "person_id", "organization_id"],
                rows: ids.lazy.map { [territory, $0.sqlValue, house.sqlValue] })
            try db.load(
                "person_phone", columns: ["territory_id", "person_id", "rank", "number", "label", "mobile"],
                rows: ids.lazy.enumerated().map {
                    [territory, $0.element.sqlValue, .integer(0), .text(number($0.offset)), .text(""), .bool(true)]
                })
        }
        try await store.settle()
    }

    /// Longer than any that exists.
    func number(_ rank: Int) -> String { "+3363998\(100_000 + rank)" }

    private static let personColumns = [
        "territory_id", "id", "first_name", "last_name", "channel", "language", "address", "postal_code", "commune", "needs", "created_at",
    ]

    private func person(_ rank: Int, _ id: ID<Person>) -> [SQLValue] {
        [
            houses.territory.id.sqlValue, id.sqlValue, .text("Jean"), .text("Mesure \(rank)"), .text("sms"), .text("fr"), .text(""),
            .text(""),
            .text("Orthez"), .text(""), AgendaShape.now.sqlValue,
        ]
    }
}
