import Store

extension Schema {
    /// Files that went into another, so that their addresses lead there. An id that stands here is nobody's own any more.
    static let merging = Migration(
        "010-merging",
        [
            """
            CREATE TABLE person_merged (\(key), into_id \(type: .uuid, "into_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              at \(type: .bigint, "at") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL, aside \(type: .text, "aside") NOT NULL,
              PRIMARY KEY (territory_id, id), CONSTRAINT person_merged_elsewhere CHECK (id <> into_id),
              FOREIGN KEY (territory_id, into_id) REFERENCES person (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX person_merged_by_person ON person_merged (territory_id, into_id, at)",
        ])
}
