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
}
