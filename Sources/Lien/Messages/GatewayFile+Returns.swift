import Core
import Crypto
import Foundation

extension GatewayFile {
    /// Where what comes back to e-mails is read.
    struct Returns: Codable, Sendable, Hashable {
        /// `retour+{token}@example.fr`: the letters of the token in its place lead to the mailbox.
        var address: String
        /// `imaps://mail.example.fr` or `imap://mail.example.fr`.
        var url: String
        var user: String
        var password: String
        /// INBOX, unless given.
        var folder: String?
        /// What the address says, unless given.
        var tls: TLS?
        var authorities: String?
    }

    /// One for each, however many gateways share it.
    func mailboxes(key: SymmetricKey) throws -> [ReturnMailbox] {
        var known: Set<ReturnMailbox.Server> = []
        return try gateways.compactMap { entry in
            guard let returns = entry.returns else { return nil }
            let server = try returns.server(entry.wrong)
            return known.insert(server).inserted
                ? ReturnMailbox(name: entry.name, server: server, address: ReturnAddress(pattern: returns.address, key: key)) : nil
        }
    }
}

extension GatewayFile.Returns {
    /// - Throws: what `wrong` makes of an advice.
    func server(_ wrong: (String) -> Failure) throws -> ReturnMailbox.Server {
        let parts = address.components(separatedBy: ReturnAddress.hole)
        let whole = parts.joined(separator: String(repeating: "0", count: ReturnAddress.length))
        guard parts.count == 2, EmailAddress.normal(whole) != nil, parts[1].contains("@") else {
            throw wrong(
                """
                give in returns an address such as retour+{token}@mail.example, with \(64 - ReturnAddress.length) characters at most beside \
                {token} before the @
                """)
        }
        guard let parsed = URL(string: url), ["imap", "imaps"].contains(parsed.scheme), parsed.host() != nil,
            ["", "/"].contains(parsed.path)
        else { throw wrong("give in returns a url such as imaps://mail.example:993, without a folder") }
        let isImplicit = parsed.scheme == "imaps", tls = self.tls ?? (isImplicit ? .implicit : .starttls)
        guard (tls == .implicit) == isImplicit else { throw wrong("tls of returns does not go with its url") }
        let folder = self.folder ?? "INBOX"
        guard !folder.isEmpty, folder.utf8.allSatisfy({ (0x20..<0x7F).contains($0) && ![0x22, 0x5C].contains($0) }) else {
            throw wrong("give in returns a folder in plain letters, as the server lists it")
        }
        return ReturnMailbox.Server(
            url: url.hasSuffix("/") ? String(url.dropLast()) : url, user: user, password: password, folder: folder,
            starttls: tls == .starttls,
            authorities: authorities)
    }
}
