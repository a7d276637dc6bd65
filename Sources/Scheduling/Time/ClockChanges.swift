import Foundation

/// The offsets from UTC that a zone has had, in seconds, and when each begins. Immutable, shared by all copies of a `Zone`.
final class ClockChanges: Sendable {
    /// Offset k holds for the instants from `instants[k]`, and for the civil seconds from `locals[k]`.
    private let offsets: [Int64]
    private let instants: [Int64]
    private let locals: [Int64]

    /// 2101-01-01: past it, and before 1970, the nearest offset is kept.
    private static let horizon: Int64 = 4_133_980_800

    init(of zone: TimeZone) {
        var offsets = [Int64(zone.secondsFromGMT(for: Date(timeIntervalSince1970: 0)))]
        var instants = [Int64.min]
        var locals = [Int64.min]
        var cursor = Date(timeIntervalSince1970: 0)
        while let next = zone.nextDaylightSavingTimeTransition(after: cursor), next > cursor {
            cursor = next
            let instant = Int64(next.timeIntervalSince1970)
            guard instant < ClockChanges.horizon else { break }
            let before = offsets[offsets.count - 1]
            let after = Int64(zone.secondsFromGMT(for: next))
            guard after != before else { continue }
            offsets.append(after)
            instants.append(instant)
            // Forward: a skipped time still counts with the offset before, which moves it by the gap.
            // Backward: a repeated time counts with the offset before until its second turn ends, so the first is meant.
            locals.append(instant + max(before, after))
        }
        self.offsets = offsets
        self.instants = instants
        self.locals = locals
    }

    func offset(instant: Int64) -> Int64 {
        offsets[last(of: instants, notAfter: instant)]
    }

    func offset(local: Int64) -> Int64 {
        offsets[last(of: locals, notAfter: local)]
    }

    /// The offset of a civil second and the civil seconds that share it, for whoever converts many in a row.
    func stretch(local: Int64) -> (offset: Int64, locals: Range<Int64>) {
        let index = last(of: locals, notAfter: local)
        let end = index + 1 < locals.count ? locals[index + 1] : Int64.max
        return (offsets[index], locals[index]..<end)
    }

    func all(in range: Range<Instant>) -> [ClockChange] {
        instants.indices.dropFirst().filter { range.contains(Instant(instants[$0])) }.map {
            ClockChange(at: Instant(instants[$0]), before: Int(offsets[$0 - 1]), after: Int(offsets[$0]))
        }
    }

    /// The last index whose value is not after `value`; the first value is before everything.
    private func last(of values: [Int64], notAfter value: Int64) -> Int {
        var low = 0
        var high = values.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if values[middle] <= value { low = middle } else { high = middle }
        }
        return low
    }
}
