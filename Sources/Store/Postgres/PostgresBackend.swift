/// PostgreSQL: a fixed set of connections, made when they are first needed and lent one at a time.
final class PostgresBackend: Backend {
    /// Beyond, something other than bad luck is at work.
    private static let attempts = 20

    private let connections: [PostgresConnection]
    private let lender: Lender<PostgresConnection>

    init(url: String, options: Store.Options) throws {
        if let complaint = PostgresSettings.complaint(url) { throw StoreError.badURL(complaint) }
        connections = (0..<max(options.connections, 1)).map { _ in PostgresConnection(url: url) }
        lender = Lender(connections, wait: options.wait)
    }

    func transaction<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) async throws -> T {
        for attempt in 0..<Self.attempts {
            do {
                return try await once(kind, body)
            } catch  where PostgresFailure.isRetryable(error) {
                try await Task.sleep(for: Self.pause(attempt))
            }
        }
        throw StoreError.tooManyRetries
    }

    func close() async {
        for connection in connections { await connection.close() }
    }

    private func once<T: Sendable>(_ kind: TransactionKind, _ body: @Sendable (Writer) throws -> T) async throws -> T {
        let connection = try await lender.take()
        defer { lender.give(connection) }
        let ticket = connection.canceller.begin()
        return try await withTaskCancellationHandler {
            try await connection.transaction(kind, body)
        } onCancel: {
            connection.canceller.cancel(ticket)
        }
    }

    /// Those who got in each other's way must not come back at the same moment; the more so after each failure.
    private static func pause(_ attempt: Int) -> Duration { .microseconds(Int.random(in: 0...(500 << min(attempt, 7)))) }
}
