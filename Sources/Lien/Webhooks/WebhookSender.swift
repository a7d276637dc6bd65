import AsyncHTTPClient
import Core
import NIOCore
import NIOHTTP1

/// Sends one parcel to the address of a webhook, and nowhere else: see ``OutsideCall``.
struct WebhookSender: Sendable {
    /// For development: `http`, and this machine (LIEN_WEBHOOKS_TO_LOOPBACK).
    var toLoopback = false
    /// For the whole of an attempt, after the name is resolved.
    var timeout = TimeAmount.seconds(10)
    var resolve: @Sendable (String) throws -> [IPAddress] = { try IPAddress.resolving($0) }

    typealias Outcome = WebhookDelivery.Outcome

    func send(_ parcel: WebhookTurn.Parcel) async -> Outcome {
        let call = OutsideCall(toLoopback: toLoopback, timeout: timeout, resolve: resolve)
        do {
            return .answered(status: try await call.send(request(parcel)) { Int($0.status.code) })
        } catch let failure as OutsideCall.Failure {
            return .failed(failure.trouble)
        } catch {
            return .failed(.connection)
        }
    }

    private func request(_ parcel: WebhookTurn.Parcel) -> HTTPClientRequest {
        var request = HTTPClientRequest(url: parcel.url)
        request.method = .POST
        request.headers = ["content-type": "application/json", "user-agent": "lien-webhook/1"]
        for header in parcel.headers { request.headers.add(name: header.name, value: header.value) }
        request.body = .bytes(ByteBuffer(string: parcel.body))
        return request
    }
}

extension OutsideCall.Failure {
    fileprivate var trouble: WebhookDelivery.Outcome.Trouble {
        switch self {
        case .forbidden: .forbidden
        case .unresolvable: .unresolvable
        case .timeout: .timeout
        case .tls: .tls
        case .connection: .connection
        }
    }
}
