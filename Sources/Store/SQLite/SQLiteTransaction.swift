import GRDB

/// Begins, ends and undoes on SQLite.
enum SQLiteTransaction {
    /// GRDB has already begun a read transaction.
    static func read<T>(_ database: Database, _ body: (Writer) throws -> T) throws -> T {
        let session = try SQLiteSession(database)
        let result = try body(Writer(session))
        if let failure = session.failure { throw failure }
        return result
    }

    static func run<T>(_ kind: TransactionKind, _ database: Database, _ body: (Writer) throws -> T) throws -> T {
        let session = try SQLiteSession(database)
        switch kind {
        case .none: return try body(Writer(session))
        case .bulk: return try withoutSync(session) { try committed(session, body) }
        case .migration(rebuilds: true): return try withoutForeignKeys(session) { try checked(session, body) }
        default: return try committed(session, body)
        }
    }

    /// One transaction. IMMEDIATE: a transaction that reads, then writes, must not find that another wrote in between.
    private static func committed<T>(_ session: SQLiteSession, _ body: (Writer) throws -> T) throws -> T {
        try session.command("BEGIN IMMEDIATE")
        do {
            let result = try body(Writer(session))
            if let failure = session.failure { throw failure }
            try Task.checkCancellation()
            try session.command("COMMIT")
            return result
        } catch {
            // Some failures have already undone everything.
            if session.database.isInsideTransaction { try session.command("ROLLBACK") }
            throw error
        }
    }

    private static func withoutSync<T>(_ session: SQLiteSession, _ work: () throws -> T) throws -> T {
        let mode = try Int.fetchOne(session.database, sql: "PRAGMA synchronous") ?? 2
        try session.command("PRAGMA synchronous = OFF")
        defer { try? session.command("PRAGMA synchronous = \(mode)") }
        return try work()
    }

    /// Works outside a transaction alone.
    private static func withoutForeignKeys<T>(_ session: SQLiteSession, _ work: () throws -> T) throws -> T {
        try session.command("PRAGMA foreign_keys = OFF")
        defer { try? session.command("PRAGMA foreign_keys = ON") }
        return try work()
    }

    private static func checked<T>(_ session: SQLiteSession, _ body: (Writer) throws -> T) throws -> T {
        try committed(session) { db in
            let result = try body(db)
            guard try !db.exists("PRAGMA foreign_key_check") else { throw session.failed(ConstraintViolation.foreignKey) }
            return result
        }
    }
}
