/// Some measures, of which percentiles are asked.
struct Samples: Sendable {
    private var values: [Double]

    init(_ values: [Double] = []) { self.values = values }

    var count: Int { values.count }

    mutating func add(_ value: Double) { values.append(value) }

    static func + (left: Samples, right: Samples) -> Samples { Samples(left.values + right.values) }

    /// The nearest rank: one of the values. 0 when there is none.
    /// - Parameter share: 0.5 for the median, 1 for the largest.
    func percentile(_ share: Double) -> Double {
        guard !values.isEmpty else { return 0 }
        let rank = Int((share * Double(values.count)).rounded(.up))
        return values.sorted()[min(max(rank, 1), values.count) - 1]
    }
}

extension ContinuousClock {
    /// Milliseconds that the body takes.
    static func milliseconds(_ body: () throws -> Void) rethrows -> Double {
        try ContinuousClock().measure(body) / .milliseconds(1)
    }

    static func milliseconds(_ body: () async throws -> Void) async rethrows -> Double {
        let start = ContinuousClock.now
        try await body()
        return start.milliseconds
    }
}

extension ContinuousClock.Instant {
    /// Milliseconds since then.
    var milliseconds: Double { duration(to: .now) / .milliseconds(1) }
}

extension Samples {
    /// Times a body: first a few times for nothing, then `count` times.
    static func timing(_ count: Int, _ body: () throws -> Void) rethrows -> Samples {
        for _ in 0..<3 { try body() }
        return Samples(try (0..<count).map { _ in try ContinuousClock.milliseconds(body) })
    }
}
