import Store

extension Schema {
    /// What the letter of a convocation said, word for word, as it was last printed.
    static let letterTexts = Migration(
        "152-letter-texts",
        [
            """
            CREATE TABLE letter_text (territory_id \(type: .bigint, "territory_id") NOT NULL, batch_id \(type: .uuid, "batch_id") NOT NULL,
              message_id \(type: .uuid, "message_id") NOT NULL, subject \(type: .text, "subject") NOT NULL,
              text \(type: .text, "text") NOT NULL CONSTRAINT letter_text_said CHECK (text <> ''),
              printed_at \(type: .bigint, "printed_at") NOT NULL, PRIMARY KEY (territory_id, batch_id, message_id),
              FOREIGN KEY (territory_id, batch_id, message_id) REFERENCES letter (territory_id, batch_id, message_id))
            """
        ])

    /// Of what is posted nothing is written any more.
    static let letterTextRules = Migration(
        "153-letter-text-rules",
        postgres: PersonRules.refusing("letter_text_kept", "INSERT OR UPDATE ON letter_text", when: isPosted),
        sqlite: [
            PersonRules.refusal("letter_text_kept", "INSERT ON letter_text", "letter_text_kept_1", when: isPosted),
            PersonRules.refusal("letter_text_kept", "UPDATE ON letter_text", "letter_text_kept_2", when: isPosted),
        ])

    private static let isPosted: SQL = """
        EXISTS (SELECT 1 FROM letter_batch WHERE letter_batch.territory_id = NEW.territory_id AND letter_batch.id = NEW.batch_id
          AND letter_batch.posted_at IS NOT NULL)
        """
}
