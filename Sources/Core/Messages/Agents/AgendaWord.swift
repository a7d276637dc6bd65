import Scheduling
import Store

/// What agents are told by e-mail of their own agendas, as they asked in their preferences: that someone else booked, moved or cancelled
/// an appointment of theirs.
///
/// Of one appointment only what came of it in the end is told: taken and given back within minutes, nothing. What is told to one agent
/// within minutes leaves in one e-mail. Who acts is never told what they did.
struct AgendaWord: Sendable {
    let appointment: Appointment
    let territory: Territory
    let at: Instant
    /// What tells two changes of one appointment apart.
    let key: String

    /// Minutes before it leaves: others may follow.
    static let pause = 5

    /// Someone who asked to be told.
    struct Asker: Sendable {
        let agentID: ID<Agent>
        let email: String
        let wanted: AgendaPreference.Changes
    }

    /// - Parameters:
    ///   - who: someone who takes part: a message is about a person, whom this one never names.
    ///   - starts: when the appointment is, and when it was.
    func tell(
        _ asker: Asker, _ purpose: Message.Purpose, of who: ID<Person>, starts: [Instant], in db: Writer
    ) throws {
        guard asker.wants(starts, in: territory.zone, at: at) else { return }
        try db.run(
            """
            INSERT INTO message (territory_id, id, person_id, appointment_id, purpose, channel, recipient, due_at, dedup_key, created_at,
              names_reason, to_agent_id)
            VALUES (\(territory.id), \(ID<Message>.new()), \(who), \(appointment.id), \(purpose), 'email', \(asker.email),
              \(at.adding(minutes: Self.pause)), \("agent/\(asker.agentID)/\(key)"), \(at), FALSE, \(asker.agentID))
            ON CONFLICT (territory_id, dedup_key) DO NOTHING
            """)
    }
}

extension AgendaWord.Asker {
    /// - Returns: `nil` for who asks nothing, or has no address.
    init?(_ agentID: ID<Agent>, email: String?, wanted: AgendaPreference.Changes?) {
        guard let email, let wanted, wanted != .none else { return nil }
        (self.agentID, self.email, self.wanted) = (agentID, email, wanted)
    }

    /// Those of these agents, and of the appointment's colleagues, who asked.
    static func among(_ agents: Set<ID<Agent>>, andWith appointment: Appointment, in db: Reader) throws -> [Self] {
        try those(
            """
            agenda_preference.agent_id IN \(list: agents.sorted())
              OR agenda_preference.agent_id IN (SELECT appointment_colleague.agent_id FROM appointment_colleague
                WHERE appointment_colleague.territory_id = \(appointment.territoryID)
                  AND appointment_colleague.appointment_id = \(appointment.id))
            """, of: appointment.territoryID, in: db)
    }

    /// Those of these agents who asked.
    static func among(_ agents: Set<ID<Agent>>, of territory: Int64, in db: Reader) throws -> [Self] {
        agents.isEmpty ? [] : try those("agenda_preference.agent_id IN \(list: agents.sorted())", of: territory, in: db)
    }

    private static func those(_ which: SQL, of territory: Int64, in db: Reader) throws -> [Self] {
        try db.all(
            """
            SELECT agent.id, agent.email, agenda_preference.emails FROM agenda_preference
            JOIN agent ON agent.territory_id = agenda_preference.territory_id AND agent.id = agenda_preference.agent_id
            WHERE agenda_preference.territory_id = \(territory) AND agenda_preference.emails <> 'none'
              AND agent.disabled_at IS NULL AND (\(which))
            ORDER BY agent.id
            """
        ) { Self(try $0[0], email: try $0[1], wanted: try $0[2]) }.compactMap { $0 }
    }

    /// `soon`: of today and tomorrow only, where it is or where it was.
    fileprivate func wants(_ starts: [Instant], in zone: Zone, at now: Instant) -> Bool {
        guard wanted == .soon else { return true }
        let today = zone.civil(now).date
        return starts.contains { [today, today.adding(days: 1)].contains(zone.civil($0).date) }
    }
}
