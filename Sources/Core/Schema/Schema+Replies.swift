import Store

extension Schema {
    /// What people answer, what they are opposed to, and the reasons that oblige.
    static let replies = Migration(
        "102-replies",
        [
            "ALTER TABLE person_detail ADD COLUMN never_sms \(type: .boolean, "never_sms") DEFAULT FALSE NOT NULL",
            "ALTER TABLE person_detail ADD COLUMN never_campaign \(type: .boolean, "never_campaign") DEFAULT FALSE NOT NULL",
            "ALTER TABLE reason ADD COLUMN summons \(type: .boolean, "summons") DEFAULT FALSE NOT NULL",
            // A gateway that gives a reference gives it again when it says the same twice.
            """
            CREATE TABLE reply (\(key), gateway \(type: .text, "gateway") NOT NULL, reference \(type: .text, "reference"),
              sender \(type: .text, "sender") NOT NULL, text \(type: .text, "text") NOT NULL
                CONSTRAINT reply_text CHECK (length(text) <= 2000),
              received_at \(type: .bigint, "received_at") NOT NULL,
              meaning \(type: .text, "meaning") NOT NULL CONSTRAINT reply_meaning CHECK (\(
                isOne("meaning", of: "yes", "no", "stop", "call-back", "words"))),
              effect \(type: .text, "effect") NOT NULL CONSTRAINT reply_effect CHECK (\(
                isOne("effect", of: "confirmed", "freed", "standing", "stopped", "opposed", "to-read"))),
              person_id \(type: .uuid, "person_id"), appointment_id \(type: .uuid, "appointment_id"),
              for_start \(type: .bigint, "for_start"), settled_at \(type: .bigint, "settled_at"),
              settled_by \(type: .uuid, "settled_by"), PRIMARY KEY (territory_id, id),
              CONSTRAINT reply_of CHECK (effect = 'to-read' OR effect = 'stopped' OR effect = 'opposed'
                OR (person_id IS NOT NULL AND appointment_id IS NOT NULL)),
              CONSTRAINT reply_settled CHECK (settled_by IS NULL OR settled_at IS NOT NULL),
              FOREIGN KEY (territory_id, person_id) REFERENCES person (territory_id, id),
              FOREIGN KEY (territory_id, appointment_id) REFERENCES appointment (territory_id, id),
              FOREIGN KEY (territory_id, settled_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX reply_once ON reply (territory_id, gateway, reference) WHERE reference IS NOT NULL",
            "CREATE INDEX reply_open ON reply (territory_id, received_at) WHERE settled_at IS NULL",
            "CREATE INDEX reply_by_person ON reply (territory_id, person_id, received_at)",
            "CREATE INDEX reply_by_sender ON reply (territory_id, sender, received_at)",
            "CREATE INDEX reply_by_appointment ON reply (territory_id, appointment_id)",
            // To whom was this number written, and by which territory.
            "CREATE INDEX delivery_by_recipient ON delivery (recipient, started_at)",
        ])

    /// What was never to be written to, an SMS after STOP included, is never written to, whatever writes. What is withdrawn as it is
    /// written goes nowhere.
    static let replyRules = Migration(
        "103-reply-rules",
        postgres: [
            """
            CREATE OR REPLACE FUNCTION message_discreet_rule() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(indiscreet) THEN RAISE EXCEPTION 'refused' USING ERRCODE = '23514', CONSTRAINT = 'message_discreet'; END IF;
              RETURN NEW;
            END $body$
            """
        ],
        sqlite: [
            "DROP TRIGGER message_discreet_1", "DROP TRIGGER message_discreet_2",
            PersonRules.refusal("message_discreet", "INSERT ON message", "message_discreet_1", when: indiscreet),
            PersonRules.refusal("message_discreet", "UPDATE OF channel ON message", "message_discreet_2", when: indiscreet),
        ])

    private static let indiscreet: SQL = """
        NEW.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM person_detail WHERE territory_id = NEW.territory_id
          AND person_id = coalesce(NEW.to_person_id, NEW.person_id) AND ((NEW.channel = 'letter' AND never_post)
            OR (NEW.channel = 'email' AND never_email) OR (NEW.channel = 'sms' AND never_sms)))
        """
}
