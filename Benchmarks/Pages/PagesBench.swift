import Core
import Scheduling
import Store

/// The pages that agents open all day, through HTTP, over ten thousand people and twenty thousand appointments, `scale` times that.
struct PagesBench {
    private static let visits = 400

    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let world = try PagesWorld(scale: scale)
        return try await BenchDatabase.with(request) { url in
            try await BenchDatabase.open(url) { store in
                request.progress("  loading")
                try await world.load(into: store, request.progress)
                request.progress("  asking")
                let floors = try await PagesFloors(world: world, store: store, count: Self.visits).rows()
                return try await Visits.with(world.people.houses, store) { visits in try await rows(world, visits) } + floors
            }
        }
    }

    private func rows(_ world: PagesWorld, _ visits: Visits) async throws -> [BenchRow] {
        let agendas = [("pages/agenda-day", "day"), ("pages/agenda-week", "week")]
        var rows: [BenchRow] = []
        for (name, view) in agendas {
            rows += try await visits.rows(
                name, world.moments(Self.visits).map { .get("/agenda/agents/\($0.agent.id)?view=\(view)&date=\($0.date)") },
                time: [.p99AtMost(20)], rate: view == "week" ? [.atLeast(1_000)] : [], floor: PagesFloors.agenda)
        }
        rows += try await visits.rows(
            "pages/site-day", world.moments(Self.visits / 4).map { .get("/agenda/sites/\($0.site.id)?date=\($0.date)") },
            time: [.p99AtMost(20)])
        rows += try await visits.rows(
            "pages/person", world.someone(Self.visits).map { .get("/people/\($0)") }, time: [.p99AtMost(20)], floor: PagesFloors.person)
        let texts = TypedSearches(world: world.people).texts(nil, count: Self.visits)
        rows += try await visits.rows(
            "pages/person-search", texts.map { .post("/people/search", "q", $0) }, time: [.p99AtMost(20)], rate: [.atLeast(1_000)])
        return rows
            + (try await visits.rows(
                "pages/person-candidates", texts.map { .post("/people/candidates", "q", $0) }, time: [.p99AtMost(20)]))
    }
}

/// The rows of the same pages, read bare through the same store.
struct PagesFloors {
    static let agenda = "pages/agenda/floor"
    static let person = "pages/person/floor"

    let world: PagesWorld
    let store: Store
    let count: Int

    func rows() async throws -> [BenchRow] {
        let territory = world.people.houses.territory.id
        let week = try await times(world.moments(count)) { moment, db in
            let start = AgendaShape.zone.instant(moment.date, minute: 0)
            return try db.all(
                """
                SELECT id FROM appointment WHERE territory_id = \(territory) AND agent_id = \(moment.agent.id)
                  AND starts_at >= \(start) AND starts_at < \(start.adding(days: 7))
                """
            ) { try $0[0] as ID<Appointment> }.count
        }
        let person = try await times(world.someone(count)) { id, db in
            try db.all("SELECT appointment_id FROM participation WHERE territory_id = \(territory) AND person_id = \(id)") {
                try $0[0] as ID<Appointment>
            }.count
        }
        return [.time(Self.agenda, week), .time(Self.person, person)]
    }

    private func times<Asked: Sendable>(_ all: [Asked], _ read: @escaping @Sendable (Asked, Reader) throws -> Int) async throws -> Samples {
        var times = Samples(), found = 0
        for one in all {
            times.add(try await ContinuousClock.milliseconds { found += try await store.read { db in try read(one, db) } })
        }
        guard found > 0 else { throw BenchFailure("the pages hold nothing") }
        return times
    }
}
