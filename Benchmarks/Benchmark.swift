import Store

/// What `lien bench` measures.
public enum Benchmark: String, CaseIterable, Sendable {
    case slots, booking, people, pages, campaign

    /// Measures on databases of its own, gone afterwards; at 10× or 100×, at 1× too, to show how it grows.
    public func run(_ request: BenchRequest) async throws -> BenchReport {
        var rows: [[BenchRow]] = []
        for scale in request.scale == 1 ? [1] : [1, request.scale] {
            request.progress("\(rawValue) on \(request.engine.rawValue), \(scale)×")
            rows.append(try await measure(request, scale))
        }
        return BenchReport(
            bench: self, request: request, machine: Machine.description, peak: Machine.peakMegabytes, load: Machine.load,
            rows: rows[rows.count - 1], small: rows.count > 1 ? rows[0] : [])
    }

    private func measure(_ request: BenchRequest, _ scale: Int) async throws -> [BenchRow] {
        switch self {
        case .slots: try await SlotsBench(request: request, scale: scale).run()
        case .booking: try await BookingBench(request: request, scale: scale).run()
        case .people: try await PeopleBench(request: request, scale: scale).run()
        case .pages: try await PagesBench(request: request, scale: scale).run()
        case .campaign:
            try await CampaignBench(request: request, scale: scale).run() + DueBench(request: request, scale: scale).run()
        }
    }
}

/// On what to measure, and what to say of it.
public struct BenchRequest: Sendable {
    public let engine: Store.Engine
    /// 1, 10 or 100.
    public let scale: Int
    /// Of the code that is measured, when it is known.
    public let commit: String?
    /// The URL of a PostgreSQL server's administrative database.
    public let server: String?
    /// Says what is being done, to whoever waits.
    public let progress: @Sendable (String) -> Void

    public init(engine: Store.Engine, scale: Int, commit: String?, server: String?, progress: @escaping @Sendable (String) -> Void) {
        self.engine = engine
        self.scale = scale
        self.commit = commit
        self.server = server
        self.progress = progress
    }
}

/// Why a bench could not be run, in a sentence.
public struct BenchFailure: Error, CustomStringConvertible {
    public let description: String
    init(_ description: String) { self.description = description }
}
