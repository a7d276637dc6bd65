import Store

extension Schema {
    /// « Nous vous avons manqué »: what is said, once, to who did not come.
    ///
    /// The rule that must hold whatever runs: a reason that obliges never says it (`reason_missed`), for a *convocation* has its own
    /// consequences; that it is said once is the key of `reminder`.
    static let missed = Migration(
        "105-missed", postgres: messagePurposesPostgres(said) + remindersPostgres + both,
        sqlite: messagePurposesSQLite(said) + remindersSQLite + both)

    private static let said = isOne("purpose", of: "confirmation", "change", "cancellation", "reminder", "missed", "standing", "campaign")
    private static let dueWords = isOne("purpose", of: "reminder", "missed")

    private static let remindersPostgres: [SQL] = [
        "ALTER TABLE reminder DROP CONSTRAINT reminder_purpose",
        "ALTER TABLE reminder ADD CONSTRAINT reminder_purpose CHECK (\(dueWords))",
    ]

    /// SQLite changes no constraint, and the column is in the key: the table is made again.
    private static let remindersSQLite: [SQL] = [
        """
        CREATE TABLE due_reminder (territory_id \(type: .bigint, "territory_id") NOT NULL,
          appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
          purpose \(type: .text, "purpose") NOT NULL CONSTRAINT reminder_purpose CHECK (\(dueWords)),
          minutes_before \(type: .bigint, "minutes_before") NOT NULL, starts_at \(type: .bigint, "starts_at") NOT NULL,
          due_at \(type: .bigint, "due_at"), found_at \(type: .bigint, "found_at") NOT NULL,
          called_at \(type: .bigint, "called_at"), called_by \(type: .uuid, "called_by"),
          PRIMARY KEY (territory_id, appointment_id, person_id, purpose, minutes_before, starts_at), \(ofPerson), \(ofAppointment),
          CONSTRAINT reminder_called CHECK ((called_at IS NULL) = (called_by IS NULL)),
          FOREIGN KEY (territory_id, called_by) REFERENCES agent (territory_id, id))
        """,
        """
        INSERT INTO due_reminder SELECT territory_id, appointment_id, person_id, purpose, minutes_before, starts_at, due_at, found_at,
          called_at, called_by FROM reminder
        """,
        "DROP TABLE reminder",
        "ALTER TABLE due_reminder RENAME TO reminder",
        """
        CREATE INDEX reminder_to_call ON reminder (territory_id, starts_at, appointment_id)
          WHERE due_at IS NOT NULL AND called_at IS NULL
        """,
        "CREATE INDEX reminder_by_person ON reminder (territory_id, person_id)",
    ]

    private static let both: [SQL] = [
        // Among those who did not come, and not among all who are to.
        "CREATE INDEX reminder_missed ON reminder (territory_id, starts_at) WHERE purpose = 'missed' AND called_at IS NULL",
        """
        ALTER TABLE reason ADD COLUMN tells_missed \(type: .boolean, "tells_missed") DEFAULT FALSE NOT NULL
          CONSTRAINT reason_missed CHECK (NOT (tells_missed AND summons))
        """,
        "UPDATE reason SET tells_missed = NOT summons",
    ]
}
