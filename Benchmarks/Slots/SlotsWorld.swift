import Core
import Scheduling
import Store

/// Agents whose time is partly booked, by holds that do not run out.
struct SlotsWorld: Sendable {
    enum Fullness: Sendable {
        /// Three half-hours of five.
        case threeFifths
        /// All of the first three weeks, three fifths of the fourth.
        case threeWeeks
    }

    static let weeks = 4
    let houses: Houses
    private let fullness: Fullness

    init(agents: Int, _ fullness: Fullness) {
        var ids = SeededIDs(1)
        houses = Houses(agents: agents, &ids)
        self.fullness = fullness
    }

    func load(into store: Store) async throws {
        try await store.bulk { db in
            var ids = SeededIDs(2)
            try houses.insert(&ids, in: db)
            try db.load("claim", columns: Self.claimColumns, rows: houses.agents.indices.lazy.flatMap(claims))
        }
        try await store.settle()
    }

    private static let claimColumns = [
        "territory_id", "holder_id", "starts_at", "ends_at", "id", "holder", "appointment_id", "expires_at", "overbooked",
    ]

    private func claims(of rank: Int) -> [[SQLValue]] {
        var ids = SeededIDs(UInt64(rank) + 1_000)
        let (agent, never) = (houses.agents[rank].id, AgendaShape.now.adding(days: 3_650))
        return booked(by: rank).map { time in
            let id: ID<Agent> = ids.next()
            return [
                .integer(houses.territory.id), agent.sqlValue, time.lowerBound.sqlValue, time.upperBound.sqlValue, id.sqlValue,
                .text("agent"), .null, never.sqlValue, .bool(false),
            ]
        }
    }

    /// The half-hours that are taken.
    func booked(by rank: Int) -> [Range<Instant>] {
        var generator = SeededGenerator(UInt64(rank))
        return (0..<Self.weeks).flatMap { week in
            let isFull = fullness == .threeWeeks && week < 3
            return AgendaShape(agent: rank).halfHours(week: week).filter { _ in Int.random(in: 0..<5, using: &generator) < 3 || isFull }
        }
    }

    /// What is looked for: the reason, everywhere, from the Monday that follows.
    func query(weeks: Int) -> SlotQuery {
        var query = SlotQuery(reasonID: houses.reason.id)
        query.dates = AgendaShape.monday..<AgendaShape.monday.adding(days: 7 * weeks)
        return query
    }
}
