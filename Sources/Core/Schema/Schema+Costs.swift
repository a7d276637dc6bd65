import Store

extension Schema {
    /// In how many parts a message left, and what one cost then; and what waits because a gateway does not take it.
    static let costs = Migration(
        "107-costs",
        [
            """
            ALTER TABLE delivery ADD COLUMN parts \(type: .bigint, "parts") DEFAULT 1 NOT NULL
              CONSTRAINT delivery_parts CHECK (parts BETWEEN 1 AND 255)
            """,
            "ALTER TABLE delivery ADD COLUMN tenths \(type: .bigint, "tenths")",
            """
            CREATE INDEX message_stuck ON message (territory_id, channel, because)
              WHERE sent_at IS NULL AND withdrawn_at IS NULL AND because IS NOT NULL
            """,
        ])
}
