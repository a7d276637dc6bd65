import Scheduling
import Store

/// Agents whose agendas someone looks at side by side, kept under a name: theirs alone (tables `agenda_group`, `agenda_group_agent`).
public struct AgendaGroup: Sendable, Equatable {
    public let id: ID<AgendaGroup>
    public var name: String
    /// In the order in which they stand.
    public var agentIDs: [ID<Agent>]

    /// As many as are seen at once.
    public static let mostAgents = 30
    public static let mostGroups = 50

    public init(id: ID<AgendaGroup> = .new(), name: String, agentIDs: [ID<Agent>]) {
        self.id = id
        self.name = name
        self.agentIDs = agentIDs
    }
}

extension AgendaGroup {
    /// One's own, by name.
    public static func all(of acting: Acting, in db: Reader) throws -> [AgendaGroup] {
        var groups: [AgendaGroup] = []
        try db.forEach(
            """
            SELECT agenda_group.id, agenda_group.name, agenda_group_agent.agent_id FROM agenda_group
            JOIN agenda_group_agent ON agenda_group_agent.territory_id = agenda_group.territory_id
              AND agenda_group_agent.group_id = agenda_group.id
            WHERE agenda_group.territory_id = \(acting.territoryID) AND agenda_group.owner_id = \(acting.agent.id)
            ORDER BY agenda_group.name, agenda_group.id, agenda_group_agent.number
            """
        ) { row in
            let id: ID<AgendaGroup> = try row[0]
            if groups.last?.id != id { groups.append(AgendaGroup(id: id, name: try row[1], agentIDs: [])) }
            groups[groups.count - 1].agentIDs.append(try row[2])
        }
        return groups.sorted { $0.name.comesBefore($1.name) }
    }

    /// - Throws: ``Refusal/notFound`` for one of someone else's too.
    public static func find(_ id: ID<AgendaGroup>, of acting: Acting, in db: Reader) throws -> AgendaGroup {
        guard let group = try all(of: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return group
    }

    /// Makes it, or replaces what it says.
    /// - Throws: a ``Refusal``: 404 for an agenda that may not be seen, sentences beside `name` and `agents`.
    public func save(by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        var complaints = Complaints()
        var tidied = self
        tidied.name = complaints.name(name, "name", limit: 60, empty: "Donnez un nom : « Équipe du jeudi ».")
        tidied.agentIDs = agentIDs.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
        if tidied.agentIDs.isEmpty { complaints.add("agents", "Choisissez au moins un agent.") }
        if tidied.agentIDs.count > Self.mostAgents { complaints.add("agents", "\(Self.mostAgents) agents au plus.") }
        let own = try Self.all(of: acting, in: db)
        if !own.contains(where: { $0.id == id }), own.count >= Self.mostGroups {
            complaints.add("name", "Vous gardez déjà \(Self.mostGroups) groupes. Supprimez-en un d’abord.")
        }
        try complaints.check()
        _ = try AgendaOwner.find(tidied.agentIDs, seenBy: acting, in: db)
        try saying(["agenda_group_name": .field("name", "name-taken", "Vous avez déjà un groupe de ce nom.")]) {
            try tidied.write(isNew: !own.contains { $0.id == id }, of: acting, in: db)
        }
        try tidied.journal(own.contains { $0.id == id } ? .changed : .created, by: acting, at: now, in: db)
    }

    public static func delete(_ id: ID<AgendaGroup>, by acting: Acting, at now: Instant, in db: Writer) throws {
        try acting.requireWriting()
        let group = try find(id, of: acting, in: db)
        try db.run("DELETE FROM agenda_group_agent WHERE territory_id = \(acting.territoryID) AND group_id = \(id)")
        try db.run("DELETE FROM agenda_group WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try group.journal(.deleted, by: acting, at: now, in: db)
    }

    private func write(isNew: Bool, of acting: Acting, in db: Writer) throws {
        let territory = acting.territoryID
        if isNew {
            try db.run(
                "INSERT INTO agenda_group (territory_id, id, owner_id, name) VALUES (\(territory), \(id), \(acting.agent.id), \(name))")
        } else {
            try db.run("UPDATE agenda_group SET name = \(name) WHERE territory_id = \(territory) AND id = \(id)")
        }
        try db.run("DELETE FROM agenda_group_agent WHERE territory_id = \(territory) AND group_id = \(id)")
        for (number, agent) in agentIDs.enumerated() {
            try db.run(
                """
                INSERT INTO agenda_group_agent (territory_id, group_id, agent_id, number)
                VALUES (\(territory), \(id), \(agent), \(number))
                """)
        }
    }

    private func journal(_ act: Journal.Act, by acting: Acting, at now: Instant, in db: Writer) throws {
        let agents = agentIDs.map(\.description).joined(separator: " ")
        try Journal.record(act, about: id.uuid, ["what": "agenda-group", "name": name, "agents": agents], by: acting, at: now, in: db)
    }
}
