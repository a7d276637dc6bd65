import Store

extension Schema {
    /// Who is at a site, waiting: for their appointment, or without one.
    static let arrivals = Migration(
        "031-arrivals",
        [
            """
            CREATE TABLE arrival (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, site_id \(type: .uuid, "site_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id"), person_id \(type: .uuid, "person_id"),
              service_id \(type: .uuid, "service_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              companion \(type: .text, "companion") NOT NULL, at \(type: .bigint, "at") NOT NULL,
              by_agent_id \(type: .uuid, "by_agent_id") NOT NULL, received_at \(type: .bigint, "received_at"),
              received_by \(type: .uuid, "received_by"), left_at \(type: .bigint, "left_at"), left_by \(type: .uuid, "left_by"),
              PRIMARY KEY (territory_id, id), CONSTRAINT arrival_name CHECK (length(name) <= 100),
              CONSTRAINT arrival_companion CHECK (length(companion) <= 100),
              CONSTRAINT arrival_received CHECK ((received_at IS NULL) = (received_by IS NULL)),
              CONSTRAINT arrival_left CHECK ((left_at IS NULL) = (left_by IS NULL)),
              CONSTRAINT arrival_person CHECK (appointment_id IS NULL OR person_id IS NOT NULL),
              \(ofPerson), \(ofAppointment), FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id),
              FOREIGN KEY (territory_id, by_agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, received_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, left_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX arrival_by_site ON arrival (territory_id, site_id, at)",
            // Nobody arrives twice for one appointment.
            "CREATE UNIQUE INDEX arrival_of_appointment ON arrival (territory_id, appointment_id, person_id) WHERE appointment_id IS NOT NULL",
        ])
}
