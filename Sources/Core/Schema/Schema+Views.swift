import Store

extension Schema {
    /// How each agent looks at agendas: what they prefer, and the colleagues they look at together.
    static let agendaViews = Migration(
        "070-agenda-views",
        [
            """
            CREATE TABLE agenda_preference (territory_id \(type: .bigint, "territory_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, first_hour \(type: .bigint, "first_hour") NOT NULL,
              last_hour \(type: .bigint, "last_hour") NOT NULL, weekend \(type: .boolean, "weekend") NOT NULL,
              colours \(type: .text, "colours") NOT NULL
                CONSTRAINT agenda_preference_colours CHECK (\(isOne("colours", of: "reason", "status", "none"))),
              legend \(type: .boolean, "legend") NOT NULL, arrivals \(type: .boolean, "arrivals") NOT NULL,
              changes \(type: .text, "changes") NOT NULL
                CONSTRAINT agenda_preference_changes CHECK (\(isOne("changes", of: "all", "soon", "none"))),
              PRIMARY KEY (territory_id, agent_id),
              CONSTRAINT agenda_preference_hours CHECK (0 <= first_hour AND first_hour < last_hour AND last_hour <= 24),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            """
            CREATE TABLE agenda_group (\(key), owner_id \(type: .uuid, "owner_id") NOT NULL,
              name \(type: .text, "name") NOT NULL CONSTRAINT agenda_group_named CHECK (length(name) BETWEEN 1 AND 60),
              PRIMARY KEY (territory_id, id), FOREIGN KEY (territory_id, owner_id) REFERENCES agent (territory_id, id))
            """, "CREATE UNIQUE INDEX agenda_group_name ON agenda_group (territory_id, owner_id, name)",
            """
            CREATE TABLE agenda_group_agent (territory_id \(type: .bigint, "territory_id") NOT NULL,
              group_id \(type: .uuid, "group_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              number \(type: .bigint, "number") NOT NULL CONSTRAINT agenda_group_size CHECK (number BETWEEN 0 AND 29),
              PRIMARY KEY (territory_id, group_id, agent_id),
              FOREIGN KEY (territory_id, group_id) REFERENCES agenda_group (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """, "CREATE UNIQUE INDEX agenda_group_order ON agenda_group_agent (territory_id, group_id, number)",
        ])
}
