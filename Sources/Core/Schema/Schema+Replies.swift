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
                isOne("effect", of: "confirmed", "freed", "standing", "stopped", "to-read"))),
              person_id \(type: .uuid, "person_id"), appointment_id \(type: .uuid, "appointment_id"),
              for_start \(type: .bigint, "for_start"), settled_at \(type: .bigint, "settled_at"),
              settled_by \(type: .uuid, "settled_by"), PRIMARY KEY (territory_id, id),
              CONSTRAINT reply_of CHECK (effect = 'to-read' OR effect = 'stopped' OR (person_id IS NOT NULL AND appointment_id IS NOT NULL)),
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

    /// Who answered STOP is written no SMS, whatever writes it.
    static let replyRules = Migration(
        "103-reply-rules", postgres: PersonRules.refusing("message_stopped", "INSERT OR UPDATE OF channel ON message", when: stopped),
        sqlite: [
            PersonRules.refusal("message_stopped", "INSERT ON message", "message_stopped_1", when: stopped),
            PersonRules.refusal("message_stopped", "UPDATE OF channel ON message", "message_stopped_2", when: stopped),
        ])

    private static let stopped: SQL = """
        NEW.channel = 'sms' AND NEW.withdrawn_at IS NULL AND EXISTS (SELECT 1 FROM person_detail WHERE territory_id = NEW.territory_id
          AND person_id = coalesce(NEW.to_person_id, NEW.person_id) AND never_sms)
        """
}
