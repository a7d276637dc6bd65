import Store

extension Schema {
    /// What comes back to e-mails: how far each return mailbox was read, what was found there, and the addresses that do not answer.
    ///
    /// The rules that must hold whatever runs: a letter of a mailbox is dealt with once (the key of `return_mail`), and nothing is given to
    /// a gateway for an address that does not answer (`delivery_bounced`).
    static let returns = Migration("140-returns", postgres: returnTables + bouncedPostgres, sqlite: returnTables + bouncedSQLite)

    private static let returnTables: [SQL] = [
        "ALTER TABLE person_email ADD COLUMN bounced_at \(type: .bigint, "bounced_at")",
        "CREATE INDEX person_email_by_address ON person_email (territory_id, address)",
        // Of the server, as gateways are: of no territory.
        """
        CREATE TABLE return_mailbox (name \(type: .text, "name") NOT NULL, address \(type: .text, "address") NOT NULL,
          validity \(type: .bigint, "validity") NOT NULL, last_uid \(type: .bigint, "last_uid") NOT NULL,
          due_at \(type: .bigint, "due_at") NOT NULL, lease \(type: .uuid, "lease"),
          leased_until \(type: .bigint, "leased_until") NOT NULL, failures \(type: .bigint, "failures") NOT NULL,
          read_at \(type: .bigint, "read_at"), trouble \(type: .text, "trouble") CONSTRAINT return_mailbox_trouble CHECK (trouble IS NULL
            OR \(isOne("trouble", of: "connection", "timeout", "tls", "credentials", "broken"))), PRIMARY KEY (name))
        """,
        """
        CREATE TABLE return_mail (mailbox \(type: .text, "mailbox") NOT NULL, validity \(type: .bigint, "validity") NOT NULL,
          uid \(type: .bigint, "uid") NOT NULL, kind \(type: .text, "kind") NOT NULL CONSTRAINT return_mail_kind CHECK (
            \(isOne("kind", of: "bounced", "delayed", "automatic", "answered", "unknown"))),
          read_at \(type: .bigint, "read_at") NOT NULL, PRIMARY KEY (mailbox, validity, uid),
          FOREIGN KEY (mailbox) REFERENCES return_mailbox (name))
        """,
        "CREATE INDEX return_mail_by_time ON return_mail (read_at)",
    ]

    private static let bouncedPostgres = PersonRules.refusing("delivery_bounced", "INSERT ON delivery", when: bounced)
    private static let bouncedSQLite = [PersonRules.refusal("delivery_bounced", "INSERT ON delivery", "delivery_bounced_1", when: bounced)]

    private static let bounced: SQL = """
        NEW.channel = 'email' AND EXISTS (SELECT 1 FROM message JOIN person_email ON person_email.territory_id = message.territory_id
          AND person_email.person_id = coalesce(message.to_person_id, message.person_id)
          WHERE message.territory_id = NEW.territory_id AND message.id = NEW.message_id AND person_email.address = NEW.recipient
            AND person_email.bounced_at IS NOT NULL)
        """
}
