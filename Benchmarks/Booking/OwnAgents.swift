import Core
import Scheduling
import Store

/// Eight clients that book at once, each with agents of their own.
struct OwnAgents {
    static let clients = 8
    private static let agentsOfEach = 25
    private static let passes = 7
    /// Bookings of each client in a pass.
    private static let turns = 200

    let world: BookingWorld
    let store: Store
    /// The first week whose half-hours are booked; two are enough.
    let firstWeek: Int
    /// How many of the people of each agent have been booked already.
    let peopleBefore: Int

    struct Series {
        var rates = Samples()
        var times = Samples()

        mutating func add(_ pass: Clients.Pass) {
            rates.add(pass.rate)
            times = times + pass.times
        }
    }

    /// Passes of bookings and of their floor by turns, so that what else the machine does weighs on both. The first is for nothing.
    func run() async throws -> (booked: Series, bare: Series) {
        let acting = try await world.houses.acting(in: store)
        let bare = BareClaims(store: store)
        var series = (booked: Series(), bare: Series())
        for pass in 0...Self.passes {
            let turns = Self.turns * pass..<Self.turns * (pass + 1)
            let floor = try await Clients.pass(Self.clients, turns: turns) { client, turn in
                let place = place(client, turn)
                try await bare.claim(place.time, of: world.houses.agents[place.rank].id)
            }
            let whole = try await Clients.pass(Self.clients, turns: turns) { client, turn in
                let place = place(client, turn)
                let booking = world.booking(place.person, with: place.rank, at: place.time.lowerBound)
                _ = try await booking.book(by: acting, at: AgendaShape.now, in: store)
            }
            guard pass > 0 else { continue }
            series.bare.add(floor)
            series.booked.add(whole)
        }
        return series
    }

    /// Each turn has its own half-hour and its own person.
    private func place(_ client: Int, _ turn: Int) -> (rank: Int, time: Range<Instant>, person: ID<Person>) {
        let rank = client * Self.agentsOfEach + turn % Self.agentsOfEach
        let nth = turn / Self.agentsOfEach
        let times = AgendaShape(agent: rank).halfHours(week: firstWeek + nth / 54)
        let people = world.people(of: rank)
        return (rank, times[nth % 54], people[people.startIndex + peopleBefore + nth])
    }
}
