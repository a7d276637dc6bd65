import Store

extension Schema {
    /// What becomes of each message: who is sending it, until when, and what was answered.
    ///
    /// The rules that must hold whatever runs: what is spoken or posted never leaves by itself, and no attempt begins while another may
    /// still arrive (`delivery_once`).
    static let outbox = Migration(
        "100-outbox", postgres: messagePurposesPostgres(purposes) + outboxTables, sqlite: messagePurposesSQLite(purposes) + outboxTables)

    private static let purposes = isOne(
        "purpose", of: "confirmation", "change", "cancellation", "reminder", "standing", "campaign")

    /// What a message may be for, from now on.
    static func messagePurposesPostgres(_ rule: SQL) -> [SQL] {
        [
            "ALTER TABLE message DROP CONSTRAINT message_purpose",
            "ALTER TABLE message ADD CONSTRAINT message_purpose CHECK (\(rule))",
        ]
    }

    /// SQLite changes no constraint: the column is made again, and takes its rule with it.
    static func messagePurposesSQLite(_ rule: SQL) -> [SQL] {
        [
            "ALTER TABLE message RENAME COLUMN purpose TO old_purpose",
            """
            ALTER TABLE message ADD COLUMN purpose \(type: .text, "purpose") DEFAULT 'confirmation' NOT NULL
              CONSTRAINT message_purpose CHECK (\(rule))
            """,
            "UPDATE message SET purpose = old_purpose",
            "ALTER TABLE message DROP COLUMN old_purpose",
        ]
    }

    private static let outboxTables: [SQL] = [
        "ALTER TABLE message ADD COLUMN attempts \(type: .bigint, "attempts") DEFAULT 0 NOT NULL",
        "ALTER TABLE message ADD COLUMN lease \(type: .uuid, "lease") CONSTRAINT message_by_itself CHECK (lease IS NULL OR \(byItself))",
        """
        ALTER TABLE message ADD COLUMN leased_until \(type: .bigint, "leased_until")
          CONSTRAINT message_leased CHECK ((lease IS NULL) = (leased_until IS NULL))
        """,
        """
        ALTER TABLE message ADD COLUMN outcome \(type: .text, "outcome") CONSTRAINT message_outcome CHECK (outcome IS NULL
          OR (sent_at IS NOT NULL AND (\(isOne("outcome", of: "handed", "arrived", "undelivered", "unknown"))))
          OR (withdrawn_at IS NOT NULL AND (\(isOne("outcome", of: "refused", "abandoned", "untrue")))))
        """,
        // A stable name: why it did not leave, or did not arrive.
        "ALTER TABLE message ADD COLUMN because \(type: .text, "because")",
        // The start that a reminder is about: of an appointment moved since, it is untrue.
        "ALTER TABLE message ADD COLUMN for_start \(type: .bigint, "for_start")",
        "ALTER TABLE message ADD COLUMN template_version_id \(type: .uuid, "template_version_id")",
        // By channel: what is spoken or posted does not stand before what leaves by itself.
        "DROP INDEX message_due",
        "CREATE INDEX message_waiting ON message (channel, due_at) WHERE sent_at IS NULL AND withdrawn_at IS NULL",
        // Of what is settled: a booking writes in neither.
        "CREATE INDEX message_left ON message (territory_id, sent_at, id) WHERE sent_at IS NOT NULL",
        "CREATE INDEX message_kept ON message (territory_id, withdrawn_at, id) WHERE withdrawn_at IS NOT NULL",
        """
        CREATE TABLE delivery (\(key), message_id \(type: .uuid, "message_id") NOT NULL, gateway \(type: .text, "gateway") NOT NULL,
          channel \(type: .text, "channel") NOT NULL CONSTRAINT delivery_channel CHECK (\(byItself)),
          recipient \(type: .text, "recipient") NOT NULL, repeatable \(type: .boolean, "repeatable") NOT NULL,
          started_at \(type: .bigint, "started_at") NOT NULL, ended_at \(type: .bigint, "ended_at"),
          milliseconds \(type: .bigint, "milliseconds"),
          outcome \(type: .text, "outcome") CONSTRAINT delivery_outcome CHECK (outcome IS NULL
            OR \(isOne("outcome", of: "handed", "arrived", "undelivered", "unknown", "refused", "failed"))),
          reference \(type: .text, "reference"), because \(type: .text, "because"),
          PRIMARY KEY (territory_id, id), CONSTRAINT delivery_ended CHECK ((outcome IS NULL) = (ended_at IS NULL)),
          FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id))
        """,
        """
        CREATE UNIQUE INDEX delivery_once ON delivery (territory_id, message_id)
          WHERE outcome IS NULL OR (outcome <> 'failed' AND outcome <> 'refused')
        """,
        "CREATE INDEX delivery_by_message ON delivery (territory_id, message_id, started_at)",
        "CREATE INDEX delivery_by_time ON delivery (territory_id, started_at)",
        "CREATE INDEX delivery_by_reference ON delivery (gateway, reference) WHERE reference IS NOT NULL",
    ]

    private static let byItself = isOne("channel", of: "sms", "email")

    /// When a reason's appointments are recalled, and the reminders that were found due: each once.
    static let reminders = Migration(
        "101-reminders",
        [
            // Minutes before, the longest first, between commas: read with the reason, and by no condition.
            """
            ALTER TABLE reason ADD COLUMN reminders \(type: .text, "reminders") DEFAULT '2880' NOT NULL
              CONSTRAINT reason_reminders CHECK (length(reminders) <= 60)
            """,
            "ALTER TABLE territory ADD COLUMN quiet_from \(type: .bigint, "quiet_from") DEFAULT 1200 NOT NULL",
            """
            ALTER TABLE territory ADD COLUMN quiet_until \(type: .bigint, "quiet_until") DEFAULT 480 NOT NULL
              CONSTRAINT territory_quiet CHECK (0 <= quiet_until AND quiet_until < quiet_from AND quiet_from <= 1440)
            """,
            "ALTER TABLE territory ADD COLUMN sunday_messages \(type: .boolean, "sunday_messages") DEFAULT FALSE NOT NULL",
            // False again when it moves or someone joins: what is lacking is found by reason, without a look at what is not.
            "ALTER TABLE appointment ADD COLUMN reminded \(type: .boolean, "reminded") DEFAULT FALSE NOT NULL",
            "CREATE INDEX appointment_to_remind ON appointment (territory_id, reason_id, starts_at) WHERE NOT reminded",
            """
            CREATE TABLE reminder (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
              purpose \(type: .text, "purpose") NOT NULL CONSTRAINT reminder_purpose CHECK (purpose = 'reminder'),
              minutes_before \(type: .bigint, "minutes_before") NOT NULL, starts_at \(type: .bigint, "starts_at") NOT NULL,
              due_at \(type: .bigint, "due_at"), found_at \(type: .bigint, "found_at") NOT NULL,
              called_at \(type: .bigint, "called_at"), called_by \(type: .uuid, "called_by"),
              PRIMARY KEY (territory_id, appointment_id, person_id, purpose, minutes_before, starts_at), \(ofPerson), \(ofAppointment),
              CONSTRAINT reminder_called CHECK ((called_at IS NULL) = (called_by IS NULL)),
              FOREIGN KEY (territory_id, called_by) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE INDEX reminder_to_call ON reminder (territory_id, starts_at, appointment_id)
              WHERE due_at IS NOT NULL AND called_at IS NULL
            """,
            "CREATE INDEX reminder_by_person ON reminder (territory_id, person_id)",
        ])
}
