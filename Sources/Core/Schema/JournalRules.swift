import Store

/// The triggers that make the journal append-only. Both engines name the violation `journal_append_only`.
enum JournalRules {
    static let postgres: [SQL] = functions + rules.map(trigger) + rules.map { truncateTrigger($0.table) }

    private static let rules: [(table: SQL, function: SQL)] = [
        ("journal_header", "journal_header_rule"), ("journal_payload", "journal_payload_rule"), ("journal_head", "journal_head_rule"),
        ("journal_erasure", "journal_kept_rule"), ("journal_erased", "journal_kept_rule"),
    ]

    private static let functions: [SQL] = [
        function(
            "journal_header_rule",
            refusesUnless: """
                TG_OP = 'UPDATE' AND OLD.seq IS NULL AND NEW.seq IS NOT NULL
                  AND (OLD.territory_id, OLD.id, OLD.at, OLD.actor, OLD.actor_id, OLD.act, OLD.subject_id, OLD.digest)
                  IS NOT DISTINCT FROM (NEW.territory_id, NEW.id, NEW.at, NEW.actor, NEW.actor_id, NEW.act, NEW.subject_id, NEW.digest)
                """, result: "NEW"),
        function(
            "journal_payload_rule",
            refusesUnless: """
                TG_OP = 'DELETE'
                  AND EXISTS (SELECT 1 FROM journal_erased WHERE territory_id = OLD.territory_id AND id = OLD.id)
                """, result: "OLD"),
        function("journal_head_rule", refusesUnless: "TG_OP = 'UPDATE' AND NEW.seq > OLD.seq", result: "NEW"),
        function("journal_kept_rule", refusesUnless: "FALSE", result: "NEW"),
    ]

    static let sqlite: [SQL] =
        [
            """
            CREATE TRIGGER journal_header_update BEFORE UPDATE ON journal_header
            WHEN NOT (OLD.seq IS NULL AND NEW.seq IS NOT NULL AND OLD.territory_id IS NEW.territory_id AND OLD.id IS NEW.id
              AND OLD.at IS NEW.at AND OLD.actor IS NEW.actor AND OLD.actor_id IS NEW.actor_id AND OLD.act IS NEW.act
              AND OLD.subject_id IS NEW.subject_id AND OLD.digest IS NEW.digest)
            \(refusal)
            """,
            """
            CREATE TRIGGER journal_payload_delete BEFORE DELETE ON journal_payload
            WHEN NOT EXISTS (SELECT 1 FROM journal_erased WHERE territory_id = OLD.territory_id AND id = OLD.id)
            \(refusal)
            """,
            "CREATE TRIGGER journal_head_update BEFORE UPDATE ON journal_head WHEN NEW.seq <= OLD.seq \(refusal)",
        ]
        + kept.map { "CREATE TRIGGER \($0.table)_\($0.verb) BEFORE \($0.verb) ON \($0.table) \(refusal)" }

    /// What nothing may ever do.
    private static let kept: [(table: SQL, verb: SQL)] = [
        ("journal_header", "DELETE"), ("journal_payload", "UPDATE"), ("journal_head", "DELETE"), ("journal_erasure", "UPDATE"),
        ("journal_erasure", "DELETE"), ("journal_erased", "UPDATE"), ("journal_erased", "DELETE"),
    ]

    private static let refusal: SQL = "BEGIN SELECT RAISE(ABORT, 'journal_append_only'); END"

    private static func function(_ name: SQL, refusesUnless condition: SQL, result: SQL) -> SQL {
        """
        CREATE FUNCTION \(name)() RETURNS trigger LANGUAGE plpgsql AS $body$
        BEGIN
          IF \(condition) THEN RETURN \(result); END IF;
          RAISE EXCEPTION 'the journal is append-only' USING ERRCODE = '23514', CONSTRAINT = 'journal_append_only';
        END $body$
        """
    }

    private static func trigger(_ table: SQL, _ function: SQL) -> SQL {
        "CREATE TRIGGER \(function) BEFORE UPDATE OR DELETE ON \(table) FOR EACH ROW EXECUTE FUNCTION \(function)()"
    }

    private static func truncateTrigger(_ table: SQL) -> SQL {
        "CREATE TRIGGER journal_truncate BEFORE TRUNCATE ON \(table) EXECUTE FUNCTION journal_kept_rule()"
    }
}
