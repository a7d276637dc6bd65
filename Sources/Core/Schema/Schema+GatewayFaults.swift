import Store

extension Schema {
    /// What keeps a gateway from taking messages, and the e-mails that tell administrators so.
    ///
    /// The rules that must hold whatever runs: what keeps a gateway of a territory is known once by its cause (the key of
    /// `gateway_fault`), and each administrator gets one e-mail each time it is told (`gateway_word_once`).
    static let gatewayFaults = Migration(
        "150-gateway-faults",
        [
            """
            CREATE TABLE gateway_fault (territory_id \(type: .bigint, "territory_id") NOT NULL, gateway \(type: .text, "gateway") NOT NULL,
              because \(type: .text, "because") NOT NULL, channel \(type: .text, "channel") NOT NULL
                CONSTRAINT gateway_fault_channel CHECK (\(isOne("channel", of: "sms", "email"))),
              since \(type: .bigint, "since") NOT NULL, seen_at \(type: .bigint, "seen_at") NOT NULL,
              told_at \(type: .bigint, "told_at") NOT NULL, PRIMARY KEY (territory_id, gateway, because),
              CONSTRAINT gateway_fault_order CHECK (since <= told_at AND told_at <= seen_at),
              FOREIGN KEY (territory_id) REFERENCES territory (id))
            """,
            // Of the fault as it was told then: it may be over, and another may have begun.
            """
            CREATE TABLE gateway_word (\(key), gateway \(type: .text, "gateway") NOT NULL, channel \(type: .text, "channel") NOT NULL,
              because \(type: .text, "because") NOT NULL, told_at \(type: .bigint, "told_at") NOT NULL, agent_id \(type: .uuid, "agent_id") NOT NULL,
              recipient \(type: .text, "recipient") NOT NULL, due_at \(type: .bigint, "due_at") NOT NULL,
              attempts \(type: .bigint, "attempts") DEFAULT 0 NOT NULL, taken_at \(type: .bigint, "taken_at"),
              outcome \(type: .text, "outcome") CONSTRAINT gateway_word_outcome CHECK (outcome IS NULL OR (taken_at IS NOT NULL
                AND (\(isOne("outcome", of: "handed", "arrived", "undelivered", "unknown", "refused", "untrue"))))),
              PRIMARY KEY (territory_id, id), FOREIGN KEY (territory_id, agent_id) REFERENCES agent (territory_id, id))
            """,
            "CREATE UNIQUE INDEX gateway_word_once ON gateway_word (territory_id, gateway, because, told_at, agent_id)",
            "CREATE INDEX gateway_word_waiting ON gateway_word (due_at) WHERE taken_at IS NULL",
        ])
}
