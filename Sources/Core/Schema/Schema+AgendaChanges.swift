import Store

extension Schema {
    /// Who must still learn that their appointment changed, when no message does it for them.
    ///
    /// Two rules of the database: nobody is said to be told by a message that is not there, and one change is told once to a person.
    static let tidings = Migration(
        "040-tidings",
        [
            """
            CREATE TABLE tidings (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              person_id \(type: .uuid, "person_id") NOT NULL, cause \(type: .text, "cause") NOT NULL
                CONSTRAINT tidings_cause CHECK (cause IN ('absence', 'closure', 'bascule', 'handover')),
              cause_id \(type: .uuid, "cause_id") NOT NULL, channel \(type: .text, "channel") NOT NULL
                CONSTRAINT tidings_channel CHECK (channel IN ('sms', 'email', 'phone', 'letter', 'none')),
              recipient \(type: .text, "recipient"), message_id \(type: .uuid, "message_id"),
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              outcome \(type: .text, "outcome")
                CONSTRAINT tidings_outcome CHECK (outcome IN ('message', 'told', 'rebooked', 'moot')),
              settled_at \(type: .bigint, "settled_at"), settled_by \(type: .uuid, "settled_by"),
              PRIMARY KEY (territory_id, id), \(ofPerson), \(ofAppointment),
              CONSTRAINT tidings_settled CHECK ((outcome IS NULL) = (settled_at IS NULL)),
              CONSTRAINT tidings_by_message CHECK (outcome <> 'message' OR (message_id IS NOT NULL AND channel IN ('sms', 'email'))),
              FOREIGN KEY (territory_id, message_id) REFERENCES message (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, settled_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX tidings_once ON tidings (territory_id, cause_id, appointment_id, person_id)",
            "CREATE INDEX tidings_open ON tidings (territory_id, appointment_id) WHERE settled_at IS NULL",
            "CREATE INDEX tidings_by_appointment ON tidings (territory_id, appointment_id)",
            """
            CREATE TABLE tidings_attempt (\(key), tidings_id \(type: .uuid, "tidings_id") NOT NULL, at \(type: .bigint, "at") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, tidings_id) REFERENCES tidings (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX tidings_attempt_by_tidings ON tidings_attempt (territory_id, tidings_id, at)",
        ])

    /// One occurrence that differs, and a version so that two agents never overwrite each other unknowingly.
    static let occurrences = Migration(
        "041-occurrences",
        ["opening", "absence"].flatMap { (table: SQL) -> [SQL] in
            [
                "ALTER TABLE \(table) ADD COLUMN version \(type: .bigint, "version") NOT NULL DEFAULT 0",
                """
                CREATE TABLE \(table)_exception (territory_id \(type: .bigint, "territory_id") NOT NULL,
                  owner_id \(type: .uuid, "owner_id") NOT NULL, date \(type: .text, "date") NOT NULL CHECK (length(date) = 10),
                  kind \(type: .text, "kind") NOT NULL CONSTRAINT \(table)_exception_kind
                    CHECK (kind IN ('deleted', 'moved', 'cut', 'added')),
                  to_date \(type: .text, "to_date") CHECK (length(to_date) = 10),
                  from_minute \(type: .bigint, "from_minute"), to_minute \(type: .bigint, "to_minute"),
                  PRIMARY KEY (territory_id, owner_id, date),
                  CONSTRAINT \(table)_exception_hours CHECK ((kind = 'deleted') = (from_minute IS NULL)
                    AND (from_minute IS NULL) = (to_minute IS NULL)),
                  CONSTRAINT \(table)_exception_order
                    CHECK (from_minute BETWEEN 0 AND 1439 AND from_minute < to_minute AND to_minute <= 577440),
                  CONSTRAINT \(table)_exception_moved CHECK ((kind = 'moved') = (to_date IS NOT NULL)),
                  FOREIGN KEY (territory_id, owner_id) REFERENCES \(table) (territory_id, id))\(layout: .clustered)
                """,
            ]
        })

    /// When a whole house, or one of its sites, is closed.
    static let closures = Migration(
        "042-closures",
        [
            """
            CREATE TABLE closure (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, site_id \(type: .uuid, "site_id"),
              title \(type: .text, "title") NOT NULL, \(stretch), version \(type: .bigint, "version") NOT NULL DEFAULT 0,
              PRIMARY KEY (territory_id, id), CONSTRAINT closure_order CHECK (nights > 0 OR start_minute < end_minute),
              CONSTRAINT closure_titled CHECK (length(title) > 0),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id))
            """,
            "CREATE INDEX closure_by_organization ON closure (territory_id, organization_id)",
        ])

    /// When doors close: a site's appointments of a service by phone, for a time, and each as it was before.
    static let bascules = Migration(
        "043-bascules",
        [
            """
            CREATE TABLE bascule (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              site_id \(type: .uuid, "site_id") NOT NULL, service_id \(type: .uuid, "service_id") NOT NULL,
              first_date \(type: .text, "first_date") NOT NULL CHECK (length(first_date) = 10),
              last_date \(type: .text, "last_date") NOT NULL CHECK (length(last_date) = 10),
              homes \(type: .boolean, "homes") NOT NULL, why \(type: .text, "why") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              reversal_id \(type: .uuid, "reversal_id"), reverted_at \(type: .bigint, "reverted_at"),
              reverted_by \(type: .uuid, "reverted_by"), PRIMARY KEY (territory_id, id),
              CONSTRAINT bascule_order CHECK (first_date <= last_date), CONSTRAINT bascule_why CHECK (length(why) > 0),
              CONSTRAINT bascule_reverted CHECK ((reverted_at IS NULL) = (reverted_by IS NULL)
                AND (reverted_at IS NULL) = (reversal_id IS NULL)),
              FOREIGN KEY (territory_id, organization_id, site_id) REFERENCES site (territory_id, organization_id, id),
              FOREIGN KEY (territory_id, service_id) REFERENCES service (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id),
              FOREIGN KEY (territory_id, reverted_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX bascule_standing ON bascule (territory_id, organization_id, service_id) WHERE reverted_at IS NULL",
            """
            CREATE TABLE bascule_appointment (territory_id \(type: .bigint, "territory_id") NOT NULL,
              bascule_id \(type: .uuid, "bascule_id") NOT NULL, appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              how_before \(type: .text, "how_before") NOT NULL
                CONSTRAINT bascule_appointment_how CHECK (how_before IN ('site', 'home')),
              phone_before \(type: .text, "phone_before"), PRIMARY KEY (territory_id, bascule_id, appointment_id), \(ofAppointment),
              FOREIGN KEY (territory_id, bascule_id) REFERENCES bascule (territory_id, id))
            """,
            "CREATE INDEX bascule_appointment_by_appointment ON bascule_appointment (territory_id, appointment_id)",
        ])

    /// Groups of agents of an organization.
    static let teams = Migration(
        "044-teams",
        [
            """
            CREATE TABLE team (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL, name \(type: .text, "name") NOT NULL,
              PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id))
            """,
            "CREATE UNIQUE INDEX team_name ON team (territory_id, organization_id, name)",
            """
            CREATE TABLE team_agent (territory_id \(type: .bigint, "territory_id") NOT NULL, team_id \(type: .uuid, "team_id") NOT NULL,
              agent_id \(type: .uuid, "agent_id") NOT NULL, PRIMARY KEY (territory_id, team_id, agent_id),
              FOREIGN KEY (territory_id, team_id) REFERENCES team (territory_id, id),
              FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX team_agent_by_agent ON team_agent (territory_id, agent_id)",
        ])

    /// Nobody leaves what they follow to nobody: an agent who is disabled has no appointment to come, follows nobody, has no memo to answer
    /// and no opening without an end; one who leaves a service follows nobody there.
    static let orphans = Migration(
        "045-orphans",
        postgres: [
            referentsOfAgent,
            """
            CREATE FUNCTION agent_orphans() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL AND (\(leavesOrphans)) THEN
                RAISE EXCEPTION 'someone depends on this agent' USING ERRCODE = '23514', CONSTRAINT = 'agent_orphans';
              END IF;
              RETURN NEW;
            END $body$
            """,
            "CREATE TRIGGER agent_orphans BEFORE UPDATE OF disabled_at ON agent FOR EACH ROW EXECUTE FUNCTION agent_orphans()",
            """
            CREATE FUNCTION agent_service_orphans() RETURNS trigger LANGUAGE plpgsql AS $body$
            BEGIN
              IF \(leavesFollowed) THEN
                RAISE EXCEPTION 'this agent follows someone there' USING ERRCODE = '23514', CONSTRAINT = 'agent_service_orphans';
              END IF;
              RETURN OLD;
            END $body$
            """,
            "CREATE TRIGGER agent_service_orphans BEFORE DELETE ON agent_service FOR EACH ROW EXECUTE FUNCTION agent_service_orphans()",
        ],
        sqlite: [
            referentsOfAgent,
            """
            CREATE TRIGGER agent_orphans BEFORE UPDATE OF disabled_at ON agent
            WHEN OLD.disabled_at IS NULL AND NEW.disabled_at IS NOT NULL AND (\(leavesOrphans))
            BEGIN SELECT RAISE(ABORT, 'agent_orphans'); END
            """,
            """
            CREATE TRIGGER agent_service_orphans BEFORE DELETE ON agent_service WHEN \(leavesFollowed)
            BEGIN SELECT RAISE(ABORT, 'agent_service_orphans'); END
            """,
        ])

    private static let referentsOfAgent: SQL = "CREATE INDEX referent_by_agent ON referent (territory_id, agent_id, service_id, person_id)"

    private static let leavesOrphans: SQL = """
        EXISTS (SELECT 1 FROM claim WHERE territory_id = NEW.territory_id AND holder_id = NEW.id AND appointment_id IS NOT NULL
            AND starts_at >= NEW.disabled_at)
          OR EXISTS (SELECT 1 FROM referent WHERE territory_id = NEW.territory_id AND agent_id = NEW.id)
          OR EXISTS (SELECT 1 FROM opening WHERE territory_id = NEW.territory_id AND agent_id = NEW.id AND pattern <> 'once'
            AND until_date IS NULL AND times IS NULL)
          OR EXISTS (SELECT 1 FROM memo WHERE territory_id = NEW.territory_id AND agent_id = NEW.id AND settled_at IS NULL)
        """

    private static let leavesFollowed: SQL = """
        EXISTS (SELECT 1 FROM referent WHERE territory_id = OLD.territory_id AND agent_id = OLD.agent_id AND service_id = OLD.service_id)
        """

    /// Weeks of openings kept under a name, to be laid in another agenda or another week.
    static let weekTemplates = Migration(
        "046-week-templates",
        [
            """
            CREATE TABLE week_template (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
              name \(type: .text, "name") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL, PRIMARY KEY (territory_id, id),
              FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX week_template_name ON week_template (territory_id, organization_id, name)",
            """
            CREATE TABLE week_template_line (territory_id \(type: .bigint, "territory_id") NOT NULL,
              template_id \(type: .uuid, "template_id") NOT NULL, number \(type: .bigint, "number") NOT NULL,
              weekday \(type: .bigint, "weekday") NOT NULL CONSTRAINT week_template_weekday CHECK (weekday BETWEEN 1 AND 7),
              start_minute \(type: .bigint, "start_minute") NOT NULL, end_minute \(type: .bigint, "end_minute") NOT NULL,
              site_id \(type: .uuid, "site_id"), place \(type: .text, "place") NOT NULL,
              PRIMARY KEY (territory_id, template_id, number),
              CONSTRAINT week_template_order CHECK (0 <= start_minute AND start_minute < end_minute AND end_minute <= 1440),
              FOREIGN KEY (territory_id, template_id) REFERENCES week_template (territory_id, id),
              FOREIGN KEY (territory_id, site_id) REFERENCES site (territory_id, id))
            """,
            """
            CREATE TABLE week_template_reason (territory_id \(type: .bigint, "territory_id") NOT NULL,
              template_id \(type: .uuid, "template_id") NOT NULL, number \(type: .bigint, "number") NOT NULL,
              reason_id \(type: .uuid, "reason_id") NOT NULL, PRIMARY KEY (territory_id, template_id, number, reason_id),
              FOREIGN KEY (territory_id, template_id, number) REFERENCES week_template_line (territory_id, template_id, number),
              FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id))
            """,
        ])
}
