import Store

extension Schema {
    /// A move may change how long an appointment lasts too. Of what moved before, the length was the same.
    static let stretching = Migration(
        "071-stretching",
        [
            "ALTER TABLE appointment_fact ADD COLUMN ends_before \(type: .bigint, "ends_before")",
            """
            ALTER TABLE appointment_fact ADD COLUMN ends_after \(type: .bigint, "ends_after")
              CONSTRAINT appointment_fact_ends CHECK ((ends_before IS NULL) = (ends_after IS NULL)
                AND (ends_after IS NULL OR (starts_before < ends_before AND starts_after < ends_after)))
            """,
            // What was taken from an agent, for their recent changes: a move alone has one.
            "CREATE INDEX appointment_fact_taken ON appointment_fact (territory_id, agent_before, at) WHERE agent_before IS NOT NULL",
        ])
}
