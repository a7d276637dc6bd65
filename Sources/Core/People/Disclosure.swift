import Foundation
import Scheduling
import Store

/// Why an agent opened the file of someone whom another organization of the territory follows (table `disclosure`).
public struct Disclosure: Sendable, Equatable {
    public let id: ID<Disclosure>
    public let personID: ID<Person>
    public let agentID: ID<Agent>
    public let reason: String
    public let at: Instant
    public let expiresAt: Instant

    /// The time of a long call and of what it asks for; opening the file again later asks for a reason again.
    public static let minutes = 30
    public static let longestReason = 300
}

extension Disclosure {
    /// Lets the agent open the file for ``minutes``. The reason is kept, and journalled as the person's.
    /// - Throws: a ``Refusal``: no reason, nobody of this territory (journal that one with `Person.open`).
    @discardableResult
    public static func make(
        for person: ID<Person>, because typed: String, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Disclosure {
        try acting.require(.findPeople)
        try acting.requireWriting()
        let reason = typed.trimmingCharacters(in: .whitespacesAndNewlines)
        var complaints = Complaints()
        if reason.count < 3 { complaints.add("reason", "Dites en quelques mots pourquoi vous ouvrez cette fiche.") }
        if reason.count > longestReason { complaints.add("reason", "\(longestReason) caractères au plus : gardez l’essentiel.") }
        try complaints.check()
        guard try Person.exists(person, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        let disclosure = Disclosure(
            id: .new(), personID: person, agentID: acting.agent.id, reason: reason, at: now, expiresAt: now.adding(minutes: minutes))
        try disclosure.insert(of: acting.territoryID, in: db)
        try Journal.record(.disclosed, about: person.uuid, ["reason": reason], by: acting, at: now, in: db)
        return disclosure
    }

    private func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO disclosure (territory_id, id, person_id, agent_id, reason, at, expires_at)
            VALUES (\(territory), \(id), \(personID), \(agentID), \(reason), \(at), \(expiresAt))
            """)
    }

    static func holds(for person: ID<Person>, to acting: Acting, at now: Instant, in db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM disclosure WHERE territory_id = \(acting.territoryID) AND agent_id = \(acting.agent.id)
              AND person_id = \(person) AND expires_at > \(now)
            """)
    }
}

extension Person {
    static func exists(_ id: ID<Person>, of territory: Int64, in db: Reader) throws -> Bool {
        try db.exists("SELECT 1 FROM person WHERE territory_id = \(territory) AND id = \(id)")
    }
}
