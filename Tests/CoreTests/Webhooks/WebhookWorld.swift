import Foundation
import Scheduling
import Store
import TestKit

@testable import Core

/// A world whose organization has a webhook, and what was queued for it.
struct WebhookWorld: Sendable {
    let world: World
    let store: Store
    let admin: Acting
    let reception: Acting
    let webhook: Webhook
    let secret: WebhookSecret

    static func with(
        _ engine: Engine, events: Set<Webhook.Event> = Set(Webhook.Event.allCases),
        _ test: @Sendable (WebhookWorld) async throws -> Void
    ) async throws {
        try await engine.withStore(Schema.migrations) { store in
            let world = try await World.make(in: store)
            let admin = try await administrator(of: world, in: store)
            let made = try await store.write { db in
                try Webhook.create(
                    .init(name: "Logiciel métier", url: "https://example.org/rdv", events: events), for: world.organization.id, by: admin,
                    at: World.now, in: db)
            }
            try await test(
                WebhookWorld(
                    world: world, store: store, admin: admin, reception: try await world.acting(world.reception, in: store),
                    webhook: made.webhook, secret: made.secret))
        }
    }

    static func administrator(of world: World, in store: Store) async throws -> Acting {
        let agent = Agent(territoryID: world.territory.id, firstName: "Reine", lastName: "Glage")
        try await store.write { db in
            try agent.insert(at: World.now, in: db)
            try db.run("INSERT INTO membership VALUES (\(world.territory.id), \(world.organization.id), \(agent.id), \(Role.admin))")
        }
        return try await world.acting(agent, in: store)
    }

    /// What was queued, oldest first: the name of each event, and its `data`.
    func queued() async throws -> [(type: String, data: [String: Any])] {
        let bodies = try await store.read { db in try db.all("SELECT body FROM webhook_delivery ORDER BY id") { try $0[0] as String } }
        return try bodies.map { body in
            let object = try JSONSerialization.jsonObject(with: Data(body.utf8)) as? [String: Any] ?? [:]
            return (object["type"] as? String ?? "", object["data"] as? [String: Any] ?? [:])
        }
    }

    func take(at now: Instant = World.now) async throws -> WebhookTurn? { try await WebhookTurn.take(at: now, in: store) }
}
