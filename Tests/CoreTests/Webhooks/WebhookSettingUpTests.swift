import Scheduling
import Store
import TestKit
import Testing

@testable import Core

@Suite("Setting up webhooks")
struct WebhookSettingUpTests {
    @Test("is for who sets up the organization, and leaves its entries", arguments: Engine.available)
    func rights(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let draft = Webhook.Draft(name: "Autre", url: "https://example.org/autre", events: [.created])
            for (acting, id, refusal) in [
                (house.reception, house.world.organization.id, Refusal.forbidden), (house.admin, house.world.elsewhere.id, .forbidden),
                (house.admin, .new(), .notFound),
            ] {
                await #expect(throws: refusal) {
                    try await house.store.write { db in _ = try Webhook.create(draft, for: id, by: acting, at: World.now, in: db) }
                }
            }
            try await house.store.write { db in
                try house.webhook.save(draft, by: house.admin, at: World.now, in: db)
                try house.webhook.delete(by: house.admin, at: World.now, in: db)
            }
            let acts = try await house.store.read { db in
                try db.all("SELECT act FROM journal_header WHERE subject_id = \(house.webhook.id) ORDER BY id") { try $0[0] as String }
            }
            #expect(acts == ["created", "changed", "deleted"])
            #expect(try await house.world.acting(house.world.reception, in: house.store).territory.hasWebhooks == false)
        }
    }

    @Test("says all that is wrong at once, and keeps names apart", arguments: Engine.available)
    func complaints(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let refusal = await #expect(throws: Refusal.self) {
                try await house.store.write { db in
                    let draft = Webhook.Draft(name: " ", url: "http://10.0.0.1/", events: [])
                    _ = try Webhook.create(draft, for: house.world.organization.id, by: house.admin, at: World.now, in: db)
                }
            }
            #expect(refusal?.fields.keys.sorted() == ["events", "name", "url"])
            let twice = await #expect(throws: Refusal.self) {
                try await house.store.write { db in
                    let draft = Webhook.Draft(name: house.webhook.name, url: "https://example.org/2", events: [.created])
                    _ = try Webhook.create(draft, for: house.world.organization.id, by: house.admin, at: World.now, in: db)
                }
            }
            #expect(twice?.code == "name-taken")
        }
    }

    @Test("ten at most", arguments: Engine.available)
    func most(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let make = { @Sendable (number: Int) in
                _ = try await house.store.write { db in
                    try Webhook.create(
                        .init(name: "N\(number)", url: "https://example.org/", events: [.created]), for: house.world.organization.id,
                        by: house.admin, at: World.now, in: db)
                }
            }
            for number in 1..<Webhook.most { try await make(number) }
            await #expect(throws: Refusal.tooManyWebhooks) { try await make(Webhook.most) }
        }
    }

    @Test("the schema refuses a webhook that listens to nothing, and a delivery that stands nowhere", arguments: Engine.available)
    func schema(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            let nothing = await #expect(throws: ConstraintViolation.self) {
                try await house.store.write { db in
                    try db.run("UPDATE webhook SET on_created = FALSE, on_changed = FALSE, on_cancelled = FALSE")
                }
            }
            #expect(nothing?.name == "webhook_tells")
            try await house.store.write { db in try WebhookDelivery.ping(house.webhook, by: house.admin, at: World.now, in: db) }
            let nowhere = await #expect(throws: ConstraintViolation.self) {
                try await house.store.write { db in try db.run("UPDATE webhook_delivery SET due_at = NULL") }
            }
            #expect(nowhere?.name == "webhook_delivery_standing")
        }
    }

    @Test("what was sent is forgotten after thirty days", arguments: Engine.available)
    func forgetting(on engine: Engine) async throws {
        try await WebhookWorld.with(engine) { house in
            try await house.store.write { db in try WebhookDelivery.ping(house.webhook, by: house.admin, at: World.now, in: db) }
            let count = {
                try await house.store.read { db in try db.first("SELECT count(*) FROM webhook_delivery") { try $0[0] as Int } }
            }
            try await Purge.webhooks.run(at: World.now.adding(days: 30), in: house.store)
            #expect(try await count() == 1)
            try await Purge.webhooks.run(at: World.now.adding(days: 30).adding(seconds: 1), in: house.store)
            #expect(try await count() == 0)
        }
    }
}
