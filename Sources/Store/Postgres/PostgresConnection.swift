import CPostgres
import Dispatch

/// One connection on its own queue: libpq blocks its thread, so that thread is never one of Swift's.
actor PostgresConnection {
    private let queue = BlockingQueue(label: "postgres")
    nonisolated var unownedExecutor: UnownedSerialExecutor { queue.asUnownedSerialExecutor() }
    nonisolated let canceller = Canceller()

    private let url: String
    private var session: PostgresSession?

    init(url: String) { self.url = url }

    /// Runs one transaction. A connection found dead before the server answered anything is replaced, once.
    func transaction<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) throws -> T {
        defer { if canceller.end() { close() } }
        guard let old = session else { return try attempt(kind, body, on: connected()) }
        do { return try attempt(kind, body, on: old) } catch StoreError.unreachable where !old.hasAnswered {
            close()
            return try attempt(kind, body, on: connected())
        }
    }

    private func attempt<T: Sendable>(
        _ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T, on session: PostgresSession
    ) throws -> T {
        do {
            try begin(session, kind)
            let result = try body(Writer(session))
            try session.checkUsable()
            try commit(session, kind)
            return result
        } catch {
            undo(session, kind)
            throw reason(error, session)
        }
    }

    func close() {
        canceller.watch(nil)
        session = nil
    }

    private func connected() throws -> PostgresSession {
        if let session { return session }
        let fresh = try PostgresSession(url: url)
        canceller.watch(fresh)
        session = fresh
        return fresh
    }

    /// The last command leaves with the first statement.
    private func begin(_ session: PostgresSession, _ kind: TransactionKind) throws {
        session.failure = nil
        session.prepares = kind.prepares
        session.hasAnswered = false
        guard kind.prepares else { return try kind.opening.forEach(session.command) }
        try kind.opening.forEach(session.post)
        if session.plansAreOld() { try session.post("DISCARD PLANS") }
    }

    /// When the connection is lost here, no one can tell whether the server has committed.
    private func commit(_ session: PostgresSession, _ kind: TransactionKind) throws {
        if case .none = kind { return }
        // So that a connection found dead is found before anything may have been kept.
        if !session.hasAnswered { try session.settle() }
        do { try session.command("COMMIT") } catch StoreError.unreachable(let reason) {
            throw StoreError.unreachable("\(reason); whether the last change was kept is not known")
        }
    }

    private func undo(_ session: PostgresSession, _ kind: TransactionKind) {
        if session.isLost { return close() }
        if case .none = kind { return }
        do {
            try? session.settle()
            try session.command("ROLLBACK")
        } catch { close() }
    }

    /// What made the transaction fail, even when the body threw something else because of it.
    private func reason(_ error: any Error, _ session: PostgresSession) -> any Error {
        if Task.isCancelled, case .failed(code: "57014", _)? = error as? StoreError { return CancellationError() }
        if let failure = session.failure, PostgresFailure.isRetryable(failure) { return failure }
        return session.cause(error)
    }
}

extension TransactionKind {
    /// A number of our own ("lien" in ASCII), that no other program on the database should lock.
    private static let migrationLock = 0x6c69_656e

    /// The commands that begin it. A migration waits for those of other nodes, then sees what they did: READ COMMITTED.
    fileprivate var opening: [String] {
        switch self {
        case .none: []
        case .read: ["BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"]
        case .record: ["BEGIN ISOLATION LEVEL REPEATABLE READ"]
        case .write: ["BEGIN ISOLATION LEVEL SERIALIZABLE"]
        case .claim: ["BEGIN ISOLATION LEVEL READ COMMITTED"]
        case .bulk: ["BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL statement_timeout = 0"]
        case .migration:
            [
                "BEGIN ISOLATION LEVEL READ COMMITTED", "SET LOCAL statement_timeout = 0",
                "SELECT pg_advisory_xact_lock(\(Self.migrationLock))",
            ]
        }
    }

    fileprivate var prepares: Bool {
        switch self {
        case .migration, .none: false
        default: true
        }
    }
}

/// A serial queue as the executor of an actor.
final class BlockingQueue: SerialExecutor {
    private let queue: DispatchQueue

    init(label: String) { queue = DispatchQueue(label: label) }

    func enqueue(_ job: consuming ExecutorJob) {
        let job = UnownedJob(job)
        queue.async { job.runSynchronously(on: self.asUnownedSerialExecutor()) }
    }
}
