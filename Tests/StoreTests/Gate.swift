import Foundation

/// Opens when told to: lets a test hold a transaction as long as it needs, without guessing at times.
final class Gate: Sendable {
    private let entered = DispatchSemaphore(value: 0)
    private let opened = DispatchSemaphore(value: 0)

    /// Called inside the transaction: says that it is there and waits, 30 s at most.
    func pass() {
        entered.signal()
        _ = opened.wait(timeout: .now() + 30)
    }

    func open() { opened.signal() }

    /// Returns once someone stands at the gate.
    func waitForSomeone() async {
        await withCheckedContinuation { continuation in
            DispatchQueue.global().async {
                _ = self.entered.wait(timeout: .now() + 30)
                continuation.resume()
            }
        }
    }
}

/// How long something takes, in seconds.
func seconds(_ work: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await work()
    return (ContinuousClock.now - start) / .seconds(1)
}
