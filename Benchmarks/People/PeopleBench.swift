import Core
import Scheduling
import Store

/// How fast someone is found among those of one organization, in the core and through the page.
struct PeopleBench {
    private static let searches = 600

    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let world = try PeopleWorld(scale: scale)
        return try await BenchDatabase.with(request) { url in
            try await BenchDatabase.open(url) { store in
                request.progress("  loading")
                try await world.load(into: store, request.progress)
                request.progress("  searching")
                let inCore = try await inCore(world, store)
                request.progress("  through HTTP")
                let texts = TypedSearches(world: world).texts(nil, count: Self.searches)
                let pages = try await Visits.with(world.houses, store) { visits in
                    try await visits.rows(
                        "pages/person-search", texts.map { .post("/people/search", "q", $0) }, time: [.p99AtMost(20)],
                        rate: [.atLeast(1_000)], floor: Self.floor(world))
                }
                return pages + inCore
            }
        }
    }

    private func inCore(_ world: PeopleWorld, _ store: Store) async throws -> [BenchRow] {
        let acting = try await world.houses.acting(in: store)
        var rows: [BenchRow] = []
        for kind in [nil] + TypedSearches.Kind.allCases.map(Optional.some) {
            let name = "people/search/people=\(world.count)" + (kind.map { "/\($0.rawValue)" } ?? "")
            let texts = TypedSearches(world: world).texts(kind, count: Self.searches)
            var times = Samples(), found = 0
            for text in texts {
                times.add(
                    try await ContinuousClock.milliseconds {
                        found += try await store.read { db in try Person.search(text, by: acting, in: db) }.count
                    })
            }
            guard found > 0 else { throw BenchFailure("\(name) finds nobody") }
            rows.append(.time(name, times, kind == nil ? [.p99AtMost(20)] : [], floor: Self.floor(world)))
        }
        return rows + [try await floor(world, store)]
    }

    private static func floor(_ world: PeopleWorld) -> String { "people/search/people=\(world.count)/floor" }

    /// A bare query of the same index by its beginning, through the same store.
    private func floor(_ world: PeopleWorld, _ store: Store) async throws -> BenchRow {
        let territory = world.houses.territory.id, scope = world.houses.organizations[0].id
        var times = Samples(), found = 0
        for text in TypedSearches(world: world).texts(.beginning, count: Self.searches) {
            let token = Folding.words(of: text).first ?? ""
            times.add(
                try await ContinuousClock.milliseconds {
                    found += try await store.read { db in
                        try db.all(
                            """
                            SELECT person_id FROM person_token WHERE territory_id = \(territory) AND scope_id = \(scope)
                              AND token >= \(token) AND token < \(token + "\u{10FFFF}") ORDER BY token, search_key LIMIT 20
                            """
                        ) { try $0[0] as ID<Person> }
                    }.count
                })
        }
        guard found > 0 else { throw BenchFailure("the index is empty") }
        return .time(Self.floor(world), times)
    }
}
