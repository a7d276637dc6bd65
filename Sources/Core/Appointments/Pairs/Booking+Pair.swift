import Scheduling
import Store

/// Booking several agents at once.
extension Booking {
    /// All the agents whose time it takes.
    var agents: Set<ID<Agent>> { Set(colleagueIDs + [agentID]) }

    /// The colleagues work in the organization too, and each is somebody else.
    func checkColleagues(by acting: Acting, in db: Reader) throws {
        guard colleagueIDs.count <= Self.mostColleagues, agents.count == colleagueIDs.count + 1 else {
            throw Refusal.field("colleague", "colleagues", "Choisissez des agents différents, quatre au plus ensemble.")
        }
        for colleague in colleagueIDs {
            guard try Agent.works(colleague, in: organizationID, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        }
    }

    public static let mostColleagues = 3

    /// Who goes to the home of someone whose file says so goes with a colleague. It costs nothing to what takes place elsewhere.
    /// - Returns: whether the visit needs two.
    func needsTwo(_ appointment: Appointment, _ people: [Person], in db: Reader) throws -> Bool {
        let needs =
            try forTwo
            || appointment.how == .home
                && Discretion.of(people.map(\.id), of: appointment.territoryID, in: db).values.contains(where: \.visitsForTwo)
        guard !needs || !colleagueIDs.isEmpty else { throw Refusal.secondAgentNeeded }
        return needs
    }

    func addColleagues(to appointment: Appointment, in db: Writer) throws {
        for colleague in colleagueIDs { try appointment.add(colleague: colleague, in: db) }
    }

    /// A time found by the search: each is in an opening, away nowhere.
    func checkOpenings(of appointment: Appointment, in territory: Territory, db: Reader) throws {
        try Opening.check(covers: appointment, of: territory, in: db)
        for colleague in colleagueIDs { try Opening.check(colleague, beside: appointment, of: territory, in: db) }
    }
}

extension Agent {
    static func works(_ agent: ID<Agent>, in organization: ID<Organization>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM membership JOIN agent ON agent.territory_id = membership.territory_id AND agent.id = membership.agent_id
            WHERE membership.territory_id = \(territory) AND membership.agent_id = \(agent)
              AND membership.organization_id = \(organization) AND agent.disabled_at IS NULL
            """)
    }
}

extension Refusal {
    public static let secondAgentNeeded = Refusal.field(
        "colleague", "second-agent-needed", "Cette visite se fait à deux : choisissez le second agent.")
}
