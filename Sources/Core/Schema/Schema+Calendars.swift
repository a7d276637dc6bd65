import Store

extension Schema {
    /// Where a calendar is read by another program: of the secret in its address, only the SHA-256.
    static let calendarFeeds = Migration(
        "120-calendar-feeds",
        [
            """
            CREATE TABLE calendar_feed (\(key),
              secret \(type: .blob, "secret") NOT NULL CONSTRAINT calendar_feed_secret CHECK (length(secret) = 32),
              agent_id \(type: .uuid, "agent_id"), person_id \(type: .uuid, "person_id"),
              shows \(type: .text, "shows") NOT NULL
                CONSTRAINT calendar_feed_shows CHECK (\(isOne("shows", of: "busy", "how", "names"))),
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              read_at \(type: .bigint, "read_at"), PRIMARY KEY (territory_id, id),
              CONSTRAINT calendar_feed_holder CHECK ((agent_id IS NULL) <> (person_id IS NULL)),
              CONSTRAINT calendar_feed_own CHECK (agent_id IS NULL OR agent_id = created_by),
              CONSTRAINT calendar_feed_of_person_shows CHECK (person_id IS NULL OR shows = 'how'),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id), \(ofPerson),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX calendar_feed_by_secret ON calendar_feed (secret)",
            "CREATE UNIQUE INDEX calendar_feed_of_agent ON calendar_feed (territory_id, agent_id) WHERE agent_id IS NOT NULL",
            "CREATE INDEX calendar_feed_of_person ON calendar_feed (territory_id, person_id) WHERE person_id IS NOT NULL",
        ])
    /// Other calendars of agents: where each is read, how that goes, and of what is in them only from when to when.
    static let foreignCalendars = Migration(
        "121-foreign-calendars",
        [
            """
            CREATE TABLE foreign_calendar (\(key), agent_id \(type: .uuid, "agent_id") NOT NULL,
              name \(type: .text, "name") NOT NULL CONSTRAINT foreign_calendar_name CHECK (length(name) BETWEEN 1 AND 60),
              url \(type: .text, "url") NOT NULL CONSTRAINT foreign_calendar_url CHECK (length(url) BETWEEN 8 AND 500),
              created_at \(type: .bigint, "created_at") NOT NULL, due_at \(type: .bigint, "due_at") NOT NULL,
              lease \(type: .uuid, "lease"), leased_until \(type: .bigint, "leased_until") DEFAULT 0 NOT NULL,
              failures \(type: .bigint, "failures") DEFAULT 0 NOT NULL, checked_at \(type: .bigint, "checked_at"),
              good_at \(type: .bigint, "good_at"), whole_at \(type: .bigint, "whole_at"), tag \(type: .text, "tag"),
              trouble \(type: .text, "trouble") CONSTRAINT foreign_calendar_trouble CHECK (trouble IS NULL OR \(
                isOne(
                  "trouble", of: "unresolvable", "forbidden", "connection", "timeout", "tls", "gone", "refused", "answer", "no-calendar",
                  "too-big"))),
              PRIMARY KEY (territory_id, id),
              CONSTRAINT foreign_calendar_checked CHECK (trouble IS NULL OR checked_at IS NOT NULL),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX foreign_calendar_address ON foreign_calendar (territory_id, agent_id, url)",
            "CREATE INDEX foreign_calendar_due ON foreign_calendar (due_at)",
            """
            CREATE TABLE foreign_busy (territory_id \(type: .bigint, "territory_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, calendar_id \(type: .uuid, "calendar_id") NOT NULL,
              starts_at \(type: .bigint, "starts_at") NOT NULL, ends_at \(type: .bigint, "ends_at") NOT NULL,
              PRIMARY KEY (territory_id, agent_id, calendar_id, starts_at),
              CONSTRAINT foreign_busy_order CHECK (starts_at < ends_at),
              FOREIGN KEY (territory_id, calendar_id) REFERENCES foreign_calendar (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))\(layout: .clustered)
            """,
        ])
}
