import Store

extension Schema {
    /// What people asked for when no slot was found: where time has to be opened.
    static let unmetDemands = Migration(
        "054-unmet-demands",
        [
            """
            CREATE TABLE unmet_demand (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              reason_id \(type: .uuid, "reason_id") NOT NULL, person_id \(type: .uuid, "person_id"),
              site_id \(type: .uuid, "site_id"), part \(type: .text, "part")
                CONSTRAINT unmet_demand_part CHECK (part IS NULL OR \(isOne("part", of: "morning", "afternoon"))),
              from_date \(type: .text, "from_date") CHECK (from_date IS NULL OR length(from_date) = 10),
              asked_on \(type: .text, "asked_on") NOT NULL CHECK (length(asked_on) = 10),
              at \(type: .bigint, "at") NOT NULL, by_agent \(type: .uuid, "by_agent") NOT NULL, PRIMARY KEY (territory_id, id),
              \(ofPerson), FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id),
              FOREIGN KEY (territory_id, by_agent) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX unmet_demand_by_day ON unmet_demand (territory_id, organization_id, asked_on)",
            // Two presses of a button, or two calls of one day, are one demand.
            """
            CREATE UNIQUE INDEX unmet_demand_once ON unmet_demand (territory_id, person_id, reason_id, asked_on)
            WHERE person_id IS NOT NULL
            """,
        ])
}
