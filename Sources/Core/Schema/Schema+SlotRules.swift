import Store

extension Schema {
    /// How a reason's starts follow each other, and the time kept free after each appointment.
    ///
    /// The gap is part of what the agent's claim keeps: `claim_overlap` protects it as it does the appointment itself. The appointment
    /// remembers its own, so that it is moved and undone with the time it was booked with.
    static let reasonPace = Migration(
        "050-reason-pace",
        [
            """
            ALTER TABLE reason ADD COLUMN step_minutes \(type: .bigint, "step_minutes")
              CONSTRAINT reason_step CHECK (step_minutes IS NULL OR (step_minutes BETWEEN 5 AND 600 AND step_minutes % 5 = 0))
            """,
            """
            ALTER TABLE reason ADD COLUMN gap_minutes \(type: .bigint, "gap_minutes") DEFAULT 0 NOT NULL
              CONSTRAINT reason_gap CHECK (gap_minutes BETWEEN 0 AND 240 AND gap_minutes % 5 = 0)
            """,
            """
            ALTER TABLE appointment ADD COLUMN gap_minutes \(type: .bigint, "gap_minutes") DEFAULT 0 NOT NULL
              CONSTRAINT appointment_gap CHECK (gap_minutes BETWEEN 0 AND 240)
            """,
        ])

    /// Follow-up reasons, why one was given to another agent than the referent, and who asked in a person's place.
    static let followUp = Migration(
        "051-follow-up",
        [
            "ALTER TABLE reason ADD COLUMN follow_up \(type: .boolean, "follow_up") DEFAULT FALSE NOT NULL",
            "ALTER TABLE appointment ADD COLUMN other_agent_because \(type: .text, "other_agent_because")",
            """
            CREATE TABLE asked_for (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
              PRIMARY KEY (territory_id, appointment_id, person_id), \(ofAppointment), \(ofPerson))
            """,
        ])

    /// Appointments that several people share seat by seat.
    static let groups = Migration(
        "052-groups",
        [
            """
            ALTER TABLE reason ADD COLUMN seats \(type: .bigint, "seats")
              CONSTRAINT reason_seats CHECK (seats IS NULL OR (seats BETWEEN 2 AND 500 AND how <> 'phone'))
            """,
            """
            CREATE TABLE appointment_group (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL,
              seats \(type: .bigint, "seats") NOT NULL CONSTRAINT appointment_group_seats CHECK (seats BETWEEN 1 AND 500),
              cancelled_at \(type: .bigint, "cancelled_at"), cancelled_by \(type: .uuid, "cancelled_by"),
              PRIMARY KEY (territory_id, appointment_id), \(ofAppointment),
              CONSTRAINT appointment_group_cancelled CHECK ((cancelled_at IS NULL) = (cancelled_by IS NULL)),
              FOREIGN KEY (territory_id, cancelled_by) REFERENCES agent (territory_id, id))
            """,
        ])

    /// Full means full, and a cancelled group takes nobody.
    ///
    /// On PostgreSQL two enrolments at once do not see each other: the group's row is locked first, and the count comes after.
    static let groupRules = Migration(
        "053-group-rules",
        postgres: [
            """
            CREATE FUNCTION group_full_rule() RETURNS trigger LANGUAGE plpgsql AS $body$
            DECLARE standing appointment_group%ROWTYPE;
            BEGIN
              IF NEW.status = 'cancelled-by-person' OR NEW.status = 'cancelled-by-service' THEN RETURN NEW; END IF;
              SELECT * INTO standing FROM appointment_group
                WHERE territory_id = NEW.territory_id AND appointment_id = NEW.appointment_id FOR UPDATE;
              IF NOT FOUND THEN RETURN NEW; END IF;
              IF standing.cancelled_at IS NOT NULL AND NEW.status = 'upcoming' THEN
                RAISE EXCEPTION 'refused' USING ERRCODE = '23514', CONSTRAINT = 'group_cancelled';
              END IF;
              IF standing.seats <= (\(seatsTakenByOthers)) THEN
                RAISE EXCEPTION 'refused' USING ERRCODE = '23514', CONSTRAINT = 'group_full';
              END IF;
              RETURN NEW;
            END $body$
            """,
            """
            CREATE TRIGGER group_full BEFORE INSERT OR UPDATE OF status ON participation FOR EACH ROW EXECUTE FUNCTION group_full_rule()
            """,
        ] + PersonRules.refusing("group_seats_taken", "UPDATE OF seats ON appointment_group", when: "NEW.seats < (\(seatsTaken))"),
        sqlite: ["INSERT", "UPDATE OF status"].enumerated().flatMap { (number, verb: SQL) -> [SQL] in
            [
                PersonRules.refusal(
                    "group_full", "\(verb) ON participation", number == 0 ? "group_full_1" : "group_full_2",
                    when: """
                        \(isSeated) AND EXISTS (SELECT 1 FROM appointment_group WHERE territory_id = NEW.territory_id
                          AND appointment_id = NEW.appointment_id AND seats <= (\(seatsTakenByOthers)))
                        """),
                PersonRules.refusal(
                    "group_cancelled", "\(verb) ON participation", number == 0 ? "group_cancelled_1" : "group_cancelled_2",
                    when: """
                        NEW.status = 'upcoming' AND EXISTS (SELECT 1 FROM appointment_group WHERE territory_id = NEW.territory_id
                          AND appointment_id = NEW.appointment_id AND cancelled_at IS NOT NULL)
                        """),
            ]
        } + [
            PersonRules.refusal(
                "group_seats_taken", "UPDATE OF seats ON appointment_group", "group_seats_taken_1", when: "NEW.seats < (\(seatsTaken))")
        ])

    private static let isSeated: SQL = "NEW.status <> 'cancelled-by-person' AND NEW.status <> 'cancelled-by-service'"
    private static let seatsTaken: SQL = """
        SELECT count(*) FROM participation AS seated WHERE seated.territory_id = NEW.territory_id
          AND seated.appointment_id = NEW.appointment_id AND seated.status <> 'cancelled-by-person'
          AND seated.status <> 'cancelled-by-service'
        """
    private static let seatsTakenByOthers: SQL = "\(seatsTaken) AND seated.person_id <> NEW.person_id"
}
