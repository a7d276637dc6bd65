import Store

extension Schema {
    /// How a reason's starts follow each other, and the time kept free after each appointment.
    ///
    /// The gap is part of what the agent's claim keeps: `claim_overlap` protects it as it does the appointment itself. The appointment
    /// remembers its own, so that it is moved and undone with the time it was booked with.
    static let reasonPace = Migration(
        "050-reason-pace",
        [
            """
            ALTER TABLE reason ADD COLUMN step_minutes \(type: .bigint, "step_minutes")
              CONSTRAINT reason_step CHECK (step_minutes IS NULL OR (step_minutes BETWEEN 5 AND 600 AND step_minutes % 5 = 0))
            """,
            """
            ALTER TABLE reason ADD COLUMN gap_minutes \(type: .bigint, "gap_minutes") DEFAULT 0 NOT NULL
              CONSTRAINT reason_gap CHECK (gap_minutes BETWEEN 0 AND 240 AND gap_minutes % 5 = 0)
            """,
            """
            ALTER TABLE appointment ADD COLUMN gap_minutes \(type: .bigint, "gap_minutes") DEFAULT 0 NOT NULL
              CONSTRAINT appointment_gap CHECK (gap_minutes BETWEEN 0 AND 240)
            """,
        ])

    /// Follow-up reasons, why one was given to another agent than the referent, and who asked in a person's place.
    static let followUp = Migration(
        "051-follow-up",
        [
            "ALTER TABLE reason ADD COLUMN follow_up \(type: .boolean, "follow_up") DEFAULT FALSE NOT NULL",
            "ALTER TABLE appointment ADD COLUMN other_agent_because \(type: .text, "other_agent_because")",
            """
            CREATE TABLE asked_for (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
              PRIMARY KEY (territory_id, appointment_id, person_id), \(ofAppointment), \(ofPerson))
            """,
        ])
}
