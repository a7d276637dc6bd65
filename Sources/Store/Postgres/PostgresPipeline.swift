import CPostgres

/// Statements that leave together: the answer of each is read when one is waited for (libpq's pipeline mode).
///
/// A booking of eighteen statements is so ten journeys to the server and not eighteen (docs/decisions, what a booking costs).
extension PostgresSession {
    /// Puts a prepared statement on its way.
    func post(_ name: String, _ values: PostgresParameters) throws {
        try posting {
            values.withPointers { count, pointers, lengths, formats in
                PQsendQueryPrepared(connection, name, count, pointers, lengths, formats, 1)
            }
        }
    }

    /// Puts a fixed text of the store's own on its way.
    func post(_ text: String) throws {
        try posting { PQsendQueryParams(connection, text, 0, nil, nil, nil, nil, 1) }
    }

    private func posting(_ send: () -> Int32) throws {
        guard PQenterPipelineMode(connection) == 1, send() == 1 else { throw PostgresFailure.unreachable(connection) }
        unanswered += 1
    }

    /// Reads the answers of all that is on its way.
    func settle() throws {
        if unanswered > 0 { PQclear(try answer()) }
    }

    /// The answer of the last statement; of an earlier one, the failure, after which the server skipped the others.
    func answer() throws -> OpaquePointer {
        let count = unanswered
        unanswered = 0
        guard PQpipelineSync(connection) == 1 else { throw PostgresFailure.unreachable(connection) }
        var last: OpaquePointer?
        var failure: (any Error)?
        for _ in 0..<count {
            PQclear(last)
            last = PQgetResult(connection)
            let status = PQresultStatus(last)
            if failure == nil, status != PGRES_TUPLES_OK, status != PGRES_COMMAND_OK { failure = PostgresFailure.of(last, connection) }
            while !isLost, let more = PQgetResult(connection) { PQclear(more) }
        }
        if !isLost { endPipeline() }
        if let failure {
            PQclear(last)
            throw failure
        }
        return try checked(last)
    }

    /// What follows the answers is the mark of their end.
    private func endPipeline() {
        PQclear(PQgetResult(connection))
        PQexitPipelineMode(connection)
    }
}
