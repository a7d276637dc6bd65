import Store

extension Schema {
    /// Appointments booked by agents of other organizations of the territory, and who prescribed them.
    static let prescribing = Migration(
        "056-prescribing",
        [
            """
            ALTER TABLE reason ADD COLUMN prescribable \(type: .boolean, "prescribable") DEFAULT FALSE NOT NULL
              CONSTRAINT reason_prescribable CHECK (NOT prescribable OR seats IS NULL)
            """,
            "ALTER TABLE appointment ADD COLUMN prescribed \(type: .boolean, "prescribed") DEFAULT FALSE NOT NULL",
            """
            CREATE TABLE prescription (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              organization_id \(type: .uuid, "organization_id") NOT NULL, PRIMARY KEY (territory_id, appointment_id), \(ofAppointment),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
        ])
}
