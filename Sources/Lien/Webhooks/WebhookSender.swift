import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1
import NIOPosix
import NIOSSL

/// Sends one parcel to the address of a webhook, and nowhere else.
///
/// The name is resolved here, every address that it has is judged, and the connection goes to one that was: a name that resolves to
/// something else a moment later changes nothing, and what is not public is never called. Redirections are not followed.
struct WebhookSender: Sendable {
    /// For development: `http`, and this machine (LIEN_WEBHOOKS_TO_LOOPBACK).
    var toLoopback = false
    /// For the whole of an attempt, after the name is resolved.
    var timeout = TimeAmount.seconds(10)
    var resolve: @Sendable (String) throws -> [IPAddress] = { try IPAddress.resolving($0) }

    typealias Outcome = WebhookDelivery.Outcome

    func send(_ parcel: WebhookTurn.Parcel) async -> Outcome {
        do {
            let address = try WebhookAddress(parcel.url, toLoopback: toLoopback)
            let all = try await NIOThreadPool.singleton.runIfActive { try resolve(address.host) }
            guard !all.isEmpty else { return .failed(.unresolvable) }
            guard all.allSatisfy({ $0.mayBeTold(toLoopback: toLoopback, isSecure: address.isSecure) }) else { return .failed(.forbidden) }
            return try await post(parcel, to: address, at: all[0])
        } catch is Refusal {
            return .failed(.forbidden)
        } catch is IPAddress.Unresolvable {
            return .failed(.unresolvable)
        } catch {
            return .failed(Self.trouble(error))
        }
    }

    private func post(_ parcel: WebhookTurn.Parcel, to address: WebhookAddress, at target: IPAddress) async throws -> Outcome {
        let client = HTTPClient(eventLoopGroupProvider: .singleton, configuration: configuration(address, target))
        do {
            let outcome = try await Outcome.answered(status: Int(client.execute(request(parcel), timeout: timeout).status.code))
            try? await client.shutdown()
            return outcome
        } catch {
            try? await client.shutdown()
            throw error
        }
    }

    private func configuration(_ address: WebhookAddress, _ target: IPAddress) -> HTTPClient.Configuration {
        var configuration = HTTPClient.Configuration(
            redirectConfiguration: .disallow, timeout: .init(connect: .seconds(5), read: timeout), decompression: .disabled)
        configuration.httpVersion = .http1Only
        configuration.dnsOverride = [address.host: target.text]
        return configuration
    }

    private func request(_ parcel: WebhookTurn.Parcel) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: parcel.url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "lien-webhook/1"]
        for header in parcel.headers { request.headers.add(name: header.name, value: header.value) }
        request.body = .bytes(ByteBuffer(string: parcel.body))
        return request
    }

    private static func trouble(_ error: any Error) -> Outcome.Trouble {
        switch error {
        case let error as HTTPClientError
        where [.deadlineExceeded, .readTimeout, .connectTimeout, .writeTimeout].contains(error):
            .timeout
        case is NIOSSLError, is BoringSSLError, is NIOSSLExtraError: .tls
        default: .connection
        }
    }
}
