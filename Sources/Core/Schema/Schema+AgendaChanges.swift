import Store

extension Schema {
    /// Who must still learn that their appointment changed, when no message does it for them.
    ///
    /// Two rules of the database: nobody is said to be told by a message that is not there, and one change is told once to a person.
    static let tellings = Migration(
        "010-tellings",
        [
            """
            CREATE TABLE telling (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, cause \(type: .text, "cause") NOT NULL
                CONSTRAINT telling_cause CHECK (cause IN ('absence', 'closure', 'bascule', 'handover')),
              cause_id \(type: .uuid, "cause_id") NOT NULL, channel \(type: .text, "channel") NOT NULL
                CONSTRAINT telling_channel CHECK (channel IN ('sms', 'email', 'phone', 'letter', 'none')),
              recipient \(type: .text, "recipient"), message_id \(type: .uuid, "message_id"),
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              outcome \(type: .text, "outcome")
                CONSTRAINT telling_outcome CHECK (outcome IN ('message', 'told', 'rebooked')),
              settled_at \(type: .bigint, "settled_at"), settled_by \(type: .uuid, "settled_by"),
              PRIMARY KEY (territory_id, id), \(ofPerson), \(ofAppointment),
              CONSTRAINT telling_settled CHECK ((outcome IS NULL) = (settled_at IS NULL)),
              CONSTRAINT telling_by_message CHECK (outcome <> 'message' OR (message_id IS NOT NULL AND channel IN ('sms', 'email'))),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, settled_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX telling_once ON telling (territory_id, cause_id, appointment_id, person_id)",
            "CREATE INDEX telling_open ON telling (territory_id, appointment_id) WHERE settled_at IS NULL",
            "CREATE INDEX telling_by_appointment ON telling (territory_id, appointment_id)",
            """
            CREATE TABLE telling_attempt (\(key), telling_id \(type: .uuid, "telling_id") NOT NULL, at \(type: .bigint, "at") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, telling_id) REFERENCES telling (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX telling_attempt_by_telling ON telling_attempt (territory_id, telling_id, at)",
        ])

    /// One occurrence that differs, and a version so that two agents never overwrite each other unknowingly.
    static let occurrences = Migration(
        "011-occurrences",
        ["opening", "absence"].flatMap { (table: SQL) -> [SQL] in
            [
                "ALTER TABLE \(table) ADD COLUMN version \(type: .bigint, "version") NOT NULL DEFAULT 0",
                """
                CREATE TABLE \(table)_exception (territory_id \(type: .bigint, "territory_id") NOT NULL,
                  owner_id \(type: .uuid, "owner_id") NOT NULL, date \(type: .text, "date") NOT NULL CHECK (length(date) = 10),
                  kind \(type: .text, "kind") NOT NULL CONSTRAINT \(table)_exception_kind
                    CHECK (kind IN ('deleted', 'moved', 'cut', 'added')),
                  to_date \(type: .text, "to_date") CHECK (length(to_date) = 10),
                  start_minute \(type: .bigint, "start_minute"), end_minute \(type: .bigint, "end_minute"),
                  PRIMARY KEY (territory_id, owner_id, date),
                  CONSTRAINT \(table)_exception_hours CHECK ((kind = 'deleted') = (start_minute IS NULL)
                    AND (start_minute IS NULL) = (end_minute IS NULL)),
                  CONSTRAINT \(table)_exception_order
                    CHECK (start_minute BETWEEN 0 AND 1439 AND start_minute < end_minute AND end_minute <= 577440),
                  CONSTRAINT \(table)_exception_moved CHECK ((kind = 'moved') = (to_date IS NOT NULL)),
                  FOREIGN KEY (territory_id, owner_id) REFERENCES \(table) (territory_id, id))\(layout: .clustered)
                """,
            ]
        })

    /// When a whole house, or one of its sites, is closed.
    static let closures = Migration(
        "012-closures",
        [
            """
            CREATE TABLE closure (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, site_id \(type: .uuid, "site_id"),
              title \(type: .text, "title") NOT NULL, \(stretch), version \(type: .bigint, "version") NOT NULL DEFAULT 0,
              PRIMARY KEY (territory_id, id), CONSTRAINT closure_order CHECK (nights > 0 OR start_minute < end_minute),
              CONSTRAINT closure_titled CHECK (length(title) > 0),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id))
            """,
            "CREATE INDEX closure_by_organization ON closure (territory_id, organization_id)",
        ])
}
