/// One figure. Its name is stable: words joined by `/`, sizes as `key=value`, `/floor` at the end of a floor.
public struct BenchRow: Sendable, Equatable, Encodable {
    public let name: String
    /// The median: of times, or of the rates of several passes.
    public let value: Double
    /// `ms`, `/s`, or nothing for a count.
    public let unit: String
    /// Of the times of single operations, in ms whatever the unit; the count itself for a count.
    public let p50: Double
    public let p99: Double
    /// How many operations were timed.
    public let n: Int
    let targets: [Target]
    /// The name of its floor's row.
    let floor: String?

    enum CodingKeys: String, CodingKey { case name, value, unit, p50, p99, n }

    private init(_ name: String, _ value: Double, _ unit: String, _ times: Samples, n: Int, _ targets: [Target], floor: String?) {
        self.name = name
        self.value = value.roundedForReport
        self.unit = unit
        p50 = times.percentile(0.5).roundedForReport
        p99 = times.percentile(0.99).roundedForReport
        self.n = n
        self.targets = targets
        self.floor = floor
    }

    /// The median of some times.
    static func time(_ name: String, _ times: Samples, _ targets: [Target] = [], floor: String? = nil) -> BenchRow {
        BenchRow(name, times.percentile(0.5), "ms", times, n: times.count, targets, floor: floor)
    }

    /// The slowest of some times.
    static func slowest(_ name: String, _ times: Samples, _ targets: [Target] = []) -> BenchRow {
        BenchRow(name, times.percentile(1), "ms", times, n: times.count, targets, floor: nil)
    }

    /// The median of the rates of several passes, with the times of all their operations.
    static func rate(_ name: String, _ rates: Samples, _ times: Samples, _ targets: [Target] = [], floor: String? = nil) -> BenchRow {
        BenchRow(name, rates.percentile(0.5), "/s", times, n: times.count, targets, floor: floor)
    }

    static func count(_ name: String, _ count: Double, of n: Int, _ targets: [Target] = []) -> BenchRow {
        BenchRow(name, count, "", Samples([count]), n: n, targets, floor: nil)
    }
}

extension Double {
    /// Four decimals are enough for a time in ms, and one for a rate.
    fileprivate var roundedForReport: Double {
        let scale: Double = abs(self) < 100 ? 10_000 : 10
        return (self * scale).rounded() / scale
    }
}
