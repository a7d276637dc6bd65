import Store

extension Schema {
    /// What a convocation said, word for word: the template and the appointment may change afterwards.
    static let deliveryTexts = Migration(
        "105-delivery-texts",
        [
            """
            CREATE TABLE delivery_text (territory_id \(type: .bigint, "territory_id") NOT NULL,
              delivery_id \(type: .uuid, "delivery_id") NOT NULL, subject \(type: .text, "subject") NOT NULL,
              text \(type: .text, "text") NOT NULL CONSTRAINT delivery_text_said CHECK (text <> ''),
              PRIMARY KEY (territory_id, delivery_id),
              FOREIGN KEY (territory_id, delivery_id) REFERENCES delivery (territory_id, id))
            """,
            "ALTER TABLE delivery ADD COLUMN acknowledged_at \(type: .bigint, "acknowledged_at")",
        ])

    /// What was said is never written again.
    static let deliveryTextRules = Migration(
        "106-delivery-text-rules",
        postgres: PersonRules.refusing("delivery_text_kept", "UPDATE ON delivery_text", when: "TRUE"),
        sqlite: [PersonRules.refusal("delivery_text_kept", "UPDATE ON delivery_text", "delivery_text_kept_1", when: "TRUE")])
}
