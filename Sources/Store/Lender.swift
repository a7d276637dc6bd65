import Dispatch
import Synchronization

/// Lends a fixed set of things, one borrower each; those who must wait are served in order, for a bounded time.
final class Lender<Resource: Sendable>: Sendable {
    private struct Waiter {
        let ticket: Int
        let deadline: ContinuousClock.Instant
        let continuation: CheckedContinuation<Resource, any Error>
    }

    private struct State {
        var idle: [Resource]
        var waiting: [Waiter] = []
        var tickets = 0
        var isTimerSet = false
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
            try await withCheckedThrowingContinuation { enqueue($0, ticket) }
        } onCancel: {
            remove(ticket)?.resume(throwing: CancellationError())
        }
    }

    /// Gives one back.
    func give(_ resource: Resource) {
        let next = state.withLock { state -> Waiter? in
            guard !state.waiting.isEmpty else {
                state.idle.append(resource)
                return nil
            }
            return state.waiting.removeFirst()
        }
        next?.continuation.resume(returning: resource)
    }

    /// The task may have been cancelled, or a resource may have come back, just before this.
    private func enqueue(_ continuation: CheckedContinuation<Resource, any Error>, _ ticket: Int) {
        let free = state.withLock { state -> Resource? in
            if state.waiting.isEmpty, let free = state.idle.popLast() { return free }
            state.waiting.append(Waiter(ticket: ticket, deadline: .now + wait, continuation: continuation))
            return nil
        }
        if let free { return continuation.resume(returning: free) }
        if Task.isCancelled { remove(ticket)?.resume(throwing: CancellationError()) }
        setTimer()
    }

    private func remove(_ ticket: Int) -> CheckedContinuation<Resource, any Error>? {
        state.withLock { state in
            guard let index = state.waiting.firstIndex(where: { $0.ticket == ticket }) else { return nil }
            return state.waiting.remove(at: index).continuation
        }
    }
}

/// One timer for all: they wait equally long, so the first in line is the first to give up.
extension Lender {
    private func setTimer() {
        let deadline = state.withLock { state -> ContinuousClock.Instant? in
            guard !state.isTimerSet, let first = state.waiting.first else { return nil }
            state.isTimerSet = true
            return first.deadline
        }
        guard let deadline else { return }
        let left = ContinuousClock.now.duration(to: deadline) / .nanoseconds(1)
        DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(max(Int(left), 0))) { [weak self] in self?.expire() }
    }

    private func expire() {
        let late = state.withLock { state in
            state.isTimerSet = false
            let now = ContinuousClock.now
            let late = state.waiting.prefix { $0.deadline <= now }
            state.waiting.removeFirst(late.count)
            return Array(late)
        }
        for waiter in late { waiter.continuation.resume(throwing: StoreError.busy) }
        setTimer()
    }
}
