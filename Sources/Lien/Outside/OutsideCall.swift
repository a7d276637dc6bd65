import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// One request to an address of others, and nowhere else.
///
/// The name is resolved here, every address that it has is judged, and the connection goes to one that was: a name that resolves to
/// something else a moment later changes nothing, and what is not public is never called. Redirections are not followed.
struct OutsideCall: Sendable {
    /// For development: `http`, and this machine (LIEN_WEBHOOKS_TO_LOOPBACK).
    var toLoopback = false
    /// For the whole of it, after the name is resolved.
    var timeout = TimeAmount.seconds(10)
    var resolve: @Sendable (String) throws -> [IPAddress] = { try IPAddress.resolving($0) }

    enum Failure: Error { case forbidden, unresolvable, timeout, tls, connection }

    /// - Parameter read: what to make of the answer, within the same time.
    /// - Throws: a ``Failure``, or what `read` throws.
    func send<Answer: Sendable>(
        _ request: HTTPClientRequest, _ read: @escaping @Sendable (HTTPClientResponse) async throws -> Answer
    ) async throws -> Answer {
        let (address, target) = try await judged(request.url)
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration(address, target))
        let result: Result<Answer, any Error>
        do {
            result = .success(try await answer(to: request, by: client, read))
        } catch {
            result = .failure(Failure(error) ?? error)
        }
        try? await client.shutdown()
        return try result.get()
    }

    private func judged(_ url: String) async throws -> (WebhookAddress, IPAddress) {
        do {
            let address = try WebhookAddress(url, toLoopback: toLoopback)
            let all = try await NIOThreadPool.singleton.runIfActive { try resolve(address.host) }
            guard let first = all.first else { throw Failure.unresolvable }
            guard all.allSatisfy({ $0.mayBeTold(toLoopback: toLoopback, isSecure: address.isSecure) }) else { throw Failure.forbidden }
            return (address, first)
        } catch is Refusal {
            throw Failure.forbidden
        } catch is IPAddress.Unresolvable {
            throw Failure.unresolvable
        }
    }

    /// A server that sends a byte now and then is left when the time is over too; a little later, so that the client says first what it
    /// knows better.
    private func answer<Answer: Sendable>(
        to request: HTTPClientRequest, by client: HTTPClient, _ read: @escaping @Sendable (HTTPClientResponse) async throws -> Answer
    ) async throws -> Answer {
        try await withThrowingTaskGroup(of: Answer.self) { group in
            group.addTask { try await read(try await client.execute(request, timeout: timeout)) }
            group.addTask {
                try await Task.sleep(for: .nanoseconds(timeout.nanoseconds) + .milliseconds(500))
                throw Failure.timeout
            }
            defer { group.cancelAll() }
            guard let first = try await group.next() else { throw Failure.timeout }
            return first
        }
    }

    private func configuration(_ address: WebhookAddress, _ target: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: timeout), decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [address.host: target.text]
        return configuration
    }
}

extension OutsideCall.Failure {
    /// - Returns: `nil` for what is none of the network's.
    fileprivate init?(_ error: any Error) {
        switch error {
        case let failure as Self: self = failure
        case let error as HTTPClientError where [.deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout].contains(error):
            self = .timeout
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: self = .tls
        case is HTTPClientError, is IOError, is ChannelError, is HTTPParserError, is NIOConnectionError: self = .connection
        default: return nil
        }
    }
}
