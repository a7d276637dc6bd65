import Core
import Scheduling
import Store

/// How fast appointments are booked, and whether two people ever get the same time.
struct BookingBench {
    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let world = BookingWorld(scale: scale)
        return try await BenchDatabase.with(request) { url in
            request.progress("  loading")
            try await BenchDatabase.open(url) { store in
                try await world.load(into: store)
                try await BareClaims(store: store).create()
            }
            request.progress("  own agents")
            let own = try await ownAgents(world, url)
            request.progress("  everyone on one agent")
            return try await BenchDatabase.open(url, durability: .full) { store in
                try await own + HotBench(world: world, store: store).run()
            }
        }
    }

    private func ownAgents(_ world: BookingWorld, _ url: String) async throws -> [BenchRow] {
        guard request.engine == .sqlite else {
            return try await ownAgents(world, url, .full, "", week: 0, [.atLeast(1_500), .floorOver(8)])
        }
        let normal = try await ownAgents(world, url, .normal, "", week: 0, [.atLeast(3_000), .floorOver(8)])
        return try await normal + ownAgents(world, url, .full, "/durability=full", week: 2, [])
    }

    private func ownAgents(
        _ world: BookingWorld, _ url: String, _ durability: Store.Durability, _ suffix: String, week: Int, _ targets: [Target]
    ) async throws -> [BenchRow] {
        let name = "booking/clients=\(OwnAgents.clients)\(suffix)"
        let found = try await BenchDatabase.open(url, durability: durability) { store in
            try await OwnAgents(world: world, store: store, firstWeek: week, peopleBefore: week * 50).run()
        }
        return [
            .rate(name, found.booked.rates, found.booked.times, scale == 1 ? targets : [], floor: "\(name)/floor"),
            .rate("\(name)/floor", found.bare.rates, found.bare.times),
        ]
    }
}
