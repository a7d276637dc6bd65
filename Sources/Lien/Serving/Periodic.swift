import AsyncAlgorithms
import Logging
import ServiceLifecycle

/// Work that comes back: asks again and again for what is due, until the server stops.
struct Periodic: Service {
    let name: String
    let every: Duration
    let logger: Logger
    /// Does what is due now; asking twice must change nothing, since every node asks.
    let work: @Sendable () async throws -> Void

    func run() async {
        for await _ in AsyncTimerSequence(interval: every, clock: .continuous).cancelOnGracefulShutdown() {
            do { try await work() } catch is CancellationError { return } catch {
                logger.warning("work failed, and will be tried again", metadata: ["work": "\(name)", "error": "\(error)"])
            }
        }
    }
}
