import Core
import Scheduling
import Store

/// How fast free slots are found.
struct SlotsBench {
    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let many = Search(agents: 1_000 * scale, weeks: 4, warm: 3, http: 10, cold: 500)
        let few = Search(agents: 100 * scale, weeks: 1, warm: 0.2, http: 5, cold: nil)
        return try await rows(many) + rows(few) + first()
    }

    /// A search to measure, and what it should take, in ms.
    private struct Search {
        let agents: Int
        let weeks: Int
        let warm: Double
        let http: Double
        let cold: Double?
        var name: String { "slots/agents=\(agents)/weeks=\(weeks)" }
    }

    private func rows(_ search: Search) async throws -> [BenchRow] {
        let world = SlotsWorld(agents: search.agents, .threeFifths)
        return try await BenchDatabase.with(request) { url in
            try await BenchDatabase.open(url) { store in
                request.progress("  \(search.name): loading")
                try await world.load(into: store)
                request.progress("  \(search.name): measuring")
                let floor = try floor(world, weeks: search.weeks, named: "\(search.name)/floor")
                let inCore = try await inCore(world, search, store)
                return inCore + [try await http(world, search, store), floor]
            }
        }
    }

    private func floor(_ world: SlotsWorld, weeks: Int, named name: String) throws -> BenchRow {
        let bare = BareCalendars(world, weeks: weeks)
        var free = 0
        let times = Samples.timing(200) { free += bare.freeUnits() }
        guard free > 0 else { throw BenchFailure("nothing is free") }
        return .time(name, times)
    }

    private func inCore(_ world: SlotsWorld, _ search: Search, _ store: Store) async throws -> [BenchRow] {
        let acting = try await world.houses.acting(in: store)
        let query = world.query(weeks: search.weeks)
        let finder = try await store.read { db in try Calendars().finder(query, for: acting, now: AgendaShape.now, in: db) }
        let warm = Samples.timing(200) { _ = finder.run() }
        var cold = Samples()
        for _ in 0..<7 {
            let time = try await ContinuousClock.milliseconds {
                _ = try await store.read { db in try Calendars().find(query, for: acting, now: AgendaShape.now, in: db) }
            }
            cold.add(time)
        }
        let floor = "\(search.name)/floor"
        return [
            .time("\(search.name)/warm", warm, asked(.atMost(search.warm)), floor: floor),
            .time("\(search.name)/cold", cold, search.cold.map { asked(.atMost($0)) } ?? [], floor: floor),
        ]
    }

    private func http(_ world: SlotsWorld, _ search: Search, _ store: Store) async throws -> BenchRow {
        let acting = try await world.houses.acting(in: store)
        let token = try await store.write { db in
            try ApiToken.create(ApiToken.Draft(name: "bench", scope: .write, days: 30), by: acting, at: AgendaShape.now, in: db)
        }
        let last = AgendaShape.monday.adding(days: 7 * search.weeks - 1)
        let path = "/api/v1/slots?reason=\(world.houses.reason.id)&from=\(AgendaShape.monday)&to=\(last)&limit=2000"
        let times = try await LoopbackServer.with(store, now: AgendaShape.now) { server in
            try await server.timing(500, path, headers: "Authorization: Bearer \(token.text)\r\n")
        }
        return .time("\(search.name)/http", times, asked(.p99AtMost(search.http)), floor: "\(search.name)/floor")
    }

    /// The first free slot, three full weeks away.
    private func first() async throws -> [BenchRow] {
        let name = "slots/agents=\(100 * scale)/first"
        let world = SlotsWorld(agents: 100 * scale, .threeWeeks)
        return try await BenchDatabase.with(request) { url in
            try await BenchDatabase.open(url) { store in
                try await world.load(into: store)
                let acting = try await world.houses.acting(in: store)
                let query = world.query(weeks: SlotsWorld.weeks)
                let finder = try await store.read { db in try Calendars().finder(query, for: acting, now: AgendaShape.now, in: db) }
                let warm = Samples.timing(500) { _ = finder.firstOfPlaces() }
                return [
                    .time("\(name)/warm", warm, asked(.atMost(0.2)), floor: "\(name)/floor"),
                    try floor(world, weeks: SlotsWorld.weeks, named: "\(name)/floor"),
                ]
            }
        }
    }

    /// Targets are set for 1×.
    private func asked(_ target: Target) -> [Target] { scale == 1 ? [target] : [] }
}
