import Store

extension Schema {
    /// Who stands around a person, and who is told in their place.
    static let relations = Migration(
        "people-5-relations",
        [
            """
            CREATE TABLE relation (\(key), person_id \(type: .uuid, "person_id") NOT NULL, other_id \(type: .uuid, "other_id") NOT NULL,
              kind \(type: .text, "kind") NOT NULL CONSTRAINT relation_kind CHECK (kind IN
                ('parent', 'guardian', 'grandparent', 'sibling', 'spouse', 'carer', 'representative', 'other')),
              receives \(type: .boolean, "receives") NOT NULL, books \(type: .boolean, "books") NOT NULL,
              asked_on \(type: .text, "asked_on") CHECK (asked_on IS NULL OR length(asked_on) = 10),
              unaware_since \(type: .text, "unaware_since") CHECK (unaware_since IS NULL OR length(unaware_since) = 10),
              unaware_source \(type: .text, "unaware_source") NOT NULL,
              consent_on \(type: .text, "consent_on") CHECK (consent_on IS NULL OR length(consent_on) = 10),
              consent_how \(type: .text, "consent_how") NOT NULL, created_at \(type: .bigint, "created_at") NOT NULL,
              created_by \(type: .uuid, "created_by") NOT NULL, PRIMARY KEY (territory_id, id), \(ofPerson),
              CONSTRAINT relation_other CHECK (person_id <> other_id),
              CONSTRAINT relation_unaware CHECK ((unaware_since IS NULL AND unaware_source = '')
                OR (unaware_since IS NOT NULL AND length(unaware_source) > 0 AND NOT receives AND NOT books)),
              CONSTRAINT relation_consent CHECK (kind <> 'carer' OR (consent_on IS NOT NULL AND length(consent_how) > 0)),
              FOREIGN KEY (territory_id, other_id) REFERENCES person (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX relation_pair ON relation (territory_id, person_id, other_id)",
            "CREATE INDEX relation_by_other ON relation (territory_id, other_id)",
            """
            CREATE TABLE protection (\(key), person_id \(type: .uuid, "person_id") NOT NULL, measure \(type: .text, "measure") NOT NULL
                CONSTRAINT protection_measure CHECK (measure IN
                  ('sauvegarde', 'curatelle', 'tutelle', 'habilitation-familiale', 'masp', 'maj')),
              starts_on \(type: .text, "starts_on") NOT NULL CHECK (length(starts_on) = 10),
              ends_on \(type: .text, "ends_on") CHECK (ends_on IS NULL OR length(ends_on) = 10),
              representative_id \(type: .uuid, "representative_id"), copies \(type: .boolean, "copies") NOT NULL,
              created_at \(type: .bigint, "created_at") NOT NULL, created_by \(type: .uuid, "created_by") NOT NULL,
              PRIMARY KEY (territory_id, id), \(ofPerson),
              CONSTRAINT protection_dates CHECK (ends_on IS NULL OR starts_on <= ends_on),
              CONSTRAINT protection_copies CHECK (NOT copies OR representative_id IS NOT NULL),
              CONSTRAINT protection_other CHECK (representative_id IS NULL OR representative_id <> person_id),
              FOREIGN KEY (territory_id, representative_id) REFERENCES person (territory_id, id),
              FOREIGN KEY (territory_id, created_by) REFERENCES agent (territory_id, id))
            """,
            "CREATE INDEX protection_by_person ON protection (territory_id, person_id, starts_on)",
            "CREATE UNIQUE INDEX protection_open ON protection (territory_id, person_id) WHERE ends_on IS NULL",
            """
            CREATE TABLE accompaniment (territory_id \(type: .bigint, "territory_id") NOT NULL,
              appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
              PRIMARY KEY (territory_id, appointment_id, person_id), \(ofAppointment), \(ofPerson))
            """,
            "ALTER TABLE reason ADD COLUMN discreet \(type: .boolean, "discreet") DEFAULT FALSE NOT NULL",
            "ALTER TABLE reason ADD COLUMN minors_confidential \(type: .boolean, "minors_confidential") DEFAULT FALSE NOT NULL",
            "ALTER TABLE reason ADD COLUMN for_child \(type: .boolean, "for_child") DEFAULT FALSE NOT NULL",
            // Below it, a child without a number is told through a responsible person.
            """
            ALTER TABLE territory ADD COLUMN told_alone_from \(type: .bigint, "told_alone_from") DEFAULT 15 NOT NULL
              CONSTRAINT territory_told_alone CHECK (told_alone_from BETWEEN 0 AND 18)
            """,
            // A copy, and a discreet reason, are told without saying what for.
            "ALTER TABLE message ADD COLUMN names_reason \(type: .boolean, "names_reason") DEFAULT TRUE NOT NULL",
        ])

    /// Nobody answers for themselves through others.
    static let relationRules = Migration(
        "people-6-relation-rules",
        postgres: PersonRules.refusing("relation_loop", "INSERT OR UPDATE ON relation", when: loop),
        sqlite: [
            PersonRules.refusal("relation_loop", "INSERT ON relation", "relation_loop_1", when: loop),
            PersonRules.refusal("relation_loop", "UPDATE ON relation", "relation_loop_2", when: loop),
        ])

    private static let loop: SQL = """
        NEW.person_id <> NEW.other_id
          AND (NEW.receives OR NEW.books OR NEW.kind IN ('parent', 'guardian', 'grandparent')) AND EXISTS (
          WITH RECURSIVE above (id) AS (SELECT NEW.other_id UNION SELECT relation.other_id FROM relation
              JOIN above ON relation.person_id = above.id
            WHERE relation.territory_id = NEW.territory_id
              AND (relation.receives OR relation.books OR relation.kind IN ('parent', 'guardian', 'grandparent')))
          SELECT 1 FROM above WHERE id = NEW.person_id)
        """
}
