import Foundation
import Scheduling
import Store

/// A change of an opening or of an absence as a recorded fact: who, when, what it said before and after; it can be undone by another.
public struct AgendaChange: Sendable, Equatable {
    public let id: ID<AgendaChange>
    public let agentID: ID<Agent>
    public let what: What
    /// The opening or the absence.
    public let thingID: UUID
    /// Nothing for what was made then.
    public let before: AgendaContent?
    /// Nothing for what was taken away.
    public let after: AgendaContent?
    public let at: Instant
    public let by: ID<Agent>
    public let undoes: ID<AgendaChange>?

    public enum What: String, Sendable, SQLBindable, SQLReadable { case opening, absence }

    public init(
        id: ID<AgendaChange> = .new(), agentID: ID<Agent>, what: What, thingID: UUID, before: AgendaContent?, after: AgendaContent?,
        at: Instant, by: ID<Agent>, undoes: ID<AgendaChange>? = nil
    ) {
        self.id = id
        self.agentID = agentID
        self.what = what
        self.thingID = thingID
        self.before = before
        self.after = after
        self.at = at
        self.by = by
        self.undoes = undoes
    }
}

extension AgendaChange {
    static let columns: SQL = """
        agenda_change.id, agenda_change.agent_id, agenda_change.what, agenda_change.thing_id, agenda_change.before, agenda_change.after,
        agenda_change.at, agenda_change.by_agent, agenda_change.undoes_id
        """

    init(_ row: Row) throws {
        self.init(
            id: try row[0], agentID: try row[1], what: try row[2], thingID: try row[3],
            before: try (try row[4] as String?).map { try AgendaContent(text: $0) },
            after: try (try row[5] as String?).map { try AgendaContent(text: $0) }, at: try row[6], by: try row[7], undoes: try row[8])
    }

    /// Writes the fact in the transaction that makes it true.
    func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO agenda_change (territory_id, id, agent_id, what, thing_id, before, after, at, by_agent, undoes_id)
            VALUES (\(territory), \(id), \(agentID), \(what), \(thingID), \(try before?.text()), \(try after?.text()), \(at), \(by), \(undoes))
            """)
    }

    /// Those of an agent since an instant, the latest first.
    static func of(_ agent: ID<Agent>, since: Instant, of territory: Int64, in db: Reader) throws -> [AgendaChange] {
        try db.all(
            """
            SELECT \(columns) FROM agenda_change
            WHERE territory_id = \(territory) AND agent_id = \(agent) AND at >= \(since) ORDER BY at DESC, id DESC LIMIT 500
            """
        ) { try AgendaChange($0) }
    }
}

extension Opening {
    /// - Parameters:
    ///   - old: what it was, unless it was made or taken away.
    ///   - undoes: the change that this one undoes.
    func noteChange(
        _ act: Journal.Act, from old: Opening?, undoes: ID<AgendaChange>? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let before = act == .deleted ? self : old
        try AgendaChange(
            agentID: agentID, what: .opening, thingID: id.uuid, before: before.map { AgendaContent($0) },
            after: act == .deleted ? nil : AgendaContent(self), at: now, by: acting.agent.id, undoes: undoes
        ).insert(of: acting.territoryID, in: db)
    }
}

extension Absence {
    /// - Parameters:
    ///   - old: what it was, unless it was made or taken away.
    ///   - undoes: the change that this one undoes.
    func noteChange(
        _ act: Journal.Act, from old: Absence?, undoes: ID<AgendaChange>? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let before = act == .deleted ? self : old
        try AgendaChange(
            agentID: agentID, what: .absence, thingID: id.uuid, before: before.map { AgendaContent($0) },
            after: act == .deleted ? nil : AgendaContent(self), at: now, by: acting.agent.id, undoes: undoes
        ).insert(of: acting.territoryID, in: db)
    }
}
