import GRDB

/// Begins, ends and undoes the transactions that are not shared.
enum SQLiteTransaction {
    /// GRDB has already begun a read transaction.
    static func read<T>(_ database: Database, _ body: (Writer) throws -> T) throws -> T {
        let session = try SQLiteSession(database)
        let result = try body(Writer(session))
        if let failure = session.failure { throw failure }
        return result
    }

    static func run(_ kind: TransactionKind, _ session: SQLiteSession, _ work: SQLiteJob.Work) throws {
        switch kind {
        case .none: try work(Writer(session))
        case .bulk: try withoutSync(session) { try committed(session, work) }
        case .migration(rebuilds: true): try withoutForeignKeys(session) { try committed(session) { db in try checked(db, work) } }
        default: try committed(session, work)
        }
    }

    /// One transaction. IMMEDIATE: one that reads, then writes, must not find that another program wrote in between.
    private static func committed(_ session: SQLiteSession, _ work: (Writer) throws -> Void) throws {
        try session.command("BEGIN IMMEDIATE")
        do {
            try work(Writer(session))
            try session.checkUsable()
            try session.command("COMMIT")
        } catch {
            // Some failures have already undone everything.
            if session.database.isInsideTransaction { try session.command("ROLLBACK") }
            throw session.cause(error)
        }
    }

    /// Nothing waits for the disk until the end. No checkpoint may happen meanwhile: unsynced, it could ruin the file in a power cut,
    /// while a log that was not written out only loses its last transactions.
    private static func withoutSync(_ session: SQLiteSession, _ work: () throws -> Void) throws {
        let sync = try setting("synchronous", session)
        let checkpoint = try setting("wal_autocheckpoint", session)
        try session.command("PRAGMA synchronous = OFF")
        try session.command("PRAGMA wal_autocheckpoint = 0")
        defer {
            try? session.command("PRAGMA synchronous = \(sync)")
            try? session.command("PRAGMA wal_autocheckpoint = \(checkpoint)")
            try? session.command("PRAGMA wal_checkpoint(PASSIVE)")
        }
        try work()
    }

    private static func setting(_ name: String, _ session: SQLiteSession) throws -> Int {
        try Int.fetchOne(session.database, sql: "PRAGMA \(name)") ?? 0
    }

    /// Works outside a transaction alone.
    private static func withoutForeignKeys(_ session: SQLiteSession, _ work: () throws -> Void) throws {
        try session.command("PRAGMA foreign_keys = OFF")
        defer { try? session.command("PRAGMA foreign_keys = ON") }
        try work()
    }

    private static func checked(_ db: Writer, _ work: (Writer) throws -> Void) throws {
        try work(db)
        guard try !db.exists("PRAGMA foreign_key_check") else { throw ConstraintViolation.foreignKey }
    }
}
