import Store

extension Schema {
    /// What is seldom filled in of someone's file, and how they leave the search.
    static let personDetail = Migration(
        "people-1-detail",
        [
            "ALTER TABLE person ADD COLUMN birth_name \(type: .text, "birth_name") NOT NULL DEFAULT ''",
            """
            CREATE TABLE person_detail (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, expected_birth \(type: .text, "expected_birth")
                CONSTRAINT person_detail_expected CHECK (expected_birth IS NULL OR length(expected_birth) = 10),
              never_post \(type: .boolean, "never_post") NOT NULL, never_email \(type: .boolean, "never_email") NOT NULL,
              never_voicemail \(type: .boolean, "never_voicemail") NOT NULL, address_hidden \(type: .boolean, "address_hidden") NOT NULL,
              caution \(type: .text, "caution") NOT NULL CONSTRAINT person_detail_caution CHECK (length(caution) <= 200),
              PRIMARY KEY (territory_id, person_id), \(ofPerson))
            """,
            """
            CREATE TABLE external_number (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, kind \(type: .text, "kind") NOT NULL
                CONSTRAINT external_number_kind CHECK (kind IN ('caf', 'msa', 'france-travail', 'file', 'other')),
              number \(type: .text, "number") NOT NULL, folded \(type: .text, "folded") NOT NULL
                CONSTRAINT external_number_folded CHECK (length(folded) > 0),
              PRIMARY KEY (territory_id, person_id, kind), \(ofPerson))
            """,
            "CREATE INDEX external_number_by_number ON external_number (territory_id, folded, person_id)",
            "CREATE TABLE tag (\(key), name \(type: .text, "name") NOT NULL, PRIMARY KEY (territory_id, id), \(ofTerritory))",
            "CREATE UNIQUE INDEX tag_name ON tag (territory_id, name)",
            """
            CREATE TABLE person_tag (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, tag_id \(type: .uuid, "tag_id") NOT NULL,
              PRIMARY KEY (territory_id, person_id, tag_id), \(ofPerson),
              FOREIGN KEY (territory_id, tag_id) REFERENCES tag (territory_id, id))
            """,
            "CREATE INDEX person_tag_by_tag ON person_tag (territory_id, tag_id)",
            """
            CREATE TABLE person_field_off (territory_id \(type: .bigint, "territory_id") NOT NULL, field \(type: .text, "field") NOT NULL,
              PRIMARY KEY (territory_id, field), \(ofTerritory))
            """,
            """
            CREATE TABLE archiving (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, reason \(type: .text, "reason") NOT NULL
                CONSTRAINT archiving_reason CHECK (reason IN ('followed-no-more', 'moved', 'deceased', 'duplicate', 'other')),
              why \(type: .text, "why") NOT NULL, at \(type: .bigint, "at") NOT NULL, by_agent \(type: .uuid, "by_agent") NOT NULL,
              PRIMARY KEY (territory_id, person_id), CONSTRAINT archiving_why CHECK (reason <> 'other' OR length(why) > 0), \(ofPerson),
              FOREIGN KEY (territory_id, by_agent) REFERENCES agent (territory_id, id))
            """,
            // Whom a message goes to, when it is not the person it is about.
            "ALTER TABLE message ADD COLUMN to_person_id \(type: .uuid, "to_person_id")",
        ])

    /// Nobody archived has an appointment to come, whichever comes first; and nothing is queued for where someone said never to write.
    static let personDetailRules = Migration(
        "people-2-detail-rules", postgres: PersonRules.postgres, sqlite: PersonRules.sqlite)
}

