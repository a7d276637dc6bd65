import Store

extension Schema {
    /// Campaigns: what is written to many at once, to whom it goes, and to whom it does not.
    ///
    /// The rules that must hold whatever runs: above a size somebody else approves, nobody gets it twice, a number gets one, and what has
    /// been launched stays as it was.
    static let campaigns = Migration("103-campaigns", campaignTables)

    private static let campaignTables: [SQL] = [
        """
        CREATE TABLE campaign (\(key), organization_id \(type: .uuid, "organization_id") NOT NULL,
          name \(type: .text, "name") NOT NULL CONSTRAINT campaign_name CHECK (length(name) BETWEEN 1 AND 100),
          sms \(type: .text, "sms") NOT NULL, subject \(type: .text, "subject") NOT NULL, email \(type: .text, "email") NOT NULL,
          audience \(type: .text, "audience") NOT NULL CONSTRAINT campaign_audience CHECK (\(isOne("audience", of: "filter", "list"))),
          commune \(type: .text, "commune") NOT NULL, tag_id \(type: .uuid, "tag_id"), age_from \(type: .bigint, "age_from"),
          age_to \(type: .bigint, "age_to"), came_since \(type: .text, "came_since"), away_since \(type: .text, "away_since"),
          unmatched \(type: .bigint, "unmatched") NOT NULL, apart_days \(type: .bigint, "apart_days") NOT NULL
            CONSTRAINT campaign_apart CHECK (apart_days BETWEEN 0 AND 365),
          rate \(type: .bigint, "rate") NOT NULL CONSTRAINT campaign_rate CHECK (rate BETWEEN 1 AND 6000),
          reply_percent \(type: .bigint, "reply_percent") NOT NULL CONSTRAINT campaign_replies CHECK (reply_percent BETWEEN 0 AND 100),
          version \(type: .bigint, "version") NOT NULL, prepared_at \(type: .bigint, "prepared_at") NOT NULL,
          prepared_by \(type: .uuid, "prepared_by") NOT NULL, approved_at \(type: .bigint, "approved_at"),
          approved_by \(type: .uuid, "approved_by"), launched_at \(type: .bigint, "launched_at"), launched_by \(type: .uuid, "launched_by"),
          approval_above \(type: .bigint, "approval_above"), told \(type: .bigint, "told"),
          queued_to \(type: .bigint, "queued_to") NOT NULL, queue_at \(type: .bigint, "queue_at"),
          paused_at \(type: .bigint, "paused_at"), ended_at \(type: .bigint, "ended_at"), PRIMARY KEY (territory_id, id),
          CONSTRAINT campaign_says CHECK (length(sms) > 0 OR length(email) > 0),
          CONSTRAINT campaign_second CHECK (approved_by IS NULL OR approved_by <> prepared_by),
          CONSTRAINT campaign_approved CHECK (launched_at IS NULL OR (told IS NOT NULL AND approval_above IS NOT NULL
            AND launched_by IS NOT NULL AND queue_at IS NOT NULL AND (told <= approval_above OR approved_by IS NOT NULL))),
          CONSTRAINT campaign_queued CHECK (queued_to BETWEEN 0 AND coalesce(told, 0)),
          CONSTRAINT campaign_held CHECK (launched_at IS NOT NULL OR paused_at IS NULL),
          CONSTRAINT campaign_approval CHECK ((approved_at IS NULL) = (approved_by IS NULL)),
          FOREIGN KEY (territory_id, organization_id) REFERENCES organization (territory_id, id),
          FOREIGN KEY (territory_id, tag_id) REFERENCES tag (territory_id, id),
          FOREIGN KEY (territory_id, prepared_by) REFERENCES agent (territory_id, id),
          FOREIGN KEY (territory_id, approved_by) REFERENCES agent (territory_id, id),
          FOREIGN KEY (territory_id, launched_by) REFERENCES agent (territory_id, id))
        """,
        "CREATE INDEX campaign_by_organization ON campaign (territory_id, organization_id, prepared_at)",
        """
        CREATE INDEX campaign_to_queue ON campaign (territory_id, id) WHERE launched_at IS NOT NULL AND paused_at IS NULL
          AND ended_at IS NULL
        """,
        """
        CREATE TABLE campaign_listed (territory_id \(type: .bigint, "territory_id") NOT NULL,
          campaign_id \(type: .uuid, "campaign_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
          PRIMARY KEY (territory_id, campaign_id, person_id), \(ofPerson), \(ofCampaign))
        """,
        "CREATE INDEX campaign_listed_by_person ON campaign_listed (territory_id, person_id)",
        // Told, in their turn, or left out for one cause.
        """
        CREATE TABLE campaign_recipient (territory_id \(type: .bigint, "territory_id") NOT NULL,
          campaign_id \(type: .uuid, "campaign_id") NOT NULL, person_id \(type: .uuid, "person_id") NOT NULL,
          turn \(type: .bigint, "turn"), channel \(type: .text, "channel"), recipient \(type: .text, "recipient"),
          message_id \(type: .uuid, "message_id"), excluded \(type: .text, "excluded"), called_at \(type: .bigint, "called_at"),
          called_by \(type: .uuid, "called_by"), PRIMARY KEY (territory_id, campaign_id, person_id), \(ofPerson), \(ofCampaign),
          CONSTRAINT campaign_recipient_excluded CHECK (excluded IS NULL OR \(isOne("excluded", of: "deceased", "archived", "opposed",
            "discreet", "prefers", "recent", "unreachable", "shared"))),
          CONSTRAINT campaign_recipient_one_or_other CHECK ((excluded IS NULL) = (turn IS NOT NULL)
            AND (turn IS NULL) = (channel IS NULL) AND (turn IS NULL) = (recipient IS NULL) AND (turn IS NULL) = (message_id IS NULL)),
          CONSTRAINT campaign_recipient_called CHECK ((called_at IS NULL) = (called_by IS NULL)),
          FOREIGN KEY (territory_id, called_by) REFERENCES agent (territory_id, id))
        """,
        "CREATE UNIQUE INDEX campaign_recipient_turn ON campaign_recipient (territory_id, campaign_id, turn) WHERE turn IS NOT NULL",
        """
        CREATE UNIQUE INDEX campaign_recipient_message ON campaign_recipient (territory_id, message_id) WHERE message_id IS NOT NULL
        """,
        """
        CREATE UNIQUE INDEX campaign_recipient_shared ON campaign_recipient (territory_id, campaign_id, recipient)
          WHERE recipient IS NOT NULL
        """,
        "CREATE INDEX campaign_recipient_by_person ON campaign_recipient (territory_id, person_id)",
        """
        CREATE TABLE campaign_rule (territory_id \(type: .bigint, "territory_id") NOT NULL,
          approval_above \(type: .bigint, "approval_above") NOT NULL
            CONSTRAINT campaign_rule_approval CHECK (approval_above BETWEEN 0 AND 1000000),
          apart_days \(type: .bigint, "apart_days") NOT NULL CONSTRAINT campaign_rule_apart CHECK (apart_days BETWEEN 0 AND 365),
          calls_per_hour \(type: .bigint, "calls_per_hour") NOT NULL
            CONSTRAINT campaign_rule_calls CHECK (calls_per_hour BETWEEN 1 AND 100000),
          PRIMARY KEY (territory_id), FOREIGN KEY (territory_id) REFERENCES territory (id))
        """,
        // What someone sends to themselves: taken once, and never again.
        """
        CREATE TABLE campaign_trial (\(key), campaign_id \(type: .uuid, "campaign_id") NOT NULL,
          agent_id \(type: .uuid, "agent_id") NOT NULL, channel \(type: .text, "channel") NOT NULL
            CONSTRAINT campaign_trial_channel CHECK (\(isOne("channel", of: "sms", "email"))),
          recipient \(type: .text, "recipient") NOT NULL, asked_at \(type: .bigint, "asked_at") NOT NULL,
          taken_at \(type: .bigint, "taken_at"), outcome \(type: .text, "outcome"), because \(type: .text, "because"),
          PRIMARY KEY (territory_id, id), \(ofCampaign), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
        """,
        "CREATE INDEX campaign_trial_waiting ON campaign_trial (channel, asked_at) WHERE taken_at IS NULL",
        "CREATE INDEX campaign_trial_of ON campaign_trial (territory_id, campaign_id)",
    ]

