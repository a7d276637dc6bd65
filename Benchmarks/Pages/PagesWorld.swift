import Core
import Scheduling
import Store

/// People whom one organization follows, and agents whose every half-hour was taken for half a year, and is for a quarter to come.
struct PagesWorld: Sendable {
    private static let agentsAtOnce = 10
    private static let appointmentsOfEach = 2_000
    /// 54 half-hours each.
    private static let weeks = -25..<13

    let people: PeopleWorld
    private var houses: Houses { people.houses }

    init(scale: Int) throws { people = try PeopleWorld(scale: scale, agents: Self.agentsAtOnce * scale) }

    /// A day on which someone is asked about.
    struct Moment: Sendable {
        let agent: Agent
        let site: Site
        let date: CivilDate
    }

    /// Of the weeks that are full, the same at each run.
    func moments(_ count: Int) -> [Moment] {
        var generator = SeededGenerator(11)
        return (0..<count).map { _ in
            let rank = Int.random(in: houses.agents.indices, using: &generator)
            let day = Int.random(in: 0..<5, using: &generator), week = Int.random(in: -20..<10, using: &generator)
            return Moment(agent: houses.agents[rank], site: houses.site(of: rank), date: AgendaShape.monday.adding(days: week * 7 + day))
        }
    }

    func someone(_ count: Int) -> [ID<Person>] {
        var generator = SeededGenerator(12)
        return (0..<count).map { _ in people.id(Int.random(in: 0..<people.count, using: &generator)) }
    }

    func load(into store: Store, _ progress: (String) -> Void) async throws {
        try await people.load(into: store, progress)
        progress("  \(houses.agents.count * Self.appointmentsOfEach) appointments")
        for first in stride(from: 0, to: houses.agents.count, by: 25) {
            let ranks = first..<min(first + 25, houses.agents.count)
            let booked = BookedAppointments(houses, ranks.flatMap(booked), seed: UInt64(first) + 20)
            try await store.bulk { db in try booked.load(journalled: false, in: db) }
        }
        try await store.settle()
    }

    private func booked(by rank: Int) -> [BookedAppointments.Slot] {
        let times = Self.weeks.flatMap { AgendaShape(agent: rank).halfHours(week: $0) }.suffix(Self.appointmentsOfEach)
        return times.enumerated().map { number, time in
            // Two appointments each, with agents far from each other, and weeks apart: nobody is in two places at once.
            let turned = rank < houses.agents.count / 2 ? number : (number + times.count / 2) % times.count
            let person = people.id((rank * Self.appointmentsOfEach + turned) % people.count)
            return BookedAppointments.Slot(rank: rank, person: person, time: time)
        }
    }
}
