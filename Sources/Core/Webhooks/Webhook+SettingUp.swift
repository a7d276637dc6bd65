import Scheduling
import Store

extension Webhook {
    /// As it is typed.
    public struct Draft: Sendable, Equatable {
        public var name: String
        public var url: String
        public var events: Set<Event>

        public init(name: String, url: String, events: Set<Event>) { (self.name, self.url, self.events) = (name, url, events) }
    }

    /// Days during which the replaced secret signs too, so that the receiver changes it without losing anything.
    public static let secretOverlap = 7
    /// Webhooks that an organization may have: each is told of every appointment, in the transaction that writes it.
    public static let most = 10

    /// - Returns: with its secret, shown this once.
    public static func create(
        _ draft: Draft, for organization: ID<Organization>, toLoopback: Bool = false, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> (webhook: Webhook, secret: WebhookSecret) {
        try requireHouse(organization, by: acting, in: db)
        let tidied = try draft.tidied(toLoopback: toLoopback), secret = WebhookSecret.new()
        let webhook = Webhook(
            territoryID: acting.territoryID, organizationID: organization, name: tidied.name, url: tidied.url, events: tidied.events,
            createdAt: now, secrets: [secret])
        guard try all(of: organization, for: acting, in: db).count < most else { throw Refusal.tooManyWebhooks }
        try saying(refusals) { try webhook.insert(in: db) }
        try markTerritory(acting.territoryID, in: db)
        try Journal.record(.created, about: webhook.id.uuid, tidied.facts, by: acting, at: now, in: db)
        return (webhook, secret)
    }

    /// - Throws: a ``Refusal`` with sentences beside `name`, `url` and `events`.
    public func save(_ draft: Draft, toLoopback: Bool = false, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpOrganization, in: organizationID)
        let tidied = try draft.tidied(toLoopback: toLoopback)
        let changes = Journal.difference(Draft(name: name, url: url, events: events).facts, tidied.facts)
        guard !changes.isEmpty else { return }
        try saying(Self.refusals) {
            _ = try db.run(
                """
                UPDATE webhook SET name = \(tidied.name), url = \(tidied.url), on_created = \(tidied.events.contains(.created)),
                  on_changed = \(tidied.events.contains(.changed)), on_cancelled = \(tidied.events.contains(.cancelled))
                WHERE territory_id = \(territoryID) AND id = \(id)
                """)
        }
        try Journal.record(.changed, about: id.uuid, changes.merging(["what": "webhook"]) { $1 }, by: acting, at: now, in: db)
    }

    /// Turns it on again, or off: what was waiting is given up then, and can be sent again by hand.
    public func turn(on: Bool, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpOrganization, in: organizationID)
        guard on != (off == nil) else { return }
        if on {
            try db.run(
                """
                UPDATE webhook SET turned_off_at = NULL, turned_off_because = NULL, failures = 0, resume_at = 0
                WHERE territory_id = \(territoryID) AND id = \(id)
                """)
        } else {
            try turnOff(.agent, at: now, in: db)
        }
        try Self.markTerritory(territoryID, in: db)
        try Journal.record(.changed, about: id.uuid, ["what": "webhook", "on": String(on)], by: acting, at: now, in: db)
    }

    func turnOff(_ cause: Off.Cause, at now: Instant, in db: Writer) throws {
        try db.run(
            """
            UPDATE webhook SET turned_off_at = \(now), turned_off_because = \(cause) WHERE territory_id = \(territoryID) AND id = \(id)
            """)
        try db.run(
            """
            UPDATE webhook_delivery SET due_at = NULL, given_up_at = \(now)
            WHERE territory_id = \(territoryID) AND webhook_id = \(id) AND due_at IS NOT NULL
            """)
        try Self.markTerritory(territoryID, in: db)
    }

    /// A new secret signs from now on; the one before signs beside it for ``secretOverlap`` days.
    public func changeSecret(by acting: Acting, at now: Instant, in db: Writer) throws -> WebhookSecret {
        try acting.require(.setUpOrganization, in: organizationID)
        let secret = WebhookSecret.new()
        try db.run(
            """
            UPDATE webhook SET old_secret = secret, old_secret_until = \(now.adding(days: Self.secretOverlap)), secret = \(secret.bytes)
            WHERE territory_id = \(territoryID) AND id = \(id)
            """)
        try Journal.record(.changed, about: id.uuid, ["what": "webhook-secret"], by: acting, at: now, in: db)
        return secret
    }

    /// With all that it was told.
    public func delete(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpOrganization, in: organizationID)
        let own: SQL = "territory_id = \(territoryID) AND webhook_id = \(id)"
        try db.run(
            """
            DELETE FROM webhook_attempt WHERE territory_id = \(territoryID)
              AND delivery_id IN (SELECT id FROM webhook_delivery WHERE \(own))
            """)
        try db.run("DELETE FROM webhook_delivery WHERE \(own)")
        try db.run("DELETE FROM webhook WHERE territory_id = \(territoryID) AND id = \(id)")
        try Self.markTerritory(territoryID, in: db)
        try Journal.record(.deleted, about: id.uuid, ["what": "webhook", "name": name], by: acting, at: now, in: db)
    }
}

extension Webhook {
    private func insert(in db: Writer) throws {
        try db.run(
            """
            INSERT INTO webhook (territory_id, id, organization_id, name, url, on_created, on_changed, on_cancelled, secret, created_at)
            VALUES (\(territoryID), \(id), \(organizationID), \(name), \(url), \(events.contains(.created)), \(events.contains(.changed)),
              \(events.contains(.cancelled)), \(secrets[0].bytes), \(createdAt))
            """)
    }

    /// Whether anything is to be told at all is read with the territory, at each request.
    private static func markTerritory(_ territory: Int64, in db: Writer) throws {
        try db.run(
            """
            UPDATE territory SET has_webhooks = EXISTS (SELECT 1 FROM webhook WHERE territory_id = \(territory) AND turned_off_at IS NULL)
            WHERE id = \(territory)
            """)
    }

    private static let refusals = [
        "webhook_name": Refusal.field("name", "name-taken", "Un webhook de cette organisation a déjà ce nom.")
    ]
}

extension Webhook.Draft {
    fileprivate var facts: [String: String] {
        ["what": "webhook", "name": name, "url": url, "events": events.map(\.rawValue).sorted().joined(separator: " ")]
    }

    fileprivate func tidied(toLoopback: Bool) throws -> Webhook.Draft {
        var complaints = Complaints()
        var tidied = self
        tidied.name = complaints.name(name, "name", limit: 60)
        if events.isEmpty { complaints.add("events", "Choisissez au moins un événement.") }
        do throws(Refusal) { tidied.url = try WebhookAddress(url, toLoopback: toLoopback).url } catch {
            complaints.add("url", error.sentence)
        }
        try complaints.check()
        return tidied
    }
}

extension Refusal {
    public static let tooManyWebhooks = Refusal(
        .conflict, "too-many-webhooks", "Une organisation a \(Webhook.most) webhooks au plus. Supprimez-en un d’abord.")
}
