import HTTPTypes
import Hummingbird

/// Finds the client's own address and whether its connection is encrypted, believing only the proxies that the configuration names.
struct ClientMiddleware: RouterMiddleware {
    let trusted: [AddressBlock]

    func handle(
        _ request: Request, context: AppContext, next: (Request, AppContext) async throws -> Response
    ) async throws -> Response {
        var context = context
        context.client = client(of: request, peer: context.client.address)
        return try await next(request, context)
    }

    func client(of request: Request, peer: NetworkAddress) -> Client {
        guard isTrusted(peer) else { return Client(address: peer, isSecure: false) }
        let isSecure = request.headers[.forwardedProto]?.split(separator: ",").last?.trimmingPrefix(" ").lowercased() == "https"
        return Client(address: Self.last(of: request.headers[.forwardedFor], peer: peer, isTrusted), isSecure: isSecure)
    }

    /// From right to left, the first address that is no proxy of ours: what stands before it, anyone can have written.
    private static func last(of header: String?, peer: NetworkAddress, _ isTrusted: (NetworkAddress) -> Bool) -> NetworkAddress {
        var client = peer
        for part in (header ?? "").split(separator: ",").reversed() {
            guard let address = NetworkAddress(String(part).trimmed) else { return client }
            client = address
            guard isTrusted(address) else { return client }
        }
        return client
    }

    private func isTrusted(_ address: NetworkAddress) -> Bool { trusted.contains { $0.contains(address) } }
}
