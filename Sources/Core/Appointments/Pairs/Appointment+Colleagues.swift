import Scheduling
import Store

/// Binôme: the agents who receive with an appointment's own (table `appointment_colleague`). Each keeps their own time.
extension Appointment {
    /// In the order of their ids.
    public func colleagues(in db: Reader) throws -> [ID<Agent>] {
        try Appointment.colleagues(of: [id], of: territoryID, in: db)[id] ?? []
    }

    /// By appointment; those of one agent alone are left out.
    static func colleagues(
        of appointments: [ID<Appointment>], of territory: Int64, in db: Reader
    ) throws -> [ID<Appointment>: [ID<Agent>]] {
        guard !appointments.isEmpty else { return [:] }
        var found: [ID<Appointment>: [ID<Agent>]] = [:]
        try db.forEach(
            """
            SELECT appointment_id, agent_id FROM appointment_colleague
            WHERE territory_id = \(territory) AND appointment_id IN \(list: appointments) ORDER BY appointment_id, agent_id
            """
        ) { found[try $0[0], default: []].append(try $0[1]) }
        return found
    }

    /// The agent whose appointment each is.
    static func agents(of appointments: [ID<Appointment>], of territory: Int64, in db: Reader) throws -> [ID<Agent>] {
        guard !appointments.isEmpty else { return [] }
        return try db.all("SELECT agent_id FROM appointment WHERE territory_id = \(territory) AND id IN \(list: appointments)") {
            try $0[0]
        }
    }

    func add(colleague agent: ID<Agent>, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO appointment_colleague (territory_id, appointment_id, agent_id) VALUES (\(territoryID), \(id), \(agent))
            """)
    }

    func remove(colleague agent: ID<Agent>, in db: Writer) throws {
        try db.run(
            """
            DELETE FROM appointment_colleague
            WHERE territory_id = \(territoryID) AND appointment_id = \(id) AND agent_id = \(agent)
            """)
    }

    /// A condition: one of these agents receives with its own. Through the agents' few pairs, and not through all appointments.
    static func isWith(_ agents: [ID<Agent>], of territory: Int64) -> SQL {
        """
        appointment.id IN (SELECT appointment_colleague.appointment_id FROM appointment_colleague
          WHERE appointment_colleague.territory_id = \(territory) AND appointment_colleague.agent_id IN \(list: agents))
        """
    }

    /// A condition on one appointment at hand.
    static func isWith(_ agent: ID<Agent>) -> SQL {
        """
        EXISTS (SELECT 1 FROM appointment_colleague WHERE appointment_colleague.territory_id = appointment.territory_id
          AND appointment_colleague.appointment_id = appointment.id AND appointment_colleague.agent_id = \(agent))
        """
    }
}

extension Appointment {
    /// All that keeps time for it beside the people who come. A resource is never overbooked.
    func holders(in db: Reader) throws -> [(holder: Claim.Holder, overbooked: Bool)] {
        let agents = [agentID] + (try colleagues(in: db))
        return agents.map { (.agent($0), overbookedBecause != nil) } + (try keptResources(in: db)).map { (.resource($0), false) }
    }

    /// Locks the calendars of all its agents and resources, and of these others. Every change of an appointment begins with it.
    /// - Throws: ``Refusal/alreadyChanged`` when someone or something joined or left it meanwhile.
    func lockCalendars(
        and others: Set<ID<Agent>> = [], andResources more: Set<ID<Resource>> = [], in db: Writer
    ) throws {
        let (colleagues, resources) = (try colleagues(in: db), try keptResources(in: db))
        try Agent.lockCalendars(others.union(colleagues + [agentID]), of: territoryID, in: db)
        try Resource.lockCalendars(more.union(resources), of: territoryID, in: db)
        guard try self.colleagues(in: db) == colleagues, try keptResources(in: db) == resources else { throw Refusal.alreadyChanged }
    }
}
