import Store

extension Schema {
    /// What leaves in the same text as another message, and what agents asked to be told of their agendas.
    ///
    /// The rules that must hold whatever runs: an agent is told by e-mail and for nobody else (`message_to_agent`), and what goes along
    /// with another never leaves by itself (`delivery_alone`).
    static let tellingTogether = Migration("106-telling-together", telling)

    private static let telling: [SQL] = [
        """
        ALTER TABLE message ADD COLUMN to_agent_id \(type: .uuid, "to_agent_id")
          CONSTRAINT message_to_agent CHECK (to_agent_id IS NULL OR (to_person_id IS NULL AND channel = 'email'))
        """,
        "ALTER TABLE message ADD COLUMN with_id \(type: .uuid, "with_id") CONSTRAINT message_with CHECK (with_id IS NULL OR with_id <> id)",
        // A booking writes in none of these.
        """
        CREATE INDEX message_for_agent ON message (territory_id, to_agent_id)
          WHERE to_agent_id IS NOT NULL AND sent_at IS NULL AND withdrawn_at IS NULL
        """,
        """
        CREATE INDEX message_recalling ON message (territory_id, recipient)
          WHERE purpose = 'reminder' AND sent_at IS NULL AND withdrawn_at IS NULL
        """,
        "CREATE INDEX message_along ON message (territory_id, with_id) WHERE with_id IS NOT NULL",
        """
        ALTER TABLE agenda_preference ADD COLUMN emails \(type: .text, "emails") DEFAULT 'none' NOT NULL
          CONSTRAINT agenda_preference_emails CHECK (\(isOne("emails", of: "all", "soon", "none")))
        """,
    ]

    static let tellingTogetherRules = Migration(
        "107-telling-together-rules",
        postgres: [
            "ALTER TABLE message ADD FOREIGN KEY (territory_id, to_agent_id) REFERENCES agent (territory_id, id)",
            """
            CREATE OR REPLACE FUNCTION message_discreet_rule() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(indiscreetToThem) THEN RAISE EXCEPTION 'refused' USING ERRCODE = '23514', CONSTRAINT = 'message_discreet'; END IF;
              RETURN NEW;
            END $body$
            """,
        ] + PersonRules.refusing("delivery_alone", "INSERT ON delivery", when: goesAlong),
        sqlite: [
            PersonRules.refusal("foreign_key", "INSERT ON message", "message_to_agent", when: noAgent),
            "DROP TRIGGER message_discreet_1", "DROP TRIGGER message_discreet_2",
            PersonRules.refusal("message_discreet", "INSERT ON message", "message_discreet_1", when: indiscreetToThem),
            PersonRules.refusal("message_discreet", "UPDATE OF channel ON message", "message_discreet_2", when: indiscreetToThem),
            PersonRules.refusal("delivery_alone", "INSERT ON delivery", "delivery_alone_1", when: goesAlong),
        ])

    /// What an agent is told of someone's appointment is no message to that person.
    private static let indiscreetToThem: SQL = """
        NEW.withdrawn_at IS NULL AND NEW.to_agent_id IS NULL AND EXISTS (SELECT 1 FROM person_detail
          WHERE territory_id = NEW.territory_id AND person_id = coalesce(NEW.to_person_id, NEW.person_id)
            AND ((NEW.channel = 'letter' AND never_post) OR (NEW.channel = 'email' AND never_email)
              OR (NEW.channel = 'sms' AND never_sms)))
        """

    /// SQLite cannot add a key to a table that exists.
    private static let noAgent: SQL = """
        NEW.to_agent_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM agent WHERE territory_id = NEW.territory_id AND id = NEW.to_agent_id)
        """

    private static let goesAlong: SQL = """
        EXISTS (SELECT 1 FROM message WHERE message.territory_id = NEW.territory_id AND message.id = NEW.message_id
          AND message.with_id IS NOT NULL)
        """
}

extension Schema {
    /// What one act takes, moves or cancels for several is found by who reads it. Only what is told to somebody else stands in it: a
    /// booking, nearly always told to whom it is for, writes nothing there.
    static let tellingFamilies = Migration(
        "151-telling-families",
        [
            """
            CREATE INDEX message_to_other ON message (territory_id, to_person_id)
              WHERE to_person_id IS NOT NULL AND sent_at IS NULL AND withdrawn_at IS NULL
            """
        ])
}
