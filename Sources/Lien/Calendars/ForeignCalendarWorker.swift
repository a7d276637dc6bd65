import Core
import Scheduling
import Store

/// Reads the foreign calendars that are due. Any number of them may run, on any number of nodes: each reading is one worker's.
struct ForeignCalendarWorker: Sendable {
    let store: Store
    let reader: ForeignCalendarReader
    let now: @Sendable () -> Instant

    /// How many run on a node: a slow address holds one of them for as long as it may take.
    static let lanes = 2

    /// Reads one after the other, until none is due. Nothing is open in the database while an address answers.
    func work() async throws {
        while let reading = try await ForeignReading.take(at: now(), in: store) {
            let outcome = await reader.read(reading, at: now())
            try await reading.record(outcome, at: now(), in: store)
            try Task.checkCancellation()
        }
    }
}
