import Store

extension Schema {
    /// What will be said, to whom and when: written in the transaction that causes it.
    static let messages = Migration(
        "007-messages",
        [
            """
            CREATE TABLE message (\(key), person_id \(type: .uuid, "person_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id"), purpose \(type: .text, "purpose") NOT NULL
                CONSTRAINT message_purpose CHECK (\(isOne("purpose", of: "confirmation", "change", "cancellation"))),
              channel \(type: .text, "channel") NOT NULL CONSTRAINT message_channel \
                CHECK (\(isOne("channel", of: "sms", "email", "phone", "letter"))),
              recipient \(type: .text, "recipient") NOT NULL, due_at \(type: .bigint, "due_at") NOT NULL,
              dedup_key \(type: .text, "dedup_key") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              withdrawn_at \(type: .bigint, "withdrawn_at"), sent_at \(type: .bigint, "sent_at"),
              PRIMARY KEY (territory_id, id), \(ofPerson), \(ofAppointment),
              CONSTRAINT message_recipient CHECK (length(recipient) > 0))
            """,
            "CREATE UNIQUE INDEX message_dedup_key ON message (territory_id, dedup_key)",
            "CREATE INDEX message_by_person ON message (territory_id, person_id, due_at)",
            "CREATE INDEX message_by_appointment ON message (territory_id, appointment_id)",
            "CREATE INDEX message_due ON message (due_at) WHERE sent_at IS NULL AND withdrawn_at IS NULL",
        ])

    /// Who did and who saw what. The header stays for ever; its payload, with the salt, can be lawfully purged.
    static let journal = Migration(
        "008-journal",
        [
            """
            CREATE TABLE journal_header (\(key), at \(type: .bigint, "at") NOT NULL, actor \(type: .text, "actor") NOT NULL
                CONSTRAINT journal_header_actor CHECK (\(isOne("actor", of: "agent", "system", "anonymous"))),
              actor_id \(type: .uuid, "actor_id"), act \(type: .text, "act") NOT NULL, subject_id \(type: .uuid, "subject_id"),
              digest \(type: .blob, "digest") NOT NULL CHECK (length(digest) = 32),
              seq \(type: .bigint, "seq"), seal \(type: .blob, "seal"), PRIMARY KEY (territory_id, id),
              CONSTRAINT journal_header_sealed CHECK ((seq IS NULL) = (seal IS NULL)))
            """,
            "CREATE UNIQUE INDEX journal_header_seq ON journal_header (territory_id, seq) WHERE seq IS NOT NULL",
            "CREATE INDEX journal_header_unsealed ON journal_header (territory_id, id) WHERE seq IS NULL",
            "CREATE INDEX journal_header_by_subject ON journal_header (territory_id, subject_id, at) WHERE subject_id IS NOT NULL",
            """
            CREATE TABLE journal_payload (\(key), salt \(type: .blob, "salt") NOT NULL, payload \(type: .text, "payload") NOT NULL,
              PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, id) REFERENCES journal_header (territory_id, id))\(layout: .clustered)
            """,
            """
            CREATE TABLE journal_head (territory_id \(type: .bigint, "territory_id") NOT NULL PRIMARY KEY,
              seq \(type: .bigint, "seq") NOT NULL, seal \(type: .blob, "seal") NOT NULL)
            """,
            """
            CREATE TABLE journal_erasure (territory_id \(type: .bigint, "territory_id") NOT NULL, number \(type: .bigint, "number") NOT NULL,
              header_id \(type: .uuid, "header_id") NOT NULL, at \(type: .bigint, "at") NOT NULL, PRIMARY KEY (territory_id, number),
              FOREIGN KEY (territory_id, header_id) REFERENCES journal_header (territory_id, id))
            """,
            """
            CREATE TABLE journal_erased (territory_id \(type: .bigint, "territory_id") NOT NULL, id \(type: .uuid, "id") NOT NULL,
              number \(type: .bigint, "number") NOT NULL, PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, id) REFERENCES journal_header (territory_id, id),
              FOREIGN KEY (territory_id, number) REFERENCES journal_erasure (territory_id, number))
            """,
        ])

    /// Append-only, in the schema: a header never changes but to receive its seal, once, and is never deleted; a payload never
    /// changes and is deleted only once a certificate lists it; certificates stay; the chain's head only moves forward.
    static let journalRules = Migration(
        "009-journal-append-only", postgres: JournalRules.postgres, sqlite: JournalRules.sqlite)
}
