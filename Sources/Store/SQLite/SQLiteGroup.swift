import GRDB

/// The writers that share one transaction.
struct SQLiteGroup {
    typealias Watch = (SQLiteSession, SQLiteJob, () throws -> Void) throws -> Void

    /// The first must not wait long for the last.
    private static let longest = Duration.milliseconds(5)
    private static let most = 32

    private let database: Database
    private let watch: Watch
    private let begun = ContinuousClock.now

    init(_ database: Database, watch: @escaping Watch) {
        self.database = database
        self.watch = watch
    }

    /// Runs a job and those that follow it, commits, answers them all.
    ///
    /// - Returns: the jobs to run again, each alone, because what they had done was lost through no fault of their own.
    func run(_ first: SQLiteJob, next: () -> SQLiteJob?) -> [SQLiteJob] {
        var jobs: [SQLiteJob] = []
        var job: SQLiteJob? = first
        while let current = job {
            let isDone = current.perform { work in try run(current, work, isFirst: jobs.isEmpty) }
            // The first needs no savepoint, and some failures make SQLite undo everything.
            if !isDone, !database.isInsideTransaction {
                current.finish()
                return jobs.again
            }
            jobs.append(current)
            job = jobs.count < Self.most && .now - begun < Self.longest ? next() : nil
        }
        return commit(jobs)
    }

    private func run(_ job: SQLiteJob, _ work: SQLiteJob.Work, isFirst: Bool) throws {
        let session = try SQLiteSession(database, job)
        try session.command(isFirst ? "BEGIN IMMEDIATE" : "SAVEPOINT job")
        do {
            try watch(session, job) {
                try work(Writer(session))
                try session.checkUsable()
            }
            if !isFirst { try session.command("RELEASE job") }
        } catch {
            if database.isInsideTransaction { try undo(session, isFirst: isFirst) }
            throw SQLiteFailure.of(session.cause(error))
        }
    }

    private func undo(_ session: SQLiteSession, isFirst: Bool) throws {
        if isFirst { return try session.command("ROLLBACK") }
        try session.command("ROLLBACK TO job")
        try session.command("RELEASE job")
    }

    /// A deferred foreign key may fail only now: each then runs alone, to find out whose it is.
    private func commit(_ jobs: [SQLiteJob]) -> [SQLiteJob] {
        do {
            try SQLiteSession(database).command("COMMIT")
        } catch {
            if database.isInsideTransaction { try? database.rollback() }
            guard jobs.count == 1 else { return jobs.again }
            jobs[0].fail(error)
        }
        for job in jobs { job.finish() }
        return []
    }
}

extension [SQLiteJob] {
    fileprivate var again: [SQLiteJob] {
        for job in self { job.forget() }
        return self
    }
}