    private static let ofCampaign: SQL = "FOREIGN KEY (territory_id, campaign_id) REFERENCES campaign (territory_id, id)"

    /// What was launched says what it said, to whom it said it.
    static let campaignRules = Migration(
        "104-campaign-rules",
        postgres: PersonRules.refusing("campaign_frozen", "UPDATE OF \(said) ON campaign", when: launched)
            + PersonRules.refusing("campaign_recipient_frozen", "INSERT ON campaign_recipient", when: closed),
        sqlite: [
            PersonRules.refusal("campaign_frozen", "UPDATE OF \(said) ON campaign", "campaign_frozen_1", when: launched),
            PersonRules.refusal("campaign_recipient_frozen", "INSERT ON campaign_recipient", "campaign_recipient_frozen_1", when: closed),
        ])

    private static let said: SQL = """
        organization_id, name, sms, subject, email, audience, commune, tag_id, age_from, age_to, came_since, away_since, rate,
        prepared_by, approved_by, launched_at, told
        """
    private static let launched: SQL = "OLD.launched_at IS NOT NULL"
    private static let closed: SQL = """
        EXISTS (SELECT 1 FROM campaign WHERE campaign.territory_id = NEW.territory_id AND campaign.id = NEW.campaign_id
          AND campaign.launched_at IS NOT NULL)
        """
}
