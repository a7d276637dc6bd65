/// One transaction under way on one engine. It lives on the engine's own queue and never leaves it.
protocol Session: AnyObject {
    var engine: Store.Engine { get }

    /// The first failure of a statement: from then on the transaction is lost.
    var failure: (any Error)? { get set }

    /// Runs a query and hands over each row until `body` answers false.
    func forEach(_ sql: SQL, _ body: (Row) throws -> Bool) throws

    /// Runs a statement and gives the number of rows it changed.
    func run(_ sql: SQL) throws -> Int

    func load(_ table: String, columns: [String], rows: some Sequence<[SQLValue]>) throws
}

extension Session {
    /// Refuses to go on after a failure or once the task is cancelled.
    func checkUsable() throws {
        if let failure { throw StoreError.alreadyFailed(failure) }
        if Task.isCancelled { throw failed(CancellationError()) }
    }

    /// Records that the transaction is lost, and why.
    func failed(_ error: any Error) -> any Error {
        if failure == nil { failure = error }
        return error
    }
}
