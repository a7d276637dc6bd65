import Scheduling
import Store

extension TerritoryRole {
    public static func all(of agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Set<TerritoryRole> {
        Set(try db.all("SELECT role FROM territory_role WHERE territory_id = \(territory) AND agent_id = \(agent)") { try $0[0] })
    }

    /// Of everyone, for lists.
    public static func all(of territory: Int64, in db: Reader) throws -> [ID<Agent>: Set<TerritoryRole>] {
        var roles: [ID<Agent>: Set<TerritoryRole>] = [:]
        try db.forEach("SELECT agent_id, role FROM territory_role WHERE territory_id = \(territory)") { row in
            roles[try row[0], default: []].insert(try row[1])
        }
        return roles
    }

    /// Makes these the roles of the agent over the territory.
    /// - Throws: ``Refusal/notFound`` for an agent of elsewhere; ``Refusal/lastAdministrator``.
    public static func set(_ roles: Set<TerritoryRole>, of id: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.require(.setUpTerritory)
        _ = try Agent.known(id, of: acting.territoryID, in: db)
        let before = try all(of: id, of: acting.territoryID, in: db)
        guard before != roles else { return }
        for role in before.subtracting(roles) {
            try db.run("DELETE FROM territory_role WHERE territory_id = \(acting.territoryID) AND agent_id = \(id) AND role = \(role)")
        }
        for role in roles.subtracting(before) { try role.insert(of: id, of: acting.territoryID, in: db) }
        if before.contains(.administrator), !roles.contains(.administrator) {
            try checkAdministratorRemains(of: acting.territoryID, in: db)
        }
        try Journal.record(
            .changed, about: id.uuid, ["what": "territory-roles", "roles.before": list(before), "roles.after": list(roles)], by: acting,
            at: now, in: db)
    }

    func insert(of agent: ID<Agent>, of territory: Int64, in db: Writer) throws {
        try db.run("INSERT INTO territory_role (territory_id, agent_id, role) VALUES (\(territory), \(agent), \(self))")
    }

    /// After a change that may have taken the right from an agent: someone must still hold it who can sign in.
    ///
    /// Right under `Store.write` alone, which is serializable: of two administrators who remove each other at once, one is refused.
    static func checkAdministratorRemains(of territory: Int64, in db: Reader) throws {
        let remains = try db.exists(
            """
            SELECT 1 FROM territory_role
            JOIN agent ON agent.territory_id = territory_role.territory_id AND agent.id = territory_role.agent_id
            WHERE territory_role.territory_id = \(territory) AND territory_role.role = \(TerritoryRole.administrator)
              AND agent.disabled_at IS NULL AND agent.password IS NOT NULL
            """)
        guard remains else { throw Refusal.lastAdministrator }
    }

    private static func list(_ roles: Set<TerritoryRole>) -> String {
        allCases.filter(roles.contains).map(\.rawValue).joined(separator: " ")
    }
}

extension Refusal {
    public static let lastAdministrator = Refusal(
        .conflict, "last-administrator",
        "C’est le dernier administrateur qui peut se connecter. Donnez d’abord ce droit à quelqu’un d’autre.")
}
