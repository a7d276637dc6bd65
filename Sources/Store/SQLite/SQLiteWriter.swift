import GRDB
import GRDBSQLite
import Synchronization

/// Runs the writers of a SQLite database, one after the other, on its one writing connection.
///
/// Those who stand in line together share a COMMIT, each in a savepoint of its own: a commit costs as much as half a booking, and
/// with `synchronous = FULL` a visit to the disk. No one is answered before the commit.
final class SQLiteWriter: Sendable {
    private struct State {
        var line = Line<SQLiteJob>()
        var tickets = 0
        var isRunning = false
        /// The job whose statements are being run, and the address of the connection, to interrupt it.
        var current: (job: SQLiteJob, connection: UInt)?
    }

    private let state = Mutex(State())
    private let database: any DatabaseWriter
    private let wait: Duration

    init(_ database: any DatabaseWriter, wait: Duration) {
        self.database = database
        self.wait = wait
    }

    func run<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) async throws -> T {
        try Task.checkCancellation()
        let kept = Kept<T>()
        try await withoutActuallyEscaping(body) { body in
            let job = SQLiteJob(nextTicket(), kind) { db in kept.keep(try body(db)) }
            try await withTaskCancellationHandler {
                try await withCheckedThrowingContinuation { continuation in
                    job.answer(to: continuation)
                    join(job)
                }
            } onCancel: {
                cancel(job)
            }
        }
        guard let value = kept.value else { throw CancellationError() }
        return value
    }

    private func nextTicket() -> Int {
        state.withLock { state in
            state.tickets += 1
            return state.tickets
        }
    }

    /// The task may have been cancelled just before this.
    private func join(_ job: SQLiteJob) {
        let deadline = ContinuousClock.now + wait
        let mustStart = state.withLock { state in
            state.line.join(job, ticket: job.ticket, deadline: deadline)
            defer { state.isRunning = true }
            return !state.isRunning
        }
        if Task.isCancelled { cancel(job) }
        if mustStart { database.asyncWriteWithoutTransaction { db in self.runAll(db) } } else { setTimer() }
    }

    private func cancel(_ job: SQLiteJob) {
        let waiting = state.withLock { state -> SQLiteJob? in
            if let waiting = state.line.leave(job.ticket) { return waiting }
            if let current = state.current, current.job === job {
                job.cancel()
                sqlite3_interrupt(OpaquePointer(bitPattern: current.connection))
            }
            return nil
        }
        waiting?.fail(CancellationError())
        waiting?.finish()
    }

    private func setTimer() {
        guard let deadline = state.withLock({ $0.line.timerToSet() }) else { return }
        at(deadline) { [weak self] in self?.expire() }
    }

    private func expire() {
        for late in state.withLock({ $0.line.late(.now) }) {
            late.fail(StoreError.busy)
            late.finish()
        }
        setTimer()
    }
}

/// On the writing connection's queue.
extension SQLiteWriter {
    private func runAll(_ database: Database) {
        var again: [SQLiteJob] = []
        while let job = again.isEmpty ? next() : again.removeFirst() {
            if job.kind.sharesCommit {
                let group = SQLiteGroup(database, watch: watch)
                again = group.run(job) { again.isEmpty ? nextSharing() : nil } + again
            } else {
                _ = job.perform { work in
                    let session = try SQLiteSession(database, job)
                    try watch(session, job) { try SQLiteTransaction.run(job.kind, session, work) }
                }
                job.finish()
            }
        }
    }

    /// The next job, or the end of the run when the line is empty.
    private func next() -> SQLiteJob? {
        state.withLock { state in
            let job = state.line.next()
            state.isRunning = job != nil
            return job
        }
    }

    private func nextSharing() -> SQLiteJob? {
        state.withLock { $0.line.next { $0.kind.sharesCommit } }
    }

    /// Lets a job be interrupted while it works, and no longer.
    private func watch(_ session: SQLiteSession, _ job: SQLiteJob, _ work: () throws -> Void) throws {
        let connection = UInt(bitPattern: session.connection)
        state.withLock { $0.current = (job, connection) }
        defer { state.withLock { $0.current = nil } }
        try work()
    }
}

extension TransactionKind {
    fileprivate var sharesCommit: Bool {
        switch self {
        case .record, .write, .claim: true
        default: false
        }
    }
}
