import Core
import Scheduling
import Store

/// A rush: sixteen clients want the same fifty half-hours of one agent, each in an order of their own.
struct HotBench {
    private static let clients = 16
    private static let slots = 50
    private static let rounds = 5
    /// Weeks after those of the other measures.
    private static let firstWeek = 30

    let world: BookingWorld
    let store: Store

    func run() async throws -> [BenchRow] {
        var losers = Samples()
        var booked = 0
        for round in 0..<Self.rounds {
            let found = try await rush(round)
            losers = losers + found.losers
            booked += found.booked
        }
        let overlaps = try await overlaps()
        let tries = Self.rounds * Self.clients * Self.slots
        return [
            .count("booking/hot/booked", Double(booked) / Double(Self.rounds), of: tries, [.exactly(Double(Self.slots))]),
            .count("booking/hot/overlaps", Double(overlaps), of: tries, [.exactly(0)]),
            .slowest("booking/hot/slowest-loser", losers, [.atMost(100)]),
        ]
    }

    private func rush(_ round: Int) async throws -> (booked: Int, losers: Samples) {
        let acting = try await world.houses.acting(in: store)
        let times = Array(AgendaShape(agent: round).halfHours(week: Self.firstWeek).prefix(Self.slots))
        return try await withThrowingTaskGroup(of: (Int, Samples).self) { group in
            for client in 0..<Self.clients {
                group.addTask { try await tries(client, round, times, acting) }
            }
            return try await group.reduce((0, Samples())) { ($0.0 + $1.0, $0.1 + $1.1) }
        }
    }

    /// Each try is for another person, so that only the agent's time is in dispute.
    private func tries(_ client: Int, _ round: Int, _ times: [Range<Instant>], _ acting: Acting) async throws -> (Int, Samples) {
        var generator = SeededGenerator(UInt64(client))
        var losers = Samples()
        var booked = 0
        let people = world.people(of: round * Self.clients + client).suffix(Self.slots)
        for (time, person) in zip(times.shuffled(using: &generator), people) {
            let booking = world.booking(person, with: round, at: time.lowerBound)
            let start = ContinuousClock.now
            do {
                _ = try await booking.book(by: acting, at: AgendaShape.now, in: store)
                booked += 1
            } catch let refusal as Refusal where refusal == .slotTaken {
                losers.add(start.milliseconds)
            }
        }
        return (booked, losers)
    }

    /// Counted in the rows themselves, whatever the product believes.
    private func overlaps() async throws -> Int {
        let agents = (0..<Self.rounds).map { world.houses.agents[$0].id }
        return try await store.read { db in
            try db.first(
                """
                SELECT count(*) FROM claim one
                JOIN claim other ON other.territory_id = one.territory_id AND other.holder_id = one.holder_id AND other.id <> one.id
                  AND other.starts_at >= one.starts_at AND other.starts_at < one.ends_at
                WHERE one.territory_id = \(world.houses.territory.id) AND one.holder_id IN \(list: agents)
                """
            ) { try $0[0] as Int } ?? 0
        }
    }
}
