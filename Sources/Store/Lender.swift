import Synchronization

/// Lends a fixed set of things, one borrower each; those who must wait are served in order, for a bounded time.
final class Lender<Resource: Sendable>: Sendable {
    private typealias Continuation = CheckedContinuation<Resource, any Error>

    private struct State {
        var idle: [Resource]
        var line = Line<Continuation>()
        var tickets = 0
    }

    private let state: Mutex<State>
    private let wait: Duration

    init(_ resources: [Resource], wait: Duration) {
        state = Mutex(State(idle: resources))
        self.wait = wait
    }

    /// Borrows one: at once, or when it comes back.
    ///
    /// - Throws: ``StoreError/busy`` after the wait, `CancellationError` when the task is cancelled meanwhile.
    func take() async throws -> Resource {
        try Task.checkCancellation()
        let (free, ticket) = state.withLock { state in
            state.tickets += 1
            return (state.idle.popLast(), state.tickets)
        }
        if let free { return free }
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { join($0, ticket) }
        } onCancel: {
            leave(ticket)
        }
    }

    /// Gives one back.
    func give(_ resource: Resource) {
        let next = state.withLock { state -> Continuation? in
            if let next = state.line.next() { return next }
            state.idle.append(resource)
            return nil
        }
        next?.resume(returning: resource)
    }

    /// The task may have been cancelled, or a resource may have come back, just before this.
    private func join(_ continuation: Continuation, _ ticket: Int) {
        let deadline = ContinuousClock.now + wait
        let free = state.withLock { state -> Resource? in
            if let free = state.idle.popLast() { return free }
            state.line.join(continuation, ticket: ticket, deadline: deadline)
            return nil
        }
        if let free { return continuation.resume(returning: free) }
        if Task.isCancelled { leave(ticket) }
        setTimer()
    }

    private func leave(_ ticket: Int) {
        state.withLock { $0.line.leave(ticket) }?.resume(throwing: CancellationError())
    }

    private func setTimer() {
        guard let deadline = state.withLock({ $0.line.timerToSet() }) else { return }
        at(deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        for late in state.withLock({ $0.line.late(.now) }) { late.resume(throwing: StoreError.busy) }
        setTimer()
    }
}
