/// Several clients at once, each doing one thing after the other.
enum Clients {
    /// What they did, as a rate and as times.
    struct Pass: Sendable {
        /// Per second, all together.
        let rate: Double
        /// Of each, in ms.
        let times: Samples
    }

    /// - Parameter work: what the client of this number does in its nth turn.
    static func pass(_ clients: Int, turns: Range<Int>, _ work: @escaping @Sendable (_ client: Int, _ turn: Int) async throws -> Void)
        async throws -> Pass
    {
        let start = ContinuousClock.now
        let times = try await withThrowingTaskGroup(of: Samples.self) { group in
            for client in 0..<clients {
                group.addTask {
                    var times = Samples()
                    for turn in turns { times.add(try await ContinuousClock.milliseconds { try await work(client, turn) }) }
                    return times
                }
            }
            return try await group.reduce(Samples(), +)
        }
        return Pass(rate: Double(times.count) / (start.milliseconds / 1_000), times: times)
    }
}
