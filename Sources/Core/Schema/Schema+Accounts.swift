import Store

extension Schema {
    /// What belongs to no territory: the official list of communes (INSEE, code officiel géographique), and the server's own settings.
    static let reference = Migration(
        "001-reference",
        [
            """
            CREATE TABLE commune (
              insee \(type: .text, "insee") NOT NULL PRIMARY KEY, name \(type: .text, "name") NOT NULL,
              folded \(type: .text, "folded") NOT NULL, departement \(type: .text, "departement") NOT NULL,
              postal_codes \(type: .text, "postal_codes") NOT NULL, population \(type: .bigint, "population"),
              latitude \(type: .double, "latitude"), longitude \(type: .double, "longitude"))
            """,
            "CREATE INDEX commune_by_name ON commune (folded, insee)",
            """
            CREATE TABLE territory (
              id \(type: .bigint, "id") NOT NULL PRIMARY KEY CONSTRAINT territory_id_positive CHECK (id > 0),
              slug \(type: .text, "slug") NOT NULL, name \(type: .text, "name") NOT NULL, departement \(type: .text, "departement"),
              time_zone \(type: .text, "time_zone") NOT NULL, holiday_zone \(type: .text, "holiday_zone") NOT NULL,
              colour \(type: .text, "colour") NOT NULL, organization_label \(type: .text, "organization_label") NOT NULL,
              privacy_notice \(type: .text, "privacy_notice") NOT NULL,
              attempts_before_missed \(type: .bigint, "attempts_before_missed") NOT NULL
                CONSTRAINT territory_attempts CHECK (attempts_before_missed BETWEEN 1 AND 10),
              minutes_between_attempts \(type: .bigint, "minutes_between_attempts") NOT NULL
                CONSTRAINT territory_attempt_minutes CHECK (minutes_between_attempts BETWEEN 0 AND 1440))
            """,
            "CREATE UNIQUE INDEX territory_slug ON territory (slug)",
            "CREATE TABLE setting (name \(type: .text, "name") NOT NULL PRIMARY KEY, value \(type: .blob, "value") NOT NULL)",
        ])

    /// Who works where, and with which rights.
    static let accounts = Migration(
        "002-accounts",
        [
            "CREATE TABLE area (\(key), name \(type: .text, "name") NOT NULL, PRIMARY KEY (territory_id, id), \(ofTerritory))",
            "CREATE UNIQUE INDEX area_name ON area (territory_id, name)",
            """
            CREATE TABLE organization (\(key), area_id \(type: .uuid, "area_id"), name \(type: .text, "name") NOT NULL,
              phone \(type: .text, "phone"), PRIMARY KEY (territory_id, id), \(ofTerritory),
              FOREIGN KEY (territory_id, area_id) REFERENCES area (territory_id, id))
            """,
            "CREATE UNIQUE INDEX organization_name ON organization (territory_id, name)",
            """
            CREATE TABLE service (\(key), name \(type: .text, "name") NOT NULL, secret \(type: .boolean, "secret") NOT NULL,
              PRIMARY KEY (territory_id, id), \(ofTerritory))
            """,
            "CREATE UNIQUE INDEX service_name ON service (territory_id, name)",
            """
            CREATE TABLE site (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              address \(type: .text, "address") NOT NULL, commune \(type: .text, "commune") NOT NULL, phone \(type: .text, "phone"),
              PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
            "CREATE UNIQUE INDEX site_of_organization ON site (territory_id, organization_id, id)",
            "CREATE UNIQUE INDEX site_name ON site (territory_id, organization_id, name)",
            """
            CREATE TABLE agent (\(key), first_name \(type: .text, "first_name") NOT NULL, last_name \(type: .text, "last_name") NOT NULL,
              email \(type: .text, "email"), password \(type: .text, "password"),
              calendar_version \(type: .bigint, "calendar_version") NOT NULL DEFAULT 0,
              disabled_at \(type: .bigint, "disabled_at"), created_at \(type: .bigint, "created_at") NOT NULL,
              PRIMARY KEY (territory_id, id), \(ofTerritory),
              CONSTRAINT agent_login CHECK (password IS NULL OR email IS NOT NULL),
              CONSTRAINT agent_email_folded CHECK (email = lower(email) AND length(email) > 0),
              CONSTRAINT agent_password_hashed CHECK (password LIKE 'scrypt$%'))
            """,
            "CREATE UNIQUE INDEX agent_email ON agent (email)",
            """
            CREATE TABLE territory_role (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              role \(type: .text, "role") NOT NULL CONSTRAINT territory_role_known CHECK (role IN ('administrator', 'data-protection')),
              PRIMARY KEY (territory_id, agent_id, role), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE TABLE membership (territory_id \(type: .bigint, "territory_id") NOT NULL,
              organization_id \(type: .uuid, "organization_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              role \(type: .text, "role") NOT NULL
                CONSTRAINT membership_role_known CHECK (\(isOne("role", of: "admin", "manager", "worker", "reception", "caller"))),
              PRIMARY KEY (territory_id, agent_id, organization_id, role),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
            "CREATE INDEX membership_by_organization ON membership (territory_id, organization_id, role, agent_id)",
            """
            CREATE TABLE agent_service (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              service_id \(type: .uuid, "service_id") NOT NULL, PRIMARY KEY (territory_id, agent_id, service_id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id))
            """,
            """
            CREATE TABLE session (token \(type: .blob, "token") NOT NULL PRIMARY KEY
                CONSTRAINT session_token_hashed CHECK (length(token) = 32), territory_id \(type: .bigint, "territory_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              seen_at \(type: .bigint, "seen_at") NOT NULL, expires_at \(type: .bigint, "expires_at") NOT NULL,
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX session_by_agent ON session (territory_id, agent_id)",
            """
            CREATE TABLE api_token (\(key), token \(type: .blob, "token") NOT NULL
                CONSTRAINT api_token_hashed CHECK (length(token) = 32), agent_id \(type: .uuid, "agent_id") NOT NULL,
              name \(type: .text, "name") NOT NULL, scope \(type: .text, "scope") NOT NULL
                CONSTRAINT api_token_scope CHECK (scope IN ('read', 'write')),
              created_at \(type: .bigint, "created_at") NOT NULL, expires_at \(type: .bigint, "expires_at") NOT NULL,
              revoked_at \(type: .bigint, "revoked_at"), PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX api_token_token ON api_token (token)",
            "CREATE INDEX api_token_by_agent ON api_token (territory_id, agent_id)",
            """
            CREATE TABLE password_link (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              token \(type: .blob, "token") NOT NULL CONSTRAINT password_link_hashed CHECK (length(token) = 32),
              created_by \(type: .uuid, "created_by") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              expires_at \(type: .bigint, "expires_at") NOT NULL, PRIMARY KEY (territory_id, agent_id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX password_link_token ON password_link (token)",
            """
            CREATE TABLE sign_in_failure (subject \(type: .blob, "subject") NOT NULL, at \(type: .bigint, "at") NOT NULL,
              id \(type: .uuid, "id") NOT NULL, PRIMARY KEY (subject, at, id))
            """,
            "CREATE INDEX sign_in_failure_by_age ON sign_in_failure (at)",
            """
            CREATE TABLE idempotency (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              key \(type: .text, "key") NOT NULL, request \(type: .blob, "request") NOT NULL, status \(type: .bigint, "status") NOT NULL,
              response \(type: .text, "response") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              PRIMARY KEY (territory_id, agent_id, key), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
        ])

    static let ofTerritory: SQL = "FOREIGN KEY (territory_id) REFERENCES territory (id)"
}
