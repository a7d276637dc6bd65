import Store

extension Schema {
    /// When an agent can be booked, and when not.
    static let agendas = Migration(
        "004-agendas",
        [
            """
            CREATE TABLE reason (\(key), service_id \(type: .uuid, "service_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              minutes \(type: .bigint, "minutes") NOT NULL CONSTRAINT reason_minutes CHECK (minutes BETWEEN 5 AND 600 AND minutes % 5 = 0),
              how \(type: .text, "how") NOT NULL CONSTRAINT reason_how CHECK (\(isOne("how", of: "phone", "site", "home", "video"))),
              colour \(type: .text, "colour") NOT NULL, bookable_by \(type: .text, "bookable_by") NOT NULL
                CONSTRAINT reason_bookable_by CHECK (\(isOne("bookable_by", of: "service", "agents", "everyone"))),
              earliest_minutes \(type: .bigint, "earliest_minutes") NOT NULL, latest_minutes \(type: .bigint, "latest_minutes") NOT NULL,
              instructions \(type: .text, "instructions") NOT NULL, retired_at \(type: .bigint, "retired_at"),
              PRIMARY KEY (territory_id, id),
              CONSTRAINT reason_notice CHECK (0 <= earliest_minutes AND earliest_minutes < latest_minutes),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id))
            """,
            "CREATE UNIQUE INDEX reason_name ON reason (territory_id, service_id, name)",
            """
            CREATE TABLE opening (\(key), agent_id \(type: .uuid, "agent_id") NOT NULL,
              organization_id \(type: .uuid, "organization_id") NOT NULL, site_id \(type: .uuid, "site_id"),
              place \(type: .text, "place") NOT NULL, \(stretch), PRIMARY KEY (territory_id, id),
              CONSTRAINT opening_same_day CHECK (nights = 0 AND start_minute < end_minute),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id))
            """,
            "CREATE INDEX opening_by_agent ON opening (territory_id, agent_id)",
            """
            CREATE TABLE opening_reason (territory_id \(type: .bigint, "territory_id") NOT NULL,
              opening_id \(type: .uuid, "opening_id") NOT NULL, reason_id \(type: .uuid, "reason_id") NOT NULL,
              PRIMARY KEY (territory_id, opening_id, reason_id),
              FOREIGN KEY (territory_id, opening_id) REFERENCES opening (territory_id, id),
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id))
            """,
            "CREATE INDEX opening_reason_by_reason ON opening_reason (territory_id, reason_id, opening_id)",
            """
            CREATE TABLE absence (\(key), agent_id \(type: .uuid, "agent_id") NOT NULL, title \(type: .text, "title") NOT NULL, \(stretch),
              PRIMARY KEY (territory_id, id), CONSTRAINT absence_order CHECK (nights > 0 OR start_minute < end_minute),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX absence_by_agent ON absence (territory_id, agent_id)",
        ])

    /// A stretch of civil time that may repeat: see `Scheduling.Stretch`. `weekdays` is a bit set, Monday first.
    static let stretch: SQL = """
        first_date \(type: .text, "first_date") NOT NULL CHECK (length(first_date) = 10),
        start_minute \(type: .bigint, "start_minute") NOT NULL CHECK (start_minute BETWEEN 0 AND 1439),
        end_minute \(type: .bigint, "end_minute") NOT NULL CHECK (end_minute BETWEEN 1 AND 1440),
        nights \(type: .bigint, "nights") NOT NULL CHECK (nights BETWEEN 0 AND 400),
        pattern \(type: .text, "pattern") NOT NULL CHECK (\(isOne("pattern", of: "once", "daily", "weekly", "monthly"))),
        every \(type: .bigint, "every") NOT NULL CHECK (every BETWEEN 1 AND 60),
        weekdays \(type: .bigint, "weekdays") NOT NULL CHECK (weekdays BETWEEN 0 AND 127),
        nth \(type: .bigint, "nth") NOT NULL CHECK (nth BETWEEN -1 AND 5),
        until_date \(type: .text, "until_date"), times \(type: .bigint, "times") CHECK (times IS NULL OR times > 0)
        """

    /// Booked time, who takes part, and what became of it.
    static let appointments = Migration(
        "005-appointments",
        [
            """
            CREATE TABLE appointment (\(key), agent_id \(type: .uuid, "agent_id") NOT NULL,
              organization_id \(type: .uuid, "organization_id") NOT NULL, reason_id \(type: .uuid, "reason_id") NOT NULL,
              service_id \(type: .uuid, "service_id") NOT NULL, site_id \(type: .uuid, "site_id"), place \(type: .text, "place") NOT NULL,
              how \(type: .text, "how") NOT NULL CHECK (\(isOne("how", of: "phone", "site", "home", "video"))),
              phone \(type: .text, "phone"), link \(type: .text, "link"),
              starts_at \(type: .bigint, "starts_at") NOT NULL, ends_at \(type: .bigint, "ends_at") NOT NULL,
              said \(type: .text, "said") CONSTRAINT appointment_said CHECK (said IS NULL OR length(said) <= 200),
              overbooked_because \(type: .text, "overbooked_because"), replaces_id \(type: .uuid, "replaces_id"),
              created_by \(type: .uuid, "created_by"), created_at \(type: .bigint, "created_at") NOT NULL,
              PRIMARY KEY (territory_id, id), CONSTRAINT appointment_order CHECK (starts_at < ends_at AND ends_at - starts_at <= 86400),
              CONSTRAINT appointment_phone CHECK (how <> 'phone' OR phone IS NOT NULL),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id),
              FOREIGN KEY (territory_id, replaces_id) REFERENCES appointment (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            // Its end and its id too, so that what is left to close is found among an agent's thousands without a look at each row.
            "CREATE INDEX appointment_by_agent ON appointment (territory_id, agent_id, starts_at, ends_at, id)",
            "CREATE INDEX appointment_said_until ON appointment (territory_id, ends_at) WHERE said IS NOT NULL",
            """
            CREATE TABLE participation (territory_id \(type: .bigint, "territory_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              status \(type: .text, "status") NOT NULL CONSTRAINT participation_status CHECK (\(
                isOne(
                  "status", of: "upcoming", "attended", "cancelled-by-person", "cancelled-by-service", "missed", "not-provided"))),
              PRIMARY KEY (territory_id, appointment_id, person_id), \(ofPerson), \(ofAppointment))
            """,
            "CREATE INDEX participation_by_person ON participation (territory_id, person_id, appointment_id)",
            """
            CREATE TABLE appointment_fact (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              person_id \(type: .uuid, "person_id"), act \(type: .text, "act") NOT NULL
                CONSTRAINT appointment_fact_act CHECK (act IN ('status', 'moved')),
              status_before \(type: .text, "status_before"), status_after \(type: .text, "status_after"),
              starts_before \(type: .bigint, "starts_before"), starts_after \(type: .bigint, "starts_after"),
              agent_before \(type: .uuid, "agent_before"), agent_after \(type: .uuid, "agent_after"),
              why \(type: .text, "why") NOT NULL, at \(type: .bigint, "at") NOT NULL, by_agent \(type: .uuid, "by_agent"),
              undoes_id \(type: .uuid, "undoes_id"), PRIMARY KEY (territory_id, id), \(ofAppointment),
              FOREIGN KEY (territory_id, by_agent) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, undoes_id) REFERENCES appointment_fact (territory_id, id))
            """,
            "CREATE INDEX appointment_fact_by_appointment ON appointment_fact (territory_id, appointment_id, at)",
            "CREATE UNIQUE INDEX appointment_fact_undone_once ON appointment_fact (territory_id, undoes_id) WHERE undoes_id IS NOT NULL",
            """
            CREATE TABLE call_attempt (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, at \(type: .bigint, "at") NOT NULL, PRIMARY KEY (territory_id, id),
              \(ofAppointment), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX call_attempt_by_appointment ON call_attempt (territory_id, appointment_id, at)",
            """
            CREATE TABLE claim (territory_id \(type: .bigint, "territory_id") NOT NULL, holder_id \(type: .uuid, "holder_id") NOT NULL,
              starts_at \(type: .bigint, "starts_at") NOT NULL, ends_at \(type: .bigint, "ends_at") NOT NULL, \
              id \(type: .uuid, "id") NOT NULL, holder \(type: .text, "holder") NOT NULL \
              CHECK (\(isOne("holder", of: "agent", "person", "resource"))),
              appointment_id \(type: .uuid, "appointment_id"), expires_at \(type: .bigint, "expires_at"),
              overbooked \(type: .boolean, "overbooked") NOT NULL, PRIMARY KEY (territory_id, holder_id, starts_at, id),
              CONSTRAINT claim_order CHECK (starts_at < ends_at AND ends_at - starts_at <= 86400),
              CONSTRAINT claim_cause CHECK ((appointment_id IS NULL) <> (expires_at IS NULL)), \(ofAppointment))\(layout: .clustered)
            """,
            "CREATE INDEX claim_by_appointment ON claim (territory_id, appointment_id)",
            "CREATE INDEX claim_expiring ON claim (expires_at) WHERE expires_at IS NOT NULL",
            // A booking forgets the holds of its agent, and must not read all of the agent's claims for it.
            "CREATE INDEX claim_expiring_of_holder ON claim (territory_id, holder_id, expires_at) WHERE expires_at IS NOT NULL",
        ])

    static let ofAppointment: SQL = "FOREIGN KEY (territory_id, appointment_id) REFERENCES appointment (territory_id, id)"

    /// Overlap is impossible in the database: two claims of one holder that are both not overbooked cannot share a second.
    /// A holder's id is unique over all territories, and first in the index: measured, it halves what a booking costs the server.
    /// On SQLite the look-back of a day is enough because no claim is longer (`claim_order`).
    static let claims = Migration(
        "006-claims",
        postgres: [
            "CREATE EXTENSION IF NOT EXISTS btree_gist",
            """
            ALTER TABLE claim ADD CONSTRAINT claim_overlap EXCLUDE USING gist
              (holder_id WITH =, int8range(starts_at, ends_at) WITH &&) WHERE (NOT overbooked)
            """,
        ],
        sqlite: ["INSERT", "UPDATE"].map { (verb: SQL) in
            """
            CREATE TRIGGER claim_overlap_\(verb) BEFORE \(verb) ON claim WHEN NOT NEW.overbooked AND EXISTS (
              SELECT 1 FROM claim WHERE territory_id = NEW.territory_id AND holder_id = NEW.holder_id
                AND starts_at < NEW.ends_at AND starts_at > NEW.starts_at - 86400 AND ends_at > NEW.starts_at
                AND NOT overbooked AND id <> NEW.id)
            BEGIN SELECT RAISE(ABORT, 'claim_overlap'); END
            """
        })
}
