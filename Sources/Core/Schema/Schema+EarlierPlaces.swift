import Store

extension Schema {
    /// Who wants to come sooner, the places that are given back, and who was told of which.
    ///
    /// The rules that must hold whatever runs: a person is told of one place a day (`earlier_offer_once_a_day`), a place is told to three
    /// people at most (`earlier_offer_rank`, `earlier_offer_ranked`), and is looked at once (`freed_place_once`).
    static let earlierPlaces = Migration(
        "110-earlier-places", postgres: messagePurposesPostgres(said) + places, sqlite: purposesSQLite + places)

    private static let said = isOne(
        "purpose", of: "confirmation", "change", "cancellation", "reminder", "missed", "earlier-slot", "standing", "campaign")

    /// What else names the purpose is made again around it.
    private static let purposesSQLite: [SQL] =
        ["DROP INDEX message_recalling", "ALTER TABLE message RENAME COLUMN urgent_because TO old_urgent"]
        + messagePurposesSQLite(said).dropLast() + [
            """
            ALTER TABLE message ADD COLUMN urgent_because \(type: .text, "urgent_because")
              CONSTRAINT message_urgent CHECK (urgent_because IS NULL OR (length(trim(urgent_because)) BETWEEN 3 AND 200
                AND (\(isOne("purpose", of: "change", "cancellation")))))
            """,
            "UPDATE message SET urgent_because = old_urgent WHERE old_urgent IS NOT NULL",
            "ALTER TABLE message DROP COLUMN old_urgent", "ALTER TABLE message DROP COLUMN old_purpose",
            """
            CREATE INDEX message_recalling ON message (territory_id, recipient)
              WHERE purpose = 'reminder' AND sent_at IS NULL AND withdrawn_at IS NULL
            """,
        ]

    private static let places: [SQL] = [
        """
        CREATE TABLE earlier_wish (territory_id \(type: .bigint, "territory_id") NOT NULL,
          appointment_id \(type: .uuid, "appointment_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
          reason_id \(type: .uuid, "reason_id") NOT NULL, starts_at \(type: .bigint, "starts_at") NOT NULL,
          sooner_than \(type: .bigint, "sooner_than") NOT NULL, asked_at \(type: .bigint, "asked_at") NOT NULL,
          asked_by \(type: .uuid, "asked_by") NOT NULL, PRIMARY KEY (territory_id, appointment_id, person_id), \(ofPerson), \(ofAppointment),
          FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id),
          FOREIGN KEY (territory_id, asked_by) REFERENCES agent (territory_id, id))
        """,
        // A cancellation looks here: at what is later than what it frees, and at none of what is past.
        "CREATE INDEX earlier_wish_standing ON earlier_wish (territory_id, reason_id, starts_at) WHERE starts_at >= sooner_than",
        "CREATE INDEX earlier_wish_by_person ON earlier_wish (territory_id, person_id)",
        """
        CREATE TABLE freed_place (\(key), appointment_id \(type: .uuid, "appointment_id") NOT NULL,
          agent_id \(type: .uuid, "agent_id") NOT NULL, organization_id \(type: .uuid, "organization_id") NOT NULL,
          site_id \(type: .uuid, "site_id"), reason_id \(type: .uuid, "reason_id") NOT NULL,
          starts_at \(type: .bigint, "starts_at") NOT NULL, freed_at \(type: .bigint, "freed_at") NOT NULL,
          looked_at \(type: .bigint, "looked_at"), PRIMARY KEY (territory_id, id), \(ofAppointment),
          FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id),
          FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
          FOREIGN KEY (territory_id, reason_id) REFERENCES reason (territory_id, id))
        """,
        "CREATE UNIQUE INDEX freed_place_once ON freed_place (territory_id, agent_id, starts_at) WHERE looked_at IS NULL",
        "CREATE INDEX freed_place_to_look ON freed_place (freed_at) WHERE looked_at IS NULL",
        """
        CREATE TABLE earlier_offer (territory_id \(type: .bigint, "territory_id") NOT NULL, place_id \(type: .uuid, "place_id") NOT NULL,
          person_id \(type: .uuid, "person_id") NOT NULL, appointment_id \(type: .uuid, "appointment_id") NOT NULL,
          rank \(type: .bigint, "rank") NOT NULL CONSTRAINT earlier_offer_rank CHECK (rank BETWEEN 1 AND 3),
          offered_on \(type: .text, "offered_on") NOT NULL CHECK (length(offered_on) = 10), PRIMARY KEY (territory_id, place_id, person_id),
          \(ofPerson), \(ofAppointment), FOREIGN KEY (territory_id, place_id) REFERENCES freed_place (territory_id, id))
        """,
        "CREATE UNIQUE INDEX earlier_offer_once_a_day ON earlier_offer (territory_id, person_id, offered_on)",
        "CREATE UNIQUE INDEX earlier_offer_ranked ON earlier_offer (territory_id, place_id, rank)",
        "CREATE INDEX earlier_offer_by_appointment ON earlier_offer (territory_id, appointment_id)",
    ]
}
