import Store

extension Schema {
    /// What messages say, in versions that nobody changes: a message stays pinned to the one that it was made from.
    static let templates = Migration(
        "100-templates",
        [
            """
            CREATE TABLE template (\(key), purpose \(type: .text, "purpose") NOT NULL CONSTRAINT template_purpose CHECK (\(
              isOne("purpose", of: "confirmation", "change", "cancellation", "reminder", "missed", "earlier-slot", "standing"))),
              channel \(type: .text, "channel") NOT NULL CONSTRAINT template_channel
                CHECK (\(isOne("channel", of: "sms", "email", "letter"))),
              language \(type: .text, "language") NOT NULL CONSTRAINT template_language CHECK (length(language) BETWEEN 2 AND 12),
              organization_id \(type: .uuid, "organization_id"), reason_id \(type: .uuid, "reason_id"),
              retired_at \(type: .bigint, "retired_at"), PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id))
            """,
            // One for each scope. A NULL equals nothing, not even a NULL: an index for each case.
            scope("template_of_territory", "purpose, channel, language", "organization_id IS NULL AND reason_id IS NULL"),
            scope(
                "template_of_organization", "purpose, channel, language, organization_id",
                "organization_id IS NOT NULL AND reason_id IS NULL"),
            scope("template_of_reason", "purpose, channel, language, reason_id", "organization_id IS NULL AND reason_id IS NOT NULL"),
            scope(
                "template_of_both", "purpose, channel, language, organization_id, reason_id",
                "organization_id IS NOT NULL AND reason_id IS NOT NULL"),
            """
            CREATE TABLE template_version (\(key), template_id \(type: .uuid, "template_id") NOT NULL,
              number \(type: .bigint, "number") NOT NULL CONSTRAINT template_version_counted CHECK (number >= 1),
              subject \(type: .text, "subject") NOT NULL CHECK (length(subject) <= 150),
              body \(type: .text, "body") NOT NULL CONSTRAINT template_version_body CHECK (length(body) BETWEEN 1 AND 4000),
              readability \(type: .bigint, "readability"), because \(type: .text, "because")
                CONSTRAINT template_version_because CHECK (because IS NULL OR length(because) BETWEEN 3 AND 300),
              parts \(type: .bigint, "parts") CONSTRAINT template_version_parts CHECK (parts IS NULL OR parts BETWEEN 1 AND 5),
              written_at \(type: .bigint, "written_at") NOT NULL, written_by \(type: .uuid, "written_by") NOT NULL,
              PRIMARY KEY (territory_id, id),
              CONSTRAINT template_version_easy CHECK (readability IS NULL OR readability >= 700 OR because IS NOT NULL),
              FOREIGN KEY (territory_id, template_id) REFERENCES template (territory_id, id),
              FOREIGN KEY (territory_id, written_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX template_version_number ON template_version (territory_id, template_id, number)",
            """
            CREATE TABLE sms_price (territory_id \(type: .bigint, "territory_id") NOT NULL,
              tenths \(type: .bigint, "tenths") NOT NULL CONSTRAINT sms_price_range CHECK (tenths BETWEEN 0 AND 1000),
              PRIMARY KEY (territory_id), FOREIGN KEY (territory_id) REFERENCES territory (id))
            """,
        ])

    /// What a version says, and what a template is for, stay as they were written.
    static let templateRules = Migration(
        "101-template-rules",
        postgres: PersonRules.refusing("template_version_kept", "UPDATE OR DELETE ON template_version", when: "TRUE")
            + PersonRules.refusing(
                "template_scope_kept",
                "UPDATE OF territory_id, id, purpose, channel, language, organization_id, reason_id OR DELETE ON template", when: "TRUE"),
        sqlite: [
            PersonRules.refusal("template_version_kept", "UPDATE ON template_version", "template_version_kept_1", when: "TRUE"),
            PersonRules.refusal("template_version_kept", "DELETE ON template_version", "template_version_kept_2", when: "TRUE"),
            PersonRules.refusal(
                "template_scope_kept", "UPDATE OF territory_id, id, purpose, channel, language, organization_id, reason_id ON template",
                "template_scope_kept_1", when: "TRUE"),
            PersonRules.refusal("template_scope_kept", "DELETE ON template", "template_scope_kept_2", when: "TRUE"),
        ])

    private static func scope(_ name: SQL, _ columns: SQL, _ condition: SQL) -> SQL {
        "CREATE UNIQUE INDEX \(name) ON template (territory_id, \(columns)) WHERE \(condition)"
    }
}
