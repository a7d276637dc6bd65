import Store

extension Schema {
    /// Who is supported, and how to find and reach them.
    static let people = Migration(
        "003-people",
        [
            """
            CREATE TABLE person (\(key), first_name \(type: .text, "first_name") NOT NULL, last_name \(type: .text, "last_name") NOT NULL,
              birth_date \(type: .text, "birth_date") CONSTRAINT person_birth_date CHECK (birth_date IS NULL OR length(birth_date) = 10),
              channel \(type: .text, "channel") NOT NULL
                CONSTRAINT person_channel CHECK (\(isOne("channel", of: "sms", "email", "phone", "letter", "none"))),
              language \(type: .text, "language") NOT NULL, address \(type: .text, "address") NOT NULL,
              postal_code \(type: .text, "postal_code") NOT NULL, commune \(type: .text, "commune") NOT NULL,
              needs \(type: .text, "needs") NOT NULL, informed_at \(type: .bigint, "informed_at"),
              informed_by \(type: .uuid, "informed_by"), created_at \(type: .bigint, "created_at") NOT NULL,
              created_by \(type: .uuid, "created_by"), version \(type: .bigint, "version") NOT NULL DEFAULT 0,
              PRIMARY KEY (territory_id, id), \(ofTerritory),
              CONSTRAINT person_named CHECK (length(first_name) + length(last_name) > 0),
              FOREIGN KEY (territory_id, informed_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE TABLE person_organization (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, organization_id \(type: .uuid, "organization_id") NOT NULL,
              PRIMARY KEY (territory_id, person_id, organization_id), \(ofPerson),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
            """
            CREATE TABLE person_phone (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, rank \(type: .bigint, "rank") NOT NULL,
              number \(type: .text, "number") NOT NULL, label \(type: .text, "label") NOT NULL, mobile \(type: .boolean, "mobile") NOT NULL,
              PRIMARY KEY (territory_id, person_id, rank), \(ofPerson))
            """,
            """
            CREATE TABLE person_email (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, rank \(type: .bigint, "rank") NOT NULL,
              address \(type: .text, "address") NOT NULL, label \(type: .text, "label") NOT NULL,
              PRIMARY KEY (territory_id, person_id, rank), \(ofPerson))
            """,
            """
            CREATE TABLE person_token (territory_id \(type: .bigint, "territory_id") NOT NULL, scope_id \(type: .uuid, "scope_id") NOT NULL,
              token \(type: .text, "token") NOT NULL, search_key \(type: .text, "search_key") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL,
              PRIMARY KEY (territory_id, scope_id, token, search_key, person_id))\(layout: .clustered)
            """,
            """
            CREATE TABLE referent (territory_id \(type: .bigint, "territory_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
              service_id \(type: .uuid, "service_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              since \(type: .bigint, "since") NOT NULL, PRIMARY KEY (territory_id, person_id, service_id), \(ofPerson),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE TABLE note (\(key), person_id \(type: .uuid, "person_id") NOT NULL, service_id \(type: .uuid, "service_id") NOT NULL,
              author_id \(type: .uuid, "author_id") NOT NULL, text \(type: .text, "text") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, PRIMARY KEY (territory_id, id), \(ofPerson),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, author_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX note_by_person ON note (territory_id, person_id, created_at)",
            """
            CREATE TABLE disclosure (\(key), person_id \(type: .uuid, "person_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              reason \(type: .text, "reason") NOT NULL CONSTRAINT disclosure_reason CHECK (length(reason) > 0),
              at \(type: .bigint, "at") NOT NULL, expires_at \(type: .bigint, "expires_at") NOT NULL,
              PRIMARY KEY (territory_id, id), \(ofPerson),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX disclosure_by_agent ON disclosure (territory_id, agent_id, person_id, expires_at)",
        ])

    static let ofPerson: SQL = "FOREIGN KEY (territory_id, person_id) REFERENCES person (territory_id, id)"
}
