import Core
import Foundation
import HTTPTypes
import Hummingbird
import Store

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
