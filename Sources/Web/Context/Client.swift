import NIOCore

/// Who is at the other end of the connection, as far as the network tells.
struct Client: Sendable, Equatable {
    var address: NetworkAddress
    /// The client's own connection is encrypted: here, or at the proxy that says so.
    var isSecure: Bool
}

extension NetworkAddress {
    /// The other end of a connection; the unspecified address when there is none, as in tests.
    static func of(_ channel: any Channel) -> NetworkAddress {
        channel.remoteAddress?.ipAddress.flatMap(NetworkAddress.init) ?? .unspecified
    }
}
