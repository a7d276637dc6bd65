import CPostgres
import Dispatch
import Synchronization

/// Tells the server to give up what a connection is doing, from any thread.
///
/// Each transaction has a ticket, so that a late cancellation never strikes the next one.
final class Canceller: Sendable {
    private struct State {
        var handle: OpaquePointer?
        var tickets = 0
        var current: Int?
        var wasSent = false
    }

    private let state = Mutex(State())

    deinit { state.withLock { PQfreeCancel($0.handle) } }

    /// From now on speaks of this connection (`nil`: of none).
    func watch(_ session: PostgresSession?) {
        let handle = session.flatMap { PQgetCancel($0.connection) }.map { UInt(bitPattern: $0) }
        state.withLock { state in
            PQfreeCancel(state.handle)
            state.handle = handle.flatMap { OpaquePointer(bitPattern: $0) }
        }
    }

    func begin() -> Int {
        state.withLock { state in
            state.tickets += 1
            state.current = state.tickets
            state.wasSent = false
            return state.tickets
        }
    }

    /// Whether a cancellation was sent: it may still be on its way, so the connection must not serve again.
    func end() -> Bool {
        state.withLock { state in
            state.current = nil
            return state.wasSent
        }
    }

    /// Calls the server on another connection, hence on another thread.
    func cancel(_ ticket: Int) {
        DispatchQueue.global().async {
            self.state.withLock { state in
                guard state.current == ticket, let handle = state.handle else { return }
                var message = [CChar](repeating: 0, count: 256)
                PQcancel(handle, &message, Int32(message.count))
                state.wasSent = true
            }
        }
    }
}
