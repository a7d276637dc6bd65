import Foundation

/// Where a webhook may send: an address of the Internet by `https`, never one of our own network.
public struct WebhookAddress: Sendable, Equatable {
    public let url: String
    /// As it stands in the URL, in lower case, without the brackets of IPv6.
    public let host: String
    public let port: Int

    /// - Parameter toLoopback: for development: `http`, and the machine itself.
    /// - Throws: a ``Refusal`` beside `url`.
    public init(_ typed: String, toLoopback: Bool) throws(Refusal) {
        let text = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        guard text.utf8.count <= 500, text.utf8.allSatisfy({ (0x21...0x7E).contains($0) }), let parts = URLComponents(string: text),
            let scheme = parts.scheme?.lowercased(), let host = parts.host?.lowercased(), !host.isEmpty
        else { throw Self.refused("Donnez l’adresse entière, comme https://exemple.fr/rendez-vous : 500 caractères au plus, sans accent.") }
        guard parts.user == nil, parts.password == nil, parts.fragment == nil else {
            throw Self.refused("L’adresse ne porte ni identifiant, ni mot de passe, ni « # ».")
        }
        guard scheme == "https" || scheme == "http" && toLoopback else { throw Self.refused("L’adresse doit commencer par https://.") }
        url = text
        self.host = host.hasPrefix("[") ? String(host.dropFirst().dropLast()) : host
        port = parts.port ?? (scheme == "https" ? 443 : 80)
        guard (1...65_535).contains(port) else { throw Self.refused("Ce port n’existe pas.") }
        for address in IPAddress.numeric(self.host) where !address.mayBeTold(toLoopback: toLoopback, isSecure: isSecure) {
            throw Self.refused("Cette adresse est celle d’un réseau privé : rien n’y est envoyé.")
        }
    }

    public var isSecure: Bool { url.lowercased().hasPrefix("https:") }

    private static func refused(_ sentence: String) -> Refusal { .field("url", "webhook-address", sentence) }
}

/// The 4 or 16 bytes of an address, as a name resolves to them.
public struct IPAddress: Sendable, Equatable {
    public let bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// To the Internet alone; to the machine itself by choice; without `https`, only there.
    public func mayBeTold(toLoopback: Bool, isSecure: Bool) -> Bool { isLoopback ? toLoopback : isPublic && isSecure }

    /// As `connect` takes it.
    public var text: String {
        var text = [CChar](repeating: 0, count: Int(INET6_ADDRSTRLEN))
        _ = bytes.withUnsafeBytes {
            inet_ntop(bytes.count == 4 ? AF_INET : AF_INET6, $0.baseAddress, &text, socklen_t(INET6_ADDRSTRLEN))
        }
        return String(decoding: text.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// What a text means without asking a name server: nothing for a name; `127.1`, `0x7f000001` and `2130706433` are `127.0.0.1`.
    public static func numeric(_ host: String) -> [IPAddress] { (try? resolve(host, flags: AI_NUMERICHOST)) ?? [] }

    /// All that a name or a number resolves to now. It blocks while name servers are asked.
    /// - Throws: ``Unresolvable``.
    public static func resolving(_ host: String) throws -> [IPAddress] { try resolve(host, flags: 0) }

    public struct Unresolvable: Error {}

    private static func resolve(_ host: String, flags: Int32) throws -> [IPAddress] {
        var hints = addrinfo(), list: UnsafeMutablePointer<addrinfo>?
        hints.ai_flags = flags
        hints.ai_socktype = Int32(SOCK_STREAM.rawValue)
        guard getaddrinfo(host, nil, &hints, &list) == 0 else { throw Unresolvable() }
        defer { freeaddrinfo(list) }
        return sequence(first: list, next: { $0?.pointee.ai_next }).prefix { $0 != nil }.compactMap { $0.flatMap { bytes($0.pointee) } }
    }

    private static func bytes(_ info: addrinfo) -> IPAddress? {
        guard let socket = info.ai_addr else { return nil }
        switch info.ai_family {
        case AF_INET:
            return socket.withMemoryRebound(to: sockaddr_in.self, capacity: 1) { four in
                IPAddress(withUnsafeBytes(of: four.pointee.sin_addr) { Array($0) })
            }
        case AF_INET6:
            return socket.withMemoryRebound(to: sockaddr_in6.self, capacity: 1) { six in
                IPAddress(withUnsafeBytes(of: six.pointee.sin6_addr) { Array($0) })
            }
        default: return nil
        }
    }
}
