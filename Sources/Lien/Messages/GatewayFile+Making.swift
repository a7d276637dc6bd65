import Core
import Crypto
import Foundation
import Web

extension GatewayFile.Entry {
    /// - Throws: ``Failure`` that says what it lacks.
    func gateway(receipts: Receipts?, returns key: SymmetricKey?) throws -> any Gateway {
        guard !name.isEmpty, name.utf8.count <= 40 else { throw wrong("give it a name of 40 characters at most") }
        guard (1...100).contains(weight ?? 1) else { throw wrong("give a weight from 1 to 100") }
        guard (1...100).contains(timeout ?? 30) else { throw wrong("give a timeout from 1 to 100 seconds") }
        guard returns == nil || kind == .smtp else { throw wrong("returns go with smtp") }
        switch kind {
        case .smtp: return try mail(receipts, key)
        case .kannel: return try kannel(receipts)
        case .http: return try http(receipts)
        case .folder:
            guard let folder, !folder.isEmpty else { throw wrong("give its folder") }
            return FolderGateway(carrier: carrier(isRepeatable: true, receipts), folder: URL(filePath: folder))
        }
    }

    private func carrier(isRepeatable: Bool, inviting address: String? = nil, _ receipts: Receipts?) -> Sending.Carrier {
        Sending.Carrier(
            name: name, channel: channel == .sms ? .sms : .email, isRepeatable: isRepeatable, address: address,
            changesPage: receipts.map { $0.base + WebSite.changesPage }, gatewaysPage: receipts.map { $0.base + WebSite.gatewaysPage })
    }

    private func mail(_ receipts: Receipts?, _ key: SymmetricKey?) throws -> any Gateway {
        guard channel == .email else { throw wrong("smtp carries e-mails") }
        guard let url, let parts = URL(string: url), ["smtp", "smtps"].contains(parts.scheme), parts.host() != nil else {
            throw wrong("give an address such as smtp://mail.example:587 or smtps://mail.example:465")
        }
        guard let from = from.flatMap(EmailAddress.normal) else { throw wrong("give in from the address that writes") }
        let tls = self.tls ?? (parts.scheme == "smtps" ? .implicit : .starttls)
        guard (tls == .implicit) == (parts.scheme == "smtps") else { throw wrong("tls does not go with the address") }
        guard (user == nil) == (password == nil) else { throw wrong("give both user and password, or neither") }
        _ = try returns?.server(wrong)
        return MailGateway(
            carrier: carrier(isRepeatable: false, inviting: from, receipts),
            server: .init(
                url: url, user: user, password: password, starttls: tls == .starttls, authorities: authorities, from: from,
                seconds: timeout ?? 60),
            returns: returns.flatMap { returns in key.map { ReturnAddress(pattern: returns.address, key: $0) } })
    }

    private func kannel(_ receipts: Receipts?) throws -> any Gateway {
        guard channel == .sms else { throw wrong("kannel carries SMS") }
        guard let user, let password else { throw wrong("give user and password") }
        return KannelGateway(
            carrier: carrier(isRepeatable: false, receipts), url: try address(), user: user, password: password,
            sender: try checkedSender(),
            seconds: timeout ?? 30, receipts: receipts)
    }

    private func http(_ receipts: Receipts?) throws -> any Gateway {
        guard (form == nil) != (json == nil) else { throw wrong("give either form or json") }
        let method = (self.method ?? "POST").uppercased()
        guard ["POST", "PUT"].contains(method) else { throw wrong("choose POST or PUT") }
        return HTTPGateway(
            carrier: carrier(isRepeatable: repeatable ?? false, receipts), url: try address(), method: method, headers: headers ?? [:],
            content: form.map { .form($0) } ?? .json(json ?? .null), reading: answer ?? HTTPGateway.Reading(),
            sender: try checkedSender() ?? "", seconds: timeout ?? 30, receipts: receipts)
    }

    private func address() throws -> String {
        guard let url, let parts = URL(string: url), ["http", "https"].contains(parts.scheme), parts.host()?.isEmpty == false else {
            throw wrong("give an address that begins with https:// or http://")
        }
        return url
    }

    /// Automated sending from a number in 06 or 07 is forbidden (ARCEP, decision 2022-1583).
    private func checkedSender() throws -> String? {
        guard let sender else { return nil }
        let isName = sender.utf8.count <= 11 && !sender.isEmpty && sender.utf8.allSatisfy { $0.isLetterOrDigit }
        guard isName, !sender.hasPrefix("06"), !sender.hasPrefix("07") else {
            throw wrong("a sender has up to eleven letters or digits, and is no number in 06 or 07")
        }
        return sender
    }

    func wrong(_ advice: String) -> Failure { Failure.setting("LIEN_GATEWAYS", "gateway \(name): \(advice)") }
}

extension UInt8 {
    fileprivate var isLetterOrDigit: Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) || (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self)
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self) || self == UInt8(ascii: " ")
    }
}