/// The triggers of someone's file. Both engines give each violation the same name.
enum PersonRules {
    private static let bookedWhileArchived: SQL = """
        NEW.status = 'upcoming' AND EXISTS (SELECT 1 FROM archiving JOIN appointment ON appointment.territory_id = archiving.territory_id
          WHERE archiving.territory_id = NEW.territory_id AND archiving.person_id = NEW.person_id
            AND appointment.id = NEW.appointment_id AND appointment.starts_at > archiving.at)
        """
    private static let movedWhileArchived: SQL = """
        EXISTS (SELECT 1 FROM participation JOIN archiving ON archiving.territory_id = participation.territory_id
            AND archiving.person_id = participation.person_id
          WHERE participation.territory_id = NEW.territory_id AND participation.appointment_id = NEW.id
            AND participation.status = 'upcoming' AND NEW.starts_at > archiving.at)
        """
    private static let archivedWhileBooked: SQL = """
        EXISTS (SELECT 1 FROM participation JOIN appointment ON appointment.territory_id = participation.territory_id
            AND appointment.id = participation.appointment_id
          WHERE participation.territory_id = NEW.territory_id AND participation.person_id = NEW.person_id
            AND participation.status = 'upcoming' AND appointment.starts_at > NEW.at)
        """
    private static let indiscreet: SQL = """
        EXISTS (SELECT 1 FROM person_detail WHERE territory_id = NEW.territory_id
          AND person_id = coalesce(NEW.to_person_id, NEW.person_id) AND ((NEW.channel = 'letter' AND never_post) OR (NEW.channel = 'email' AND never_email)))
        """

    /// SQLite cannot add a key to a table that exists.
    private static let nobody: SQL = """
        NEW.to_person_id IS NOT NULL
          AND NOT EXISTS (SELECT 1 FROM person WHERE territory_id = NEW.territory_id AND id = NEW.to_person_id)
        """

    static let postgres: [SQL] =
        ["ALTER TABLE message ADD FOREIGN KEY (territory_id, to_person_id) REFERENCES person (territory_id, id)"]
        + refusing("participation_archived", "INSERT OR UPDATE OF status ON participation", when: bookedWhileArchived)
        + refusing("appointment_archived", "UPDATE OF starts_at ON appointment", when: movedWhileArchived)
        + refusing("archiving_upcoming", "INSERT OR UPDATE ON archiving", when: archivedWhileBooked)
        + refusing("message_discreet", "INSERT OR UPDATE OF channel ON message", when: indiscreet)

    static let sqlite: [SQL] = [
        refusal("participation_archived", "INSERT ON participation", "participation_archived_1", when: bookedWhileArchived),
        refusal("participation_archived", "UPDATE OF status ON participation", "participation_archived_2", when: bookedWhileArchived),
        refusal("appointment_archived", "UPDATE OF starts_at ON appointment", "appointment_archived_1", when: movedWhileArchived),
        refusal("archiving_upcoming", "INSERT ON archiving", "archiving_upcoming_1", when: archivedWhileBooked),
        refusal("archiving_upcoming", "UPDATE ON archiving", "archiving_upcoming_2", when: archivedWhileBooked),
        refusal("foreign_key", "INSERT ON message", "message_to_person", when: nobody),
        refusal("message_discreet", "INSERT ON message", "message_discreet_1", when: indiscreet),
        refusal("message_discreet", "UPDATE OF channel ON message", "message_discreet_2", when: indiscreet),
    ]

    /// A function and its trigger, which raise a violation of this name.
    static func refusing(_ name: SQL, _ event: SQL, when condition: SQL) -> [SQL] {
        [
            """
            CREATE FUNCTION \(name)_rule() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(condition) THEN RAISE EXCEPTION 'refused' USING ERRCODE = '23514', CONSTRAINT = '\(name)'; END IF;
              RETURN NEW;
            END $body$
            """,
            "CREATE TRIGGER \(name) BEFORE \(event) FOR EACH ROW EXECUTE FUNCTION \(name)_rule()",
        ]
    }

    static func refusal(_ name: SQL, _ event: SQL, _ trigger: SQL, when condition: SQL) -> SQL {
        "CREATE TRIGGER \(trigger) BEFORE \(event) WHEN \(condition) BEGIN SELECT RAISE(ABORT, '\(name)'); END"
    }
}
