import Store

extension Schema {
    /// Programs of others that are told what becomes of appointments, and what was told them.
    static let webhooks = Migration(
        "090-webhooks",
        [
            // Read with the territory, so that one without a webhook pays no statement for them.
            "ALTER TABLE territory ADD COLUMN has_webhooks \(type: .boolean, "has_webhooks") DEFAULT FALSE NOT NULL",
            """
            CREATE TABLE webhook (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              url \(type: .text, "url") NOT NULL CONSTRAINT webhook_url CHECK (length(url) BETWEEN 8 AND 500),
              on_created \(type: .boolean, "on_created") NOT NULL, on_changed \(type: .boolean, "on_changed") NOT NULL,
              on_cancelled \(type: .boolean, "on_cancelled") NOT NULL,
              secret \(type: .blob, "secret") NOT NULL CONSTRAINT webhook_secret CHECK (length(secret) = 32),
              old_secret \(type: .blob, "old_secret") CONSTRAINT webhook_old_secret CHECK (length(old_secret) = 32),
              old_secret_until \(type: .bigint, "old_secret_until"), created_at \(type: .bigint, "created_at") NOT NULL,
              turned_off_at \(type: .bigint, "turned_off_at"), turned_off_because \(type: .text, "turned_off_because")
                CONSTRAINT webhook_off_because CHECK (\(isOne("turned_off_because", of: "agent", "gone"))),
              failures \(type: .bigint, "failures") DEFAULT 0 NOT NULL, resume_at \(type: .bigint, "resume_at") DEFAULT 0 NOT NULL,
              lease \(type: .uuid, "lease"), leased_until \(type: .bigint, "leased_until") DEFAULT 0 NOT NULL,
              PRIMARY KEY (territory_id, id),
              CONSTRAINT webhook_tells CHECK (on_created OR on_changed OR on_cancelled),
              CONSTRAINT webhook_two_secrets CHECK ((old_secret IS NULL) = (old_secret_until IS NULL)),
              CONSTRAINT webhook_off CHECK ((turned_off_at IS NULL) = (turned_off_because IS NULL)),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
            "CREATE UNIQUE INDEX webhook_name ON webhook (territory_id, organization_id, name)",
            """
            CREATE TABLE webhook_delivery (\(key), webhook_id \(type: .uuid, "webhook_id") NOT NULL,
              event \(type: .text, "event") NOT NULL
                CONSTRAINT webhook_delivery_event CHECK (\(isOne("event", of: "created", "changed", "cancelled", "ping"))),
              appointment_id \(type: .uuid, "appointment_id"), body \(type: .text, "body") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, since \(type: .bigint, "since") NOT NULL,
              attempts \(type: .bigint, "attempts") DEFAULT 0 NOT NULL, due_at \(type: .bigint, "due_at"),
              delivered_at \(type: .bigint, "delivered_at"), given_up_at \(type: .bigint, "given_up_at"),
              PRIMARY KEY (territory_id, id),
              CONSTRAINT webhook_delivery_about CHECK ((event = 'ping') = (appointment_id IS NULL)),
              CONSTRAINT webhook_delivery_standing CHECK (
                (CASE WHEN due_at IS NULL THEN 0 ELSE 1 END) + (CASE WHEN delivered_at IS NULL THEN 0 ELSE 1 END)
                  + (CASE WHEN given_up_at IS NULL THEN 0 ELSE 1 END) = 1),
              FOREIGN KEY (territory_id, webhook_id) REFERENCES webhook (territory_id, id))
            """,
            "CREATE INDEX webhook_delivery_by_webhook ON webhook_delivery (territory_id, webhook_id, id)",
            "CREATE INDEX webhook_delivery_due ON webhook_delivery (due_at, territory_id, webhook_id)",
            "CREATE INDEX webhook_delivery_by_age ON webhook_delivery (created_at)",
            """
            CREATE TABLE webhook_attempt (\(key), delivery_id \(type: .uuid, "delivery_id") NOT NULL, at \(type: .bigint, "at") NOT NULL,
              status \(type: .bigint, "status"), trouble \(type: .text, "trouble"),
              milliseconds \(type: .bigint, "milliseconds") NOT NULL, PRIMARY KEY (territory_id, id),
              CONSTRAINT webhook_attempt_outcome CHECK ((status IS NULL) <> (trouble IS NULL)),
              FOREIGN KEY (territory_id, delivery_id) REFERENCES webhook_delivery (territory_id, id))
            """,
            "CREATE INDEX webhook_attempt_by_delivery ON webhook_attempt (territory_id, delivery_id, at)",
        ])
}
