import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import Store

/// The addresses where gateways bring what people answer: each is for one gateway, and holds its own proof.
public struct InboundSigner: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: the site's.
    public init(key: SymmetricKey) { self.key = key }

    /// Where Kannel is to bring them: it writes its own name of the message (`%I`) into the address.
    public func kannelPath(_ gateway: String) -> String { "\(path(gateway))?\(InboundRoutes.kannelReference)=%I" }

    public func path(_ gateway: String) -> String {
        let name = Secret.base64URL(Array(gateway.utf8))
        return "\(Urls.inbound.text)/\(name).\(signature(of: name))"
    }

    private func signature(of text: String) -> String { Secret.signature(of: text, purpose: "inbound", key: key) }

    /// - Returns: the gateway's name; `nil` for what we did not sign.
    func read(_ token: String) -> String? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 2, Secret.isEqual(parts[1], signature(of: parts[0])) else { return nil }
        return Secret.decodedBase64URL(parts[0]).flatMap { String(validating: $0, as: UTF8.self) }
    }
}

/// What gateways bring: always in a body, so that no number and no word stands in an address.
struct InboundRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.post("/inbound/{token}", use: take)
    }

    /// 204 whatever it meant: a gateway that is told otherwise brings it again. 422 when nothing can be read of it.
    private func take(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let gateway = desk.site.inbound.read(try context.parameters.require("token")) else { throw Refusal.notFound }
        guard let incoming = try await Self.incoming(request, from: gateway) else { throw Refusal.unreadableReply }
        guard try await Reply.take(incoming, at: desk.now(), in: desk.store) != nil else {
            context.logger.warning("a reply from a number that no territory knows", metadata: ["gateway": "\(gateway)"])
            throw Refusal.unknownNumber
        }
        return Response(status: .noContent)
    }

    /// Of the message, in the address that Kannel is given.
    static let kannelReference = "message"

    /// Kannel's `post-url`: the words are the body, the rest stands in headers. Others: a form or a JSON object; the names of its fields
    /// are `from`, `text` and `id`, or those that the address gives, as in `?from=sender&text=message`.
    private static func incoming(_ request: Request, from gateway: String) async throws -> Reply.Incoming? {
        if let sender = request.headers[.kannelFrom] {
            let words = String(buffer: try await request.body.collect(upTo: Form.maximumSize))
            return Reply.Incoming(gateway: gateway, reference: reference(of: request), sender: sender, text: words)
        }
        let names = try Query(request)
        let from = try names.optional("from") ?? "from", text = try names.optional("text") ?? "text"
        let id = try names.optional("id") ?? "id"
        let fields = try await fields(of: request)
        guard let sender = fields[from], !sender.isEmpty, let words = fields[text] else { return nil }
        return Reply.Incoming(gateway: gateway, reference: fields[id], sender: sender, text: words)
    }

    /// Kannel's identity of a message is a UUID. A Kannel that does not know `%I` leaves it as it stands: that names no message, and must
    /// not make all of them one.
    private static func reference(of request: Request) -> String? {
        guard let query = try? Query(request), let text = try? query.optional(kannelReference), let id = UUID(uuidString: text) else {
            return nil
        }
        return id.uuidString.lowercased()
    }

    private static func fields(of request: Request) async throws -> [String: String] {
        guard request.headers[.contentType]?.lowercased().hasPrefix("application/json") == true else {
            return try await request.form().fields.compactMapValues(\.first)
        }
        let body = try await request.body.collect(upTo: Form.maximumSize)
        guard let object = try? JSONSerialization.jsonObject(with: Data(body.readableBytesView)) as? [String: Any] else {
            throw Refusal.unreadableReply
        }
        return object.compactMapValues { ($0 as? String) ?? ($0 as? NSNumber).map { "\($0)" } }
    }
}

extension HTTPField.Name {
    fileprivate static let kannelFrom = Self("X-Kannel-From")!
}

extension Refusal {
    static let unreadableReply = Refusal(
        .invalid, "unreadable-reply", "Il manque le numéro ou le texte. Regardez les noms des champs dans l’adresse donnée à la passerelle."
    )
    static let unknownNumber = Refusal(.notFound, "unknown-number", "Aucune collectivité n’a écrit à ce numéro.")
}
