import Store

extension Schema {
    /// What is printed and posted, and the codes with which people answer it.
    ///
    /// The rules that must hold whatever runs: a letter is in one batch, a batch that is posted is not undone, a code leads to one letter.
    static let letters = Migration(
        "130-letters",
        [
            """
            CREATE TABLE letter_batch (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              letters \(type: .bigint, "letters") NOT NULL CONSTRAINT letter_batch_letters CHECK (letters > 0),
              prepared_at \(type: .bigint, "prepared_at") NOT NULL, prepared_by \(type: .uuid, "prepared_by") NOT NULL,
              posted_at \(type: .bigint, "posted_at"), posted_by \(type: .uuid, "posted_by"),
              undone_at \(type: .bigint, "undone_at"), undone_by \(type: .uuid, "undone_by"), PRIMARY KEY (territory_id, id),
              CONSTRAINT letter_batch_posted CHECK ((posted_at IS NULL) = (posted_by IS NULL)),
              CONSTRAINT letter_batch_undone CHECK ((undone_at IS NULL) = (undone_by IS NULL)),
              CONSTRAINT letter_batch_one_end CHECK (posted_at IS NULL OR undone_at IS NULL),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, prepared_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, posted_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, undone_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX letter_batch_by_organization ON letter_batch (territory_id, organization_id, prepared_at)",
            // As the paper has it: its number in the batch, and where it goes.
            """
            CREATE TABLE letter (territory_id \(type: .bigint, "territory_id") NOT NULL, batch_id \(type: .uuid, "batch_id") NOT NULL,
              message_id \(type: .uuid, "message_id") NOT NULL, number \(type: .bigint, "number") NOT NULL,
              recipient \(type: .text, "recipient") NOT NULL, removed_at \(type: .bigint, "removed_at"), because \(type: .text, "because"),
              PRIMARY KEY (territory_id, batch_id, message_id),
              CONSTRAINT letter_removed CHECK ((removed_at IS NULL) = (because IS NULL)),
              FOREIGN KEY (territory_id, batch_id) REFERENCES letter_batch (territory_id, id),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id))
            """,
            "CREATE UNIQUE INDEX letter_once ON letter (territory_id, message_id) WHERE removed_at IS NULL",
            "CREATE UNIQUE INDEX letter_number ON letter (territory_id, batch_id, number)",
            "CREATE INDEX letter_by_message ON letter (territory_id, message_id)",
            // Of the code only a keyed digest; with the server's key it is made again for another print.
            """
            CREATE TABLE answer_code (territory_id \(type: .bigint, "territory_id") NOT NULL,
              message_id \(type: .uuid, "message_id") NOT NULL, turn \(type: .bigint, "turn") NOT NULL,
              digest \(type: .blob, "digest") NOT NULL CONSTRAINT answer_code_digest CHECK (length(digest) = 32),
              created_at \(type: .bigint, "created_at") NOT NULL, PRIMARY KEY (territory_id, message_id),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id))
            """,
            "CREATE UNIQUE INDEX answer_code_once ON answer_code (digest)",
            """
            CREATE TABLE campaign_letter (territory_id \(type: .bigint, "territory_id") NOT NULL,
              message_id \(type: .uuid, "message_id") NOT NULL, campaign_id \(type: .uuid, "campaign_id") NOT NULL,
              PRIMARY KEY (territory_id, message_id),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id),
              FOREIGN KEY (territory_id, campaign_id) REFERENCES campaign (territory_id, id))
            """,
            "CREATE INDEX campaign_letter_by_campaign ON campaign_letter (territory_id, campaign_id)",
        ])
}
