import Scheduling
import Store

extension Note {
    /// What becomes of the private notes of an agent who leaves. Whoever decides it reads none of them.
    public enum Leaving: Sendable, Equatable {
        case handedOver(ID<Agent>)
        case deleted
    }

    /// How many private notes an agent keeps: a number, nothing of what they say.
    public static func privateCount(of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Int {
        try db.first("SELECT count(*) FROM private_note WHERE territory_id = \(territory) AND keeper_id = \(agent)") { try $0[0] } ?? 0
    }

    /// Settles what becomes of them, note by note in the journal.
    /// - Throws: ``Refusal/keepsNotes`` when there are some and nothing was said; a ``Refusal`` beside `private_notes` for a successor
    ///   who cannot keep them.
    static func settle(
        _ leaving: Leaving?, of agent: ID<Agent>, of territory: Int64, by actor: Journal.Actor, at now: Instant, in db: Writer
    ) throws {
        let kept = try db.all(
            "SELECT id, person_id FROM private_note WHERE territory_id = \(territory) AND keeper_id = \(agent) ORDER BY id"
        ) { (note: try $0[0] as ID<Note>, person: try $0[1] as ID<Person>) }
        guard !kept.isEmpty else { return }
        switch leaving {
        case nil: throw Refusal.keepsNotes
        case .deleted: try db.run("DELETE FROM private_note WHERE territory_id = \(territory) AND keeper_id = \(agent)")
        case .handedOver(let successor):
            try check(successor, after: agent, of: territory, in: db)
            try db.run(
                "UPDATE private_note SET keeper_id = \(successor) WHERE territory_id = \(territory) AND keeper_id = \(agent)")
        }
        for (note, person) in kept {
            var facts = ["what": "private-note", "note": note.description, "keeper.before": agent.description]
            if case .handedOver(let successor) = leaving { facts["keeper.after"] = successor.description }
            let act: Journal.Act = leaving == .deleted ? .deleted : .changed
            try Journal.record(act, about: person.uuid, facts, by: actor, of: territory, at: now, in: db)
        }
    }

    /// Someone at work, of a service of whoever leaves.
    private static func check(_ successor: ID<Agent>, after agent: ID<Agent>, of territory: Int64, in db: Reader) throws {
        let fits = try db.exists(
            """
            SELECT 1 FROM agent JOIN agent_service ON agent_service.territory_id = agent.territory_id AND agent_service.agent_id = agent.id
            WHERE agent.territory_id = \(territory) AND agent.id = \(successor) AND agent.disabled_at IS NULL AND agent.id <> \(agent)
              AND agent_service.service_id IN (SELECT service_id FROM agent_service
                WHERE territory_id = \(territory) AND agent_id = \(agent))
            """)
        guard fits else {
            throw Refusal.field("private_notes", "not-a-successor", "Choisissez un agent en activité de l’un de ses services.")
        }
    }

    /// Who could keep the notes of an agent who leaves, by name.
    public static func successors(of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> [Agent] {
        let colleagues = Set(
            try db.all(
                """
                SELECT agent_id FROM agent_service WHERE territory_id = \(territory) AND service_id IN
                  (SELECT service_id FROM agent_service WHERE territory_id = \(territory) AND agent_id = \(agent))
                """
            ) { try $0[0] as ID<Agent> })
        return try Agent.all(of: territory, in: db).filter { $0.disabledAt == nil && $0.id != agent && colleagues.contains($0.id) }
    }
}

extension Refusal {
    public static let keepsNotes = Refusal(
        .conflict, "keeps-private-notes",
        "Cet agent garde des notes privées. Dites si elles sont remises à un collègue ou effacées, puis désactivez-le.",
        fields: ["private_notes": "Choisissez ce que deviennent ses notes privées."])
}
