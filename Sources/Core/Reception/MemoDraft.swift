import Foundation
import Scheduling
import Store

/// A memo as it is written down while someone is on the phone.
public struct MemoDraft: Sendable {
    public var agentID: ID<Agent>
    public var organizationID: ID<Organization>
    public var personID: ID<Person>?
    public var caller: String
    /// As it was said; empty when there is none.
    public var phone: String
    public var text: String
    public var dueAt: Instant

    public init(
        agentID: ID<Agent>, organizationID: ID<Organization>, personID: ID<Person>? = nil, caller: String, phone: String, text: String,
        dueAt: Instant
    ) {
        self.agentID = agentID
        self.organizationID = organizationID
        self.personID = personID
        self.caller = caller
        self.phone = phone
        self.text = text
        self.dueAt = dueAt
    }
}

extension MemoDraft {
    /// Leaves the memo; the agent's open screens hear of it.
    ///
    /// Whoever finds people in an organization leaves a memo for those who work there.
    /// - Throws: a ``Refusal``; nothing is written then.
    public func leave(by acting: Acting, at now: Instant, in db: Writer) throws -> Memo {
        try acting.require(.findPeople, in: organizationID)
        guard try Memo.canBeLeft(for: agentID, in: organizationID, of: acting.territoryID, db: db) else { throw Refusal.notFound }
        if let personID {
            guard try Person.isKnown(personID, to: acting, at: now, in: db) else { throw Refusal.notFound }
        }
        try Agent.lockCalendars([agentID], of: acting.territoryID, in: db)
        let memo = try checked(by: acting, at: now)
        try memo.insert(of: acting.territoryID, in: db)
        try memo.journal(.created, [:], by: acting, at: now, in: db)
        return memo
    }

    private func checked(by acting: Acting, at now: Instant) throws -> Memo {
        var complaints = Complaints()
        let caller = caller.trimmingCharacters(in: .whitespacesAndNewlines), text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        if caller.isEmpty { complaints.add("caller", "Écrivez qui a appelé.") }
        if caller.count > Memo.longestCaller { complaints.add("caller", "\(Memo.longestCaller) caractères au plus.") }
        if text.isEmpty { complaints.add("text", "Écrivez ce qu’il faut savoir avant de rappeler.") }
        if text.count > Memo.longest { complaints.add("text", "\(Memo.longest) caractères au plus : gardez l’essentiel.") }
        if (caller + text).unicodeScalars.contains("\0") { complaints.add("text", "Ce mot contient des caractères illisibles.") }
        if dueAt < now { complaints.add("due_at", "Ce moment est passé. Donnez-en un à venir.") }
        if dueAt > now.adding(days: 366) { complaints.add("due_at", "C’est dans plus d’un an. Vérifiez la date.") }
        let number = phone.isEmpty ? nil : PhoneNumber(phone)
        if !phone.isEmpty, number == nil { complaints.add("phone", "Ce numéro n’est pas possible. Vérifiez-le avec la personne.") }
        try complaints.check()
        return Memo(
            id: .new(), organizationID: organizationID, agentID: agentID, personID: personID, caller: caller, phone: number?.e164,
            text: text,
            dueAt: dueAt, createdBy: acting.agent.id, createdAt: now, settledAt: nil)
    }
}

extension Memo {
    /// Someone who works there.
    static func canBeLeft(for agent: ID<Agent>, in organization: ID<Organization>, of territory: Int64, db: Reader) throws -> Bool {
        try db.exists(
            """
            SELECT 1 FROM membership JOIN agent ON agent.territory_id = membership.territory_id AND agent.id = membership.agent_id
            WHERE membership.territory_id = \(territory) AND membership.agent_id = \(agent)
              AND membership.organization_id = \(organization) AND agent.disabled_at IS NULL
            """)
    }

    /// What was said stays out of it.
    func journal(_ act: Journal.Act, _ payload: [String: String], by acting: Acting, at now: Instant, in db: Writer) throws {
        let facts = payload.merging(["what": "memo", "memo": id.description, "agent": agentID.description]) { given, _ in given }
        try Journal.record(act, about: personID?.uuid ?? id.uuid, facts, by: acting, at: now, in: db)
    }
}
