import Core
import Scheduling
import Store

/// How fast a campaign is queued and handed over, and whether anybody ever gets it twice.
///
/// Always to 100,000 people: ten or a hundred times the data is what left before it, two messages for each appointment.
struct CampaignBench {
    let request: BenchRequest
    let scale: Int

    func run() async throws -> [BenchRow] {
        let world = CampaignCrowd()
        return try await BenchDatabase.with(request) { url in
            request.progress("  loading \(CampaignCrowd.count) people")
            return try await BenchDatabase.open(url, durability: .full) { store in
                try await world.load(into: store)
                let acting = try await world.houses.acting(in: store)
                if scale > 1 {
                    request.progress("  \(world.pastCount(scale)) messages before it")
                    try await world.loadPast(scale, into: store)
                }
                request.progress("  queueing, then handing over")
                let queued = try await queue(world, acting, store)
                let handed = try await HandingOver(store: store, now: CampaignCrowd.later).run()
                return rows(queued, handed)
            }
        }
    }

    private func queue(_ world: CampaignCrowd, _ acting: Acting, _ store: Store) async throws -> Double {
        let draft = Campaign.Draft(
            organization: world.houses.organizations[0].id, name: "Mesure",
            text: .init(sms: "La salle est ouverte ce jour. Venez boire un verre d’eau."), apartDays: 0, rate: 6000)
        let campaign = try await store.claim { db in try Campaign.prepare(draft, by: acting, at: AgendaShape.now, in: db) }
        return try await ContinuousClock.milliseconds {
            _ = try await store.claim { db in
                try Campaign.launch(campaign.id, version: nil, by: acting, at: AgendaShape.now, in: db)
            }
            while try await Campaign.queueNext(at: AgendaShape.now, in: store) > 0 {}
        }
    }

    private func rows(_ queued: Double, _ handed: HandingOver.Found) -> [BenchRow] {
        [
            .time("campaign/queued", Samples([queued]), [.atMost(5_000)]),
            .rate("campaign/handed", handed.rates, handed.times, [.atLeast(1_000)]),
            .count("campaign/twice", Double(handed.twice), of: handed.count, [.exactly(0)]),
            .count("campaign/lacking", Double(CampaignCrowd.count - handed.reached), of: CampaignCrowd.count, [.exactly(0)]),
        ]
    }
}

/// What the workers of two nodes hand to a gateway that takes everything at once.
struct HandingOver: Sendable {
    let store: Store
    let now: Instant

    /// As a node does (`MessageWorker`).
    private static let lanes = 2, width = 16
    static let carrier = Sending.Carrier(name: "mesure", channel: .sms, isRepeatable: true)

    struct Found: Sendable {
        /// Of each second that was full.
        var rates = Samples()
        /// Of each batch: from taking it to its answers being written.
        var times = Samples()
        var count = 0
        /// How many different people.
        var reached = 0
        var twice = 0
    }

    func run() async throws -> Found {
        let start = ContinuousClock.now
        let lanes = try await withThrowingTaskGroup(of: Lane.self) { group in
            for _ in 0..<Self.lanes { group.addTask { try await lane() } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let seconds = start.milliseconds / 1000
        let all = lanes.flatMap(\.recipients)
        var found = Found()
        (found.count, found.reached) = (all.count, Set(all).count)
        found.twice = all.count - found.reached
        found.rates.add(Double(all.count) / seconds)
        for lane in lanes { found.times = found.times + lane.times }
        return found
    }

    private struct Lane: Sendable {
        var recipients: [String] = []
        var times = Samples()
    }

    private func lane() async throws -> Lane {
        var lane = Lane()
        while true {
            let start = ContinuousClock.now
            let batch = try await Sending.take(Self.width, by: Self.carrier, at: now, in: store)
            guard batch.seen > 0 else { return lane }
            lane.recipients += batch.sendings.map(\.recipient)
            try await Sending.record(batch.sendings.map { ($0, .init(.handed, reference: $0.id.description)) }, at: now, in: store)
            lane.times.add(start.milliseconds)
        }
    }
}
