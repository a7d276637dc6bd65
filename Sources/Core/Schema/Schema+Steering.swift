import Store

extension Schema {
    /// Who took each appointment, what is counted of them, and what a territory lets be seen of it. What is counted is made of other rows: it
    /// goes with what it is about, and keeps nothing from being deleted.
    static let steering = Migration(
        "050-steering",
        [
            """
            ALTER TABLE appointment ADD COLUMN origin \(type: .text, "origin") DEFAULT 'unknown' NOT NULL CONSTRAINT appointment_origin
              CHECK (\(isOne("origin", of: "own", "reception", "colleague", "prescriber", "person", "unknown")))
            """,
            // Of those taken before, only this is sure.
            "UPDATE appointment SET origin = 'own' WHERE created_by = agent_id",
            """
            CREATE TABLE figure (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              grain \(type: .text, "grain") NOT NULL CONSTRAINT figure_grain CHECK (\(isOne("grain", of: "week", "month"))),
              first_day \(type: .text, "first_day") NOT NULL CHECK (length(first_day) = 10),
              organization_id \(type: .uuid, "organization_id") NOT NULL, reason_id \(type: .uuid, "reason_id") NOT NULL,
              service_id \(type: .uuid, "service_id") NOT NULL, how \(type: .text, "how") NOT NULL, \(counts),
              PRIMARY KEY (territory_id, agent_id, grain, first_day, organization_id, reason_id, service_id, how),
              CONSTRAINT figure_adds_up CHECK (upcoming + attended + missed + cancelled_by_person + cancelled_by_service + not_provided
                = by_own + by_reception + by_colleague + by_prescriber + by_person + by_unknown),
              CONSTRAINT figure_waited CHECK (upcoming + attended + missed + not_provided
                = within_day + within_week + within_fortnight + within_month + within_two_months + beyond),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id) ON DELETE CASCADE)\(layout: .clustered)
            """,
            """
            CREATE TABLE figure_time (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              grain \(type: .text, "grain") NOT NULL CONSTRAINT figure_time_grain CHECK (\(isOne("grain", of: "week", "month"))),
              first_day \(type: .text, "first_day") NOT NULL CHECK (length(first_day) = 10),
              organization_id \(type: .uuid, "organization_id") NOT NULL, service_id \(type: .uuid, "service_id") NOT NULL,
              open_minutes \(type: .bigint, "open_minutes") NOT NULL, booked_minutes \(type: .bigint, "booked_minutes") NOT NULL,
              PRIMARY KEY (territory_id, agent_id, grain, first_day, organization_id, service_id),
              CONSTRAINT figure_time_order CHECK (0 <= booked_minutes AND booked_minutes <= open_minutes AND open_minutes > 0),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id) ON DELETE CASCADE)\(layout: .clustered)
            """,
            """
            CREATE TABLE figure_agent (territory_id \(type: .bigint, "territory_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              version \(type: .bigint, "version") NOT NULL, counted_on \(type: .text, "counted_on") NOT NULL CHECK (length(counted_on) = 10),
              PRIMARY KEY (territory_id, agent_id), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id) ON DELETE CASCADE)
            """,
            """
            CREATE TABLE first_free (territory_id \(type: .bigint, "territory_id") NOT NULL, day \(type: .text, "day") NOT NULL
                CHECK (length(day) = 10), organization_id \(type: .uuid, "organization_id") NOT NULL,
              reason_id \(type: .uuid, "reason_id") NOT NULL, days \(type: .bigint, "days") CONSTRAINT first_free_days CHECK (days >= 0),
              PRIMARY KEY (territory_id, day, organization_id, reason_id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id) ON DELETE CASCADE,
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id) ON DELETE CASCADE)
            """,
            "ALTER TABLE territory ADD COLUMN agent_figures \(type: .boolean, "agent_figures") DEFAULT FALSE NOT NULL",
            "ALTER TABLE territory ADD COLUMN public_figures \(type: .boolean, "public_figures") DEFAULT FALSE NOT NULL",
        ])

    private static let counts = SQL(
        joined: Tally.columnNames.map { "\(identifier: $0) \(type: .bigint, $0) NOT NULL CHECK (\(identifier: $0) >= 0)" }, by: ", ")
}
