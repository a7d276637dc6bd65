import Store

extension Schema {
    /// Appointments taken in one act, so that moving or cancelling one asks about the others, and one message that names several.
    static let bookingGroups = Migration(
        "072-booking-groups",
        [
            """
            CREATE TABLE booking_group (\(key), kind \(type: .text, "kind") NOT NULL
                CONSTRAINT booking_group_kind CHECK (\(isOne("kind", of: "in-a-row", "series"))),
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              PRIMARY KEY (territory_id, id), FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE TABLE booking_group_appointment (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, group_id \(type: .uuid, "group_id") NOT NULL,
              PRIMARY KEY (territory_id, appointment_id), \(ofAppointment),
              FOREIGN KEY (territory_id, group_id) REFERENCES booking_group (territory_id, id))
            """,
            "CREATE INDEX booking_group_appointment_by_group ON booking_group_appointment (territory_id, group_id, appointment_id)",
            """
            CREATE TABLE message_appointment (territory_id \(type: .bigint, "territory_id") NOT NULL,
              message_id \(type: .uuid, "message_id") NOT NULL, appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              PRIMARY KEY (territory_id, message_id, appointment_id), \(ofAppointment),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id))
            """,
            "CREATE INDEX message_appointment_by_appointment ON message_appointment (territory_id, appointment_id)",
        ])
}
