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
}
