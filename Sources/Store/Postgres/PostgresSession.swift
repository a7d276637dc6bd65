import CPostgres

/// A libpq connection. Not `Sendable`: it lives and dies on its actor's queue.
final class PostgresSession: Session {
    /// Statements kept prepared; beyond, all are forgotten and prepared again at need.
    private static let statementLimit = 500
    /// Answers that may wait to be read: few enough for the socket, which nobody reads meanwhile.
    private static let unansweredLimit = 64

    private struct Prepared {
        let name: String
        let types: [Oid]
    }

    let connection: OpaquePointer
    var failure: (any Error)?
    var engine: Store.Engine { .postgres }
    var isCancelled: Bool { Task.isCancelled }
    /// `prepares` is false for a migration, whose statements are run once.
    var prepares = true
    private var prepared: [String: [Prepared]] = [:]
    private var preparedCount = 0
    private var transactions = 0, plannedUntil = 64
    /// Statements on their way whose answers nobody has read yet.
    var unanswered = 0
    /// Whether the server has answered anything in this transaction.
    var hasAnswered = false

    init(url: String) throws {
        guard let connection = PostgresSettings.connect(url) else { throw StoreError.unreachable("no memory") }
        guard PQstatus(connection) == CONNECTION_OK else {
            defer { PQfinish(connection) }
            throw PostgresFailure.unreachable(connection)
        }
        self.connection = connection
        PQsetNoticeProcessor(connection, { _, _ in }, nil)
    }

    deinit { PQfinish(connection) }

    var isLost: Bool { PQstatus(connection) != CONNECTION_OK }

    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws {
        let result = try execute(sql)
        defer { PQclear(result) }
        let width = PQnfields(result)
        for row in 0..<PQntuples(result) {
            guard try body(Row(source: .postgres(result, row), count: width)) else { return }
        }
    }

    func run(_ sql: SQL) throws -> Int {
        let result = try execute(sql)
        defer { PQclear(result) }
        return Int(String(cString: PQcmdTuples(result))) ?? 0
    }

    func send(_ sql: SQL) throws {
        guard prepares else { return _ = try run(sql) }
        try preparing(sql) { name, values in
            try post(name, values)
            if unanswered >= Self.unansweredLimit { try settle() }
        }
    }

    /// Runs a fixed text of the store's own: `BEGIN`, `COMMIT`, `ROLLBACK`.
    func command(_ text: String) throws {
        guard unanswered == 0 else {
            try post(text)
            return PQclear(try answer())
        }
        PQclear(try checked(PQexec(connection, text)))
    }
}

extension PostgresSession {
    /// Whether to plan again, once as many transactions as before have gone by, and then every few thousand.
    ///
    /// PostgreSQL keeps the plan of a prepared statement as long as nobody gathers the statistics of its tables. Made when a table was
    /// almost empty, it reads the whole of it for each row, until autovacuum comes by: for minutes, when a campaign has just filled it.
    func plansAreOld() -> Bool {
        transactions += 1
        guard transactions >= plannedUntil else { return false }
        plannedUntil += min(transactions, 8_000)
        return true
    }

    private func execute(_ sql: SQL) throws -> OpaquePointer {
        guard prepares else { return try executeOnce(sql) }
        return try preparing(sql) { name, values in
            guard unanswered == 0 else {
                try post(name, values)
                return try answer()
            }
            return try executePrepared(name, values)
        }
    }

    private func preparing<T>(_ sql: SQL, _ act: (String, PostgresParameters) throws -> T) throws -> T {
        try checkUsable()
        let (text, parameters) = sql.rendered(for: .postgres)
        do {
            let values = try PostgresParameters(parameters)
            return try act(try statement(text, values.types), values)
        } catch {
            throw failed(error)
        }
    }

    private func executePrepared(_ name: String, _ values: PostgresParameters) throws -> OpaquePointer {
        try checked(
            values.withPointers { count, pointers, lengths, formats in
                PQexecPrepared(connection, name, count, pointers, lengths, formats, 1)
            })
    }

    private func executeOnce(_ sql: SQL) throws -> OpaquePointer {
        try checkUsable()
        let (text, parameters) = sql.rendered(for: .postgres)
        do {
            let values = try PostgresParameters(parameters)
            return try checked(
                values.withPointers { count, pointers, lengths, formats in
                    PQexecParams(connection, text, count, values.types, pointers, lengths, formats, 1)
                })
        } catch {
            throw failed(error)
        }
    }

    /// The name of the statement prepared for this text and these types (a NULL of unknown type makes another statement).
    private func statement(_ text: String, _ types: [Oid]) throws -> String {
        if let known = prepared[text]?.first(where: { $0.types == types }) { return known.name }
        try settle()
        if preparedCount >= Self.statementLimit { try forgetStatements() }
        let fresh = Prepared(name: "s\(preparedCount)", types: types)
        PQclear(try checked(PQprepare(connection, fresh.name, text, Int32(types.count), types)))
        preparedCount += 1
        prepared[text, default: []].append(fresh)
        return fresh.name
    }

    private func forgetStatements() throws {
        try command("DEALLOCATE ALL")
        prepared = [:]
        preparedCount = 0
    }

    func checked(_ result: OpaquePointer?) throws -> OpaquePointer {
        let status = PQresultStatus(result)
        guard let result, status == PGRES_TUPLES_OK || status == PGRES_COMMAND_OK else {
            defer { PQclear(result) }
            throw PostgresFailure.of(result, connection)
        }
        hasAnswered = true
        return result
    }
}
