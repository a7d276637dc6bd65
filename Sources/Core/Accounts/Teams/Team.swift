import Scheduling
import Store

/// Une équipe: a group of agents of an organization.
public struct Team: Sendable, Equatable {
    public let id: ID<Team>
    public var organizationID: ID<Organization>
    public var name: String
    public var agentIDs: Set<ID<Agent>>

    public init(id: ID<Team> = .new(), organizationID: ID<Organization>, name: String, agentIDs: Set<ID<Agent>> = []) {
        self.id = id
        self.organizationID = organizationID
        self.name = name
        self.agentIDs = agentIDs
    }
}

extension Team {
    /// Those of some organizations, by name, with their agents.
    public static func of(_ organizations: [ID<Organization>], of territory: Int64, in db: Reader) throws -> [Team] {
        var agents: [ID<Team>: Set<ID<Agent>>] = [:]
        try db.forEach("SELECT team_id, agent_id FROM team_agent WHERE territory_id = \(territory)") { row in
            agents[try row[0], default: []].insert(try row[1])
        }
        return try db.all(
            """
            SELECT id, organization_id, name FROM team WHERE territory_id = \(territory) AND organization_id IN \(list: organizations)
            ORDER BY name, id
            """
        ) { row in
            let id: ID<Team> = try row[0]
            return Team(id: id, organizationID: try row[1], name: try row[2], agentIDs: agents[id, default: []])
        }.sorted { $0.name.comesBefore($1.name) }
    }

    public static func find(_ id: ID<Team>, of territory: Int64, in db: Reader) throws -> Team? {
        let house: ID<Organization>? = try db.first(
            "SELECT organization_id FROM team WHERE territory_id = \(territory) AND id = \(id)"
        ) { try $0[0] }
        return try house.flatMap { try of([$0], of: territory, in: db).first { $0.id == id } }
    }

    /// Makes it, or replaces what it says.
    /// - Throws: a ``Refusal``: 404 for an organization or agents of elsewhere, sentences beside `name` and `agents`.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        guard try Organization.find(organizationID, of: acting.territoryID, in: db) != nil else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: organizationID)
        var complaints = Complaints()
        var tidied = self
        tidied.name = complaints.name(name, "name", empty: "Donnez un nom : « Équipe insertion ».")
        if agentIDs.isEmpty { complaints.add("agents", "Choisissez au moins un agent.") }
        try complaints.check()
        let working = try Set(Agent.working(in: organizationID, of: acting.territoryID, in: db))
        guard agentIDs.isSubset(of: working) else {
            throw Refusal.field("agents", "not-here", "Choisissez des agents de cette organisation.")
        }
        let before = try Team.find(id, of: acting.territoryID, in: db)
        guard before.map({ $0.organizationID == organizationID }) ?? true else { throw Refusal.notFound }
        try saying(Team.refusals) { try tidied.write(isNew: before == nil, of: acting.territoryID, in: db) }
        try Journal.record(
            before == nil ? .created : .changed, about: id.uuid,
            ["what": "team", "name": tidied.name, "agents": agentIDs.sorted().map(\.description).joined(separator: " ")], by: acting,
            at: now,
            in: db)
    }

    public static func delete(_ id: ID<Team>, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard let team = try find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try acting.require(.setUpOrganization, in: team.organizationID)
        try db.run("DELETE FROM team_agent WHERE territory_id = \(acting.territoryID) AND team_id = \(id)")
        try db.run("DELETE FROM team WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try Journal.record(.deleted, about: id.uuid, ["what": "team", "name": team.name], by: acting, at: now, in: db)
    }

    private static let refusals = [
        "team_name": Refusal.field("name", "name-taken", "Une équipe de cette organisation a déjà ce nom.")
    ]

    private func write(isNew: Bool, of territory: Int64, in db: Writer) throws {
        if isNew {
            try db.run(
                "INSERT INTO team (territory_id, id, organization_id, name) VALUES (\(territory), \(id), \(organizationID), \(name))")
        } else {
            try db.run("UPDATE team SET name = \(name) WHERE territory_id = \(territory) AND id = \(id)")
        }
        try db.run("DELETE FROM team_agent WHERE territory_id = \(territory) AND team_id = \(id)")
        for agent in agentIDs.sorted() {
            try db.run("INSERT INTO team_agent (territory_id, team_id, agent_id) VALUES (\(territory), \(id), \(agent))")
        }
    }
}
