import Store

extension Schema {
    /// A *permanence* is an opening for who comes without an appointment: it waits for a service, at a site, and offers no slot. Who waits
    /// there is called by one agent.
    static let permanences = Migration(
        "073-permanences",
        postgres: tables + [
            """
            CREATE FUNCTION permanence_of() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(hasReasons) THEN
                RAISE EXCEPTION 'a permanence offers no slot' USING ERRCODE = '23514', CONSTRAINT = 'permanence_no_slot';
              END IF;
              IF \(isNowhere) THEN
                RAISE EXCEPTION 'a permanence is at a site' USING ERRCODE = '23514', CONSTRAINT = 'permanence_site';
              END IF;
              RETURN NEW;
            END $body$
            """,
            "CREATE TRIGGER permanence_of BEFORE INSERT OR UPDATE ON permanence FOR EACH ROW EXECUTE FUNCTION permanence_of()",
            """
            CREATE FUNCTION permanence_reason() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(isPermanence) THEN
                RAISE EXCEPTION 'a permanence offers no slot' USING ERRCODE = '23514', CONSTRAINT = 'permanence_no_slot';
              END IF;
              RETURN NEW;
            END $body$
            """,
            "CREATE TRIGGER permanence_reason BEFORE INSERT ON opening_reason FOR EACH ROW EXECUTE FUNCTION permanence_reason()",
            """
            CREATE FUNCTION permanence_moved() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF NEW.site_id IS NULL AND \(isHeld) THEN
                RAISE EXCEPTION 'a permanence is at a site' USING ERRCODE = '23514', CONSTRAINT = 'permanence_site';
              END IF;
              RETURN NEW;
            END $body$
            """,
            "CREATE TRIGGER permanence_moved BEFORE UPDATE OF site_id ON opening FOR EACH ROW EXECUTE FUNCTION permanence_moved()",
        ],
        sqlite: tables
            + ["INSERT", "UPDATE"].flatMap { (verb: SQL) -> [SQL] in
                [
                    """
                    CREATE TRIGGER permanence_no_slot_\(verb) BEFORE \(verb) ON permanence WHEN \(hasReasons)
                    BEGIN SELECT RAISE(ABORT, 'permanence_no_slot'); END
                    """,
                    """
                    CREATE TRIGGER permanence_site_\(verb) BEFORE \(verb) ON permanence WHEN \(isNowhere)
                    BEGIN SELECT RAISE(ABORT, 'permanence_site'); END
                    """,
                ]
            } + [
                """
                CREATE TRIGGER permanence_reason BEFORE INSERT ON opening_reason WHEN \(isPermanence)
                BEGIN SELECT RAISE(ABORT, 'permanence_no_slot'); END
                """,
                """
                CREATE TRIGGER permanence_moved BEFORE UPDATE OF site_id ON opening WHEN NEW.site_id IS NULL AND \(isHeld)
                BEGIN SELECT RAISE(ABORT, 'permanence_site'); END
                """,
            ])

    private static let tables: [SQL] = [
        """
        CREATE TABLE permanence (territory_id \(type: .bigint, "territory_id") NOT NULL,
          opening_id \(type: .uuid, "opening_id") NOT NULL, service_id \(type: .uuid, "service_id") NOT NULL,
          PRIMARY KEY (territory_id, opening_id), FOREIGN KEY (territory_id, opening_id) REFERENCES opening (territory_id, id),
          FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id))
        """,
        """
        CREATE TABLE arrival_call (territory_id \(type: .bigint, "territory_id") NOT NULL,
          arrival_id \(type: .uuid, "arrival_id") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
          at \(type: .bigint, "at") NOT NULL, PRIMARY KEY (territory_id, arrival_id),
          FOREIGN KEY (territory_id, arrival_id) REFERENCES arrival (territory_id, id),
          FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
        """,
    ]

    private static let hasReasons: SQL = """
        EXISTS (SELECT 1 FROM opening_reason WHERE territory_id = NEW.territory_id AND opening_id = NEW.opening_id)
        """
    private static let isNowhere: SQL = """
        EXISTS (SELECT 1 FROM opening WHERE territory_id = NEW.territory_id AND id = NEW.opening_id AND site_id IS NULL)
        """
    private static let isPermanence: SQL = """
        EXISTS (SELECT 1 FROM permanence WHERE territory_id = NEW.territory_id AND opening_id = NEW.opening_id)
        """
    private static let isHeld: SQL = "EXISTS (SELECT 1 FROM permanence WHERE territory_id = NEW.territory_id AND opening_id = NEW.id)"
}
