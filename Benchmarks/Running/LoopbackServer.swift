import Crypto
import Dispatch
import Hummingbird
import Logging
import Scheduling
import Store
import Web

/// The product's own server, on a free port of this machine, with no limit on how often one may ask.
struct LoopbackServer: Sendable {
    let port: Int

    /// Serves while the work goes on.
    /// - Parameter now: the time that the server believes it is.
    static func with<T: Sendable>(_ store: Store, now: Instant, _ work: @escaping @Sendable (LoopbackServer) async throws -> T)
        async throws -> T
    {
        var logger = Logger(label: "bench")
        logger.logLevel = .critical
        let site = try WebSite(key: SymmetricKey(size: .bits256), options: WebSite.Options(rate: nil))
        let server = LoopbackServer(port: try Loopback.freePort())
        let application = Desk(site: site, store: store, now: { now }).application(host: "127.0.0.1", port: server.port, logger: logger)
        return try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask {
                do { try await application.run() } catch is CancellationError {}
                return nil
            }
            group.addTask {
                try await server.waitUntilItAnswers()
                return try await work(server)
            }
            defer { group.cancelAll() }
            while let result = try await group.next() {
                if let result { return result }
            }
            throw BenchFailure("the server stopped before the end")
        }
    }

    private func waitUntilItAnswers() async throws {
        for _ in 0..<100 {
            if (try? LoopbackClient(port: port, headers: "").get("/health").status) != nil { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        throw BenchFailure("the server does not start")
    }

    /// Times requests that follow each other on one connection, from a thread of their own.
    func timing(_ count: Int, _ path: String, headers: String) async throws -> Samples {
        try await client(headers: headers) { client in
            try Samples.timing(count) {
                let answer = try client.get(path)
                guard answer.status == 200 else { throw BenchFailure("\(path) answers \(answer.status)") }
            }
        }
    }

    /// Works with one connection, on a thread of its own.
    func client<T: Sendable>(headers: String, _ work: @escaping @Sendable (borrowing LoopbackClient) throws -> T) async throws -> T {
        try await withCheckedThrowingContinuation { continuation in
            DispatchQueue(label: "client").async {
                continuation.resume(with: Result { try work(LoopbackClient(port: port, headers: headers)) })
            }
        }
    }
}
