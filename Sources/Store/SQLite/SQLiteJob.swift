import Synchronization

/// One transaction that waits for the writing connection, runs on it, and hands its outcome to the task that asked.
final class SQLiteJob: Sendable {
    typealias Work = @Sendable (Writer) throws -> Void

    private struct State {
        var work: Work?
        var continuation: CheckedContinuation<Void, any Error>?
        var outcome: Result<Void, any Error> = .success(())
    }

    let ticket: Int
    let kind: TransactionKind
    private let state: Mutex<State>
    private let cancelled = Atomic(false)

    init(_ ticket: Int, _ kind: TransactionKind, _ work: @escaping Work) {
        self.ticket = ticket
        self.kind = kind
        state = Mutex(State(work: work))
    }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }
    func cancel() { cancelled.store(true, ordering: .relaxed) }
    func answer(to continuation: CheckedContinuation<Void, any Error>) { state.withLock { $0.continuation = continuation } }

    /// Runs the work, perhaps not for the first time, and keeps the outcome for ``finish()``.
    func perform(_ run: (Work) throws -> Void) -> Bool {
        guard let work = state.withLock({ $0.work }) else { return false }
        do {
            try run(work)
            return true
        } catch {
            fail(error)
            return false
        }
    }

    func fail(_ error: any Error) { state.withLock { $0.outcome = .failure(error) } }
    func forget() { state.withLock { $0.outcome = .success(()) } }

    /// Answers. The work is let go first: it belongs to the task, which goes on at once.
    func finish() {
        let (continuation, outcome) = state.withLock { state in
            defer { state = State() }
            return (state.continuation, state.outcome)
        }
        continuation?.resume(with: outcome)
    }
}

/// What a job made, for the task that waits for it.
final class Kept<Value: Sendable>: Sendable {
    private let kept = Mutex<Value?>(nil)
    var value: Value? { kept.withLock { $0 } }
    func keep(_ value: Value) { kept.withLock { $0 = value } }
}
