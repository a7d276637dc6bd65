import Store

extension Schema {
    /// What was done to the openings and absences of an agent, with what they said before, so that it can be undone; and when each agent
    /// last looked. Appointments have their own facts.
    static let agendaChanges = Migration(
        "072-agenda-changes",
        [
            """
            CREATE TABLE agenda_change (\(key), agent_id \(type: .uuid, "agent_id") NOT NULL, what \(type: .text, "what") NOT NULL
                CONSTRAINT agenda_change_what CHECK (\(isOne("what", of: "opening", "absence"))),
              thing_id \(type: .uuid, "thing_id") NOT NULL, before \(type: .text, "before"), after \(type: .text, "after"),
              at \(type: .bigint, "at") NOT NULL, by_agent \(type: .uuid, "by_agent") NOT NULL, undoes_id \(type: .uuid, "undoes_id"),
              PRIMARY KEY (territory_id, id), CONSTRAINT agenda_change_something CHECK (before IS NOT NULL OR after IS NOT NULL),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, by_agent) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, undoes_id) REFERENCES agenda_change (territory_id, id))
            """,
            "CREATE INDEX agenda_change_by_agent ON agenda_change (territory_id, agent_id, at)",
            "CREATE INDEX agenda_change_by_thing ON agenda_change (territory_id, thing_id, at)",
            "CREATE UNIQUE INDEX agenda_change_undone_once ON agenda_change (territory_id, undoes_id) WHERE undoes_id IS NOT NULL",
            """
            CREATE TABLE agenda_seen (territory_id \(type: .bigint, "territory_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, at \(type: .bigint, "at") NOT NULL, PRIMARY KEY (territory_id, agent_id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
        ])
}
