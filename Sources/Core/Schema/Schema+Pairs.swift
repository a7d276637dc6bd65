import Store

extension Schema {
    /// Agents who receive together: each has their own claim, so that the rule of no overlap holds for each. And visits that need two.
    static let pairs = Migration(
        "070-pairs",
        postgres: pairTables + [
            """
            CREATE FUNCTION appointment_colleague_other() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(isTheAgentOf) THEN
                RAISE EXCEPTION 'the agent of the appointment' USING ERRCODE = '23514', CONSTRAINT = 'appointment_colleague_other';
              END IF;
              RETURN NEW;
            END $body$
            """,
            """
            CREATE TRIGGER appointment_colleague_other BEFORE INSERT OR UPDATE ON appointment_colleague
            FOR EACH ROW EXECUTE FUNCTION appointment_colleague_other()
            """,
            """
            CREATE FUNCTION appointment_agent_other() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(isAColleagueOf) THEN
                RAISE EXCEPTION 'a colleague of the appointment' USING ERRCODE = '23514', CONSTRAINT = 'appointment_colleague_other';
              END IF;
              RETURN NEW;
            END $body$
            """,
            """
            CREATE TRIGGER appointment_agent_other BEFORE UPDATE OF agent_id ON appointment
            FOR EACH ROW EXECUTE FUNCTION appointment_agent_other()
            """,
        ],
        sqlite: pairTables
            + ["INSERT", "UPDATE"].map { (verb: SQL) in
                """
                CREATE TRIGGER appointment_colleague_other_\(verb) BEFORE \(verb) ON appointment_colleague WHEN \(isTheAgentOf)
                BEGIN SELECT RAISE(ABORT, 'appointment_colleague_other'); END
                """
            } + [
                """
                CREATE TRIGGER appointment_agent_other BEFORE UPDATE OF agent_id ON appointment WHEN \(isAColleagueOf)
                BEGIN SELECT RAISE(ABORT, 'appointment_colleague_other'); END
                """
            ])

    private static let pairTables: [SQL] = [
        """
        CREATE TABLE appointment_colleague (territory_id \(type: .bigint, "territory_id") NOT NULL,
          appointment_id \(type: .uuid, "appointment_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
          PRIMARY KEY (territory_id, appointment_id, agent_id), \(ofAppointment),
          FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))\(layout: .clustered)
        """,
        "CREATE INDEX appointment_colleague_by_agent ON appointment_colleague (territory_id, agent_id, appointment_id)",
        """
        CREATE TABLE appointment_colleague_fact (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
          agent_id \(type: .uuid, "agent_id") NOT NULL, act \(type: .text, "act") NOT NULL
            CONSTRAINT appointment_colleague_fact_act CHECK (act IN ('joined', 'left')),
          why \(type: .text, "why") NOT NULL, at \(type: .bigint, "at") NOT NULL, by_agent \(type: .uuid, "by_agent") NOT NULL,
          PRIMARY KEY (territory_id, id), \(ofAppointment),
          FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
          FOREIGN KEY (territory_id, by_agent) REFERENCES agent (territory_id, id))
        """,
        "CREATE INDEX appointment_colleague_fact_by_appointment ON appointment_colleague_fact (territory_id, appointment_id, at)",
        "ALTER TABLE appointment ADD COLUMN for_two \(type: .boolean, "for_two") NOT NULL DEFAULT FALSE",
        "ALTER TABLE person_detail ADD COLUMN visits_for_two \(type: .boolean, "visits_for_two") NOT NULL DEFAULT FALSE",
    ]

    /// Nobody is their own colleague.
    private static let isTheAgentOf: SQL = """
        EXISTS (SELECT 1 FROM appointment WHERE territory_id = NEW.territory_id AND id = NEW.appointment_id AND agent_id = NEW.agent_id)
        """
    private static let isAColleagueOf: SQL = """
        EXISTS (SELECT 1 FROM appointment_colleague WHERE territory_id = NEW.territory_id AND appointment_id = NEW.id
          AND agent_id = NEW.agent_id)
        """
}
