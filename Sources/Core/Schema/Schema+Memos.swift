import Store

extension Schema {
    /// Words left for an agent, and what was done about them.
    static let memos = Migration(
        "030-memos",
        [
            """
            CREATE TABLE memo (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, person_id \(type: .uuid, "person_id"),
              caller \(type: .text, "caller") NOT NULL, phone \(type: .text, "phone"), text \(type: .text, "text") NOT NULL,
              due_at \(type: .bigint, "due_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, settled_at \(type: .bigint, "settled_at"),
              PRIMARY KEY (territory_id, id),
              CONSTRAINT memo_text CHECK (length(text) BETWEEN 1 AND 200), CONSTRAINT memo_caller CHECK (length(caller) BETWEEN 1 AND 100),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id), \(ofPerson),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX memo_by_agent ON memo (territory_id, agent_id, settled_at, due_at)",
            """
            CREATE TABLE memo_fact (\(key), memo_id \(type: .uuid, "memo_id") NOT NULL,
              act \(type: .text, "act") NOT NULL
                CONSTRAINT memo_fact_act CHECK (\(isOne("act", of: "not-reached", "called-back", "passed-on", "reopened"))),
              to_agent_id \(type: .uuid, "to_agent_id"), by_agent_id \(type: .uuid, "by_agent_id") NOT NULL,
              at \(type: .bigint, "at") NOT NULL, PRIMARY KEY (territory_id, id),
              CONSTRAINT memo_fact_passed_on CHECK ((act = 'passed-on') = (to_agent_id IS NOT NULL)),
              FOREIGN KEY (territory_id, memo_id) REFERENCES memo (territory_id, id),
              FOREIGN KEY (territory_id, to_agent_id) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, by_agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX memo_fact_by_memo ON memo_fact (territory_id, memo_id, at)",
        ])
}
