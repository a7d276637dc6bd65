import Store

extension Schema {
    /// Rooms, cars and interpreters: their time is claimed as an agent's is, under the same rule of no overlap.
    static let resources = Migration(
        "071-resources",
        [
            """
            CREATE TABLE resource (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              kind \(type: .text, "kind") NOT NULL CONSTRAINT resource_kind CHECK (\(isOne("kind", of: "room", "car", "interpreter"))),
              name \(type: .text, "name") NOT NULL, site_id \(type: .uuid, "site_id"), contact \(type: .text, "contact") NOT NULL,
              needs_acceptance \(type: .boolean, "needs_acceptance") NOT NULL, retired \(type: .boolean, "retired") NOT NULL,
              calendar_version \(type: .bigint, "calendar_version") NOT NULL, PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id))
            """,
            "CREATE UNIQUE INDEX resource_name ON resource (territory_id, organization_id, name)",
            """
            CREATE TABLE resource_language (territory_id \(type: .bigint, "territory_id") NOT NULL,
              resource_id \(type: .uuid, "resource_id") NOT NULL, language \(type: .text, "language") NOT NULL,
              PRIMARY KEY (territory_id, resource_id, language),
              FOREIGN KEY (territory_id, resource_id) REFERENCES resource (territory_id, id))
            """,
            """
            CREATE TABLE resource_pause (\(key), resource_id \(type: .uuid, "resource_id") NOT NULL,
              starts_at \(type: .bigint, "starts_at") NOT NULL, ends_at \(type: .bigint, "ends_at") NOT NULL,
              why \(type: .text, "why") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL, PRIMARY KEY (territory_id, id),
              CONSTRAINT resource_pause_order CHECK (starts_at < ends_at),
              FOREIGN KEY (territory_id, resource_id) REFERENCES resource (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX resource_pause_by_resource ON resource_pause (territory_id, resource_id, ends_at)",
            """
            CREATE TABLE appointment_resource (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, resource_id \(type: .uuid, "resource_id") NOT NULL,
              standing \(type: .text, "standing") NOT NULL CONSTRAINT appointment_resource_standing
                CHECK (\(isOne("standing", of: "reserved", "to-confirm", "accepted", "refused"))),
              why \(type: .text, "why") NOT NULL, answered_at \(type: .bigint, "answered_at"),
              answered_by \(type: .uuid, "answered_by"), PRIMARY KEY (territory_id, appointment_id, resource_id),
              CONSTRAINT appointment_resource_answered
                CHECK ((standing = 'accepted' OR standing = 'refused') = (answered_at IS NOT NULL)
                  AND (answered_at IS NULL) = (answered_by IS NULL)),
              \(ofAppointment), FOREIGN KEY (territory_id, resource_id) REFERENCES resource (territory_id, id),
              FOREIGN KEY (territory_id, answered_by) REFERENCES agent (territory_id, id))\(layout: .clustered)
            """,
            "CREATE INDEX appointment_resource_by_resource ON appointment_resource (territory_id, resource_id, standing, appointment_id)",
            """
            ALTER TABLE reason ADD COLUMN resource_kind \(type: .text, "resource_kind") CONSTRAINT reason_resource_kind
              CHECK (resource_kind IS NULL OR \(isOne("resource_kind", of: "room", "car", "interpreter")))
            """,
        ])
}
