/// One transaction under way on one engine. It lives on the engine's own queue and never leaves it.
protocol Session: AnyObject {
    var engine: Store.Engine { get }

    /// The first failure of a statement: from then on the transaction is lost.
    var failure: (any Error)? { get set }

    /// Whether the task that asked has been cancelled.
    var isCancelled: Bool { get }

    /// Runs a query and hands over each row until `body` answers false.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws

    /// Runs a statement and gives the number of rows it changed.
    func run(_ sql: SQL) throws -> Int

    /// Runs a statement whose answer nobody waits for: its failure is that of the next one, or of the commit.
    func send(_ sql: SQL) throws

    func load(_ table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws
}

extension Session {
    func send(_ sql: SQL) throws { _ = try run(sql) }

    /// Refuses to go on after a failure or once the task is cancelled.
    func checkUsable() throws {
        if let failure { throw StoreError.alreadyFailed(failure) }
        if isCancelled { throw failed(CancellationError()) }
    }

    /// Why a transaction failed: what its body threw, unless it only reports a statement after the failed one.
    func cause(_ error: any Error) -> any Error {
        guard let failure, case .failed(code: "25P02", _)? = error as? StoreError else { return error }
        return failure
    }

    /// Records that the transaction is lost, and why.
    func failed(_ error: any Error) -> any Error {
        if failure == nil { failure = error }
        return error
    }
}
