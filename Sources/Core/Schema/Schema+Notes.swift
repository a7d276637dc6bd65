import Store

extension Schema {
    /// Private notes lie apart: nothing that reads notes can show one by mistake.
    static let privateNotes = Migration(
        "people-3-private-notes",
        [
            """
            ALTER TABLE note ADD COLUMN visibility \(type: .text, "visibility") DEFAULT 'service' NOT NULL
              CONSTRAINT note_visibility CHECK (visibility IN ('service', 'everyone'))
            """,
            """
            CREATE TABLE private_note (\(key), person_id \(type: .uuid, "person_id") NOT NULL, service_id \(type: .uuid, "service_id") NOT NULL,
              author_id \(type: .uuid, "author_id") NOT NULL, keeper_id \(type: .uuid, "keeper_id") NOT NULL,
              text \(type: .text, "text") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              PRIMARY KEY (territory_id, id), \(ofPerson),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, author_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, keeper_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX private_note_by_keeper ON private_note (territory_id, keeper_id, person_id, created_at)",
            "CREATE INDEX private_note_by_person ON private_note (territory_id, person_id)",
        ])

    /// Nobody leaves with notes that no one else reads: they are handed over or deleted first.
    static let privateNoteRules = Migration(
        "people-4-private-note-rules",
        postgres: PersonRules.refusing("agent_keeps_notes", "UPDATE OF disabled_at ON agent", when: keepsNotes),
        sqlite: [PersonRules.refusal("agent_keeps_notes", "UPDATE OF disabled_at ON agent", "agent_keeps_notes_1", when: keepsNotes)])

    private static let keepsNotes: SQL = """
        NEW.disabled_at IS NOT NULL
          AND EXISTS (SELECT 1 FROM private_note WHERE territory_id = NEW.territory_id AND keeper_id = NEW.id)
        """
}
