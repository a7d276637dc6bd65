import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// The addresses where gateways say what became of a message: each is for one sending, and holds its own proof.
public struct ReceiptSigner: Sendable {
    private let key: SymmetricKey

    /// - Parameter key: the site's.
    public init(key: SymmetricKey) { self.key = key }

    public func path(_ id: ID<Delivery>, of territory: Int64) -> String {
        let text = "\(territory).\(id)"
        return "\(Urls.receipts.text)/\(text).\(signature(of: text))"
    }

    private func signature(of text: String) -> String { Secret.signature(of: text, purpose: "receipt", key: key) }

    /// - Returns: `nil` for what we did not sign.
    func read(_ token: String) -> (id: ID<Delivery>, territory: Int64)? {
        let parts = token.split(separator: ".", omittingEmptySubsequences: false).map { String($0) }
        guard parts.count == 3, let territory = Int64(parts[0]), let id = ID<Delivery>(parts[1]),
            Secret.isEqual(parts[2], signature(of: "\(parts[0]).\(parts[1])"))
        else { return nil }
        return (id, territory)
    }
}

/// Accusés: what a gateway calls, with nothing but the address that it was given.
struct ReceiptRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/receipts/{token}", use: take)
    }

    private func take(_ request: Request, _ context: AppContext) async throws -> Response {
        guard let (id, territory) = desk.site.receipts.read(try context.parameters.require("token")) else { throw Refusal.notFound }
        // What it says on the way (queued, with the operator) changes nothing.
        guard let arrived = Self.arrived(try Query(request).optional("status") ?? "") else { return Response(status: .noContent) }
        let now = desk.now()
        let taken = try await desk.store.claim { db in
            try Delivery.acknowledge(id, of: territory, arrived: arrived, at: now, in: db)
        }
        if taken == .unknown { throw Refusal.notFound }
        return Response(status: .noContent)
    }

    /// Kannel's bits (1 delivered, 2 not, 16 refused by the operator), or the words that operators use.
    private static func arrived(_ status: String) -> Bool? {
        switch status.lowercased() {
        case "1", "delivered", "delivrd", "arrived": true
        case "2", "16", "undelivered", "undeliv", "failed", "expired", "rejected", "rejectd": false
        default: nil
        }
    }
}
