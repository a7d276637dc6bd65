import Foundation
import Store

/// What a bench found.
public struct BenchReport: Sendable {
    let bench: Benchmark
    let request: BenchRequest
    let machine: String
    /// MB.
    let peak: Double
    let load: Double
    let rows: [BenchRow]
    /// The same figures at 1×, in the same order, when those are of a larger scale.
    let small: [BenchRow]

    /// One JSON object, as architecture.md describes it.
    public func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        let document = Document(
            bench: bench.rawValue, engine: request.engine.rawValue, scale: request.scale, commit: request.commit ?? "", machine: machine,
            peakRSS: peak, rows: rows)
        return String(decoding: try encoder.encode(document), as: UTF8.self)
    }

    private struct Document: Encodable {
        let bench: String
        let engine: String
        let scale: Int
        let commit: String
        let machine: String
        let peakRSS: Double
        let rows: [BenchRow]

        enum CodingKeys: String, CodingKey {
            case bench, engine, scale, commit, machine, rows
            case peakRSS = "peak_rss_mb"
        }
    }

    func floor(of row: BenchRow) -> Double? {
        rows.first { $0.name == row.floor }?.value
    }
}
