import Foundation
import HTTPTypes
import Hummingbird
import HummingbirdCore
import Logging
import NIOCore
import Synchronization

/// A server of someone else's on this machine, that notes what it is sent and answers as it is told.
final class Receiver: Sendable {
    struct Received: Sendable {
        let headers: [String: String]
        let body: String
        /// How many were being answered, this one included.
        let atOnce: Int
    }

    private struct State {
        var received: [Received] = []
        var open = 0
    }

    private let state = Mutex(State())
    private let answer: @Sendable (Int) async throws -> Response

    /// - Parameter answer: to the first, the second…, from 1.
    init(_ answer: @escaping @Sendable (Int) async throws -> Response) { self.answer = answer }

    var received: [Received] { state.withLock { $0.received } }

    /// Serves while the test runs.
    func serve(_ test: @escaping @Sendable (_ url: String) async throws -> Void) async throws {
        let router = Router()
        router.post("/**") { request, _ in try await self.receive(request) }
        router.get("/**") { request, _ in try await self.receive(request) }
        let (ports, found) = AsyncStream<Int>.makeStream()
        let application = Application(
            router: router, configuration: .init(address: .hostname("127.0.0.1", port: 0), serverName: nil),
            onServerRunning: { channel in found.yield(channel.localAddress?.port ?? 0) },
            logger: Logger(label: "receiver") { _ in SwiftLogNoOpLogHandler() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await application.run() }
            for await port in ports {
                try await test("http://127.0.0.1:\(port)/rdv")
                break
            }
            group.cancelAll()
        }
    }

    private func receive(_ request: Request) async throws -> Response {
        let body = try await String(buffer: request.body.collect(upTo: 100_000))
        var headers = Dictionary(request.headers.map { ($0.name.canonicalName, $0.value) }) { first, _ in first }
        headers["host"] = request.head.authority
        let said = headers
        let number = state.withLock { state in
            state.open += 1
            state.received.append(Received(headers: said, body: body, atOnce: state.open))
            return state.received.count
        }
        defer { state.withLock { $0.open -= 1 } }
        return try await answer(number)
    }
}
