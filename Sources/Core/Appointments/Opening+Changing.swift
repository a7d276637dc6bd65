import Scheduling
import Store

extension Opening {
    /// The one with this id, with its reasons, if its agent's agenda may be seen.
    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Opening>, seenBy acting: Acting, in db: Reader) throws -> (opening: AgendaOpening, owner: AgendaOwner)
    {
        let agent: ID<Agent>? = try db.first(
            "SELECT agent_id FROM opening WHERE territory_id = \(acting.territoryID) AND id = \(id)"
        ) { try $0[0] }
        guard let agent, let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first,
            let found = try AgendaOpening.read(of: [agent], from: .distantPast, seenBy: acting, in: db).first(where: { $0.opening.id == id }
            )
        else { throw Refusal.notFound }
        return (found, owner)
    }

    /// Opens an agent's time.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func create(_ draft: OpeningDraft, by acting: Acting, at now: Instant, in store: Store) async throws -> Opening {
        try await store.claim { db in try create(draft, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public static func create(_ draft: OpeningDraft, by acting: Acting, at now: Instant, in db: Writer) throws -> Opening {
        try lock(draft.agentID, in: draft.organizationID, by: acting, db)
        let opening = try draft.checked(by: acting, at: now, in: db)
        try opening.insert(of: acting.territoryID, in: db)
        try opening.record(.created, by: acting, at: now, in: db)
        return opening
    }

    /// Replaces what an opening says; appointments taken in it stay as they are.
    public static func update(
        _ id: ID<Opening>, _ draft: OpeningDraft, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Opening {
        try await store.claim { db in
            let (found, _) = try find(id, seenBy: acting, in: db)
            try lock(found.opening.agentID, in: found.opening.organizationID, by: acting, db)
            let old = try find(id, seenBy: acting, in: db).opening.opening
            guard draft.agentID == old.agentID else { throw Refusal.notFound }
            try requireFilling(draft.agentID, in: draft.organizationID, by: acting, db)
            try old.checkVersion(draft.version)
            let opening = try draft.checked(replacing: old, by: acting, at: now, in: db)
            try opening.write(of: acting.territoryID, in: db)
            try opening.record(.changed, from: old, by: acting, at: now, in: db)
            return opening
        }
    }

    /// Closes it: appointments taken in it stay as they are.
    public static func delete(_ id: ID<Opening>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            let (found, _) = try find(id, seenBy: acting, in: db)
            try lock(found.opening.agentID, in: found.opening.organizationID, by: acting, db)
            // Someone else may have deleted it while this one waited.
            let opening = try find(id, seenBy: acting, in: db).opening.opening
            try opening.erase(of: acting.territoryID, in: db)
            try opening.record(.deleted, by: acting, at: now, in: db)
        }
    }

    static func lock(_ agent: ID<Agent>, in organization: ID<Organization>, by acting: Acting, _ db: Writer) throws {
        try requireFilling(agent, in: organization, by: acting, db)
        try Agent.lockCalendars([agent], of: acting.territoryID, in: db)
    }

    static func requireFilling(_ agent: ID<Agent>, in organization: ID<Organization>, by acting: Acting, _ db: Reader) throws {
        guard let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first,
            owner.organizations.contains(where: { $0.id == organization })
        else { throw Refusal.notFound }
        guard acting.canFill(owner, in: organization) else { throw Refusal.forbidden }
    }

    /// The journal's entry, and the fact by which it can be undone.
    /// - Parameter old: what it was, when it was there and still is.
    func record(
        _ act: Journal.Act, from old: Opening? = nil, undoes: ID<AgendaChange>? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try noteChange(act, from: old, undoes: undoes, by: acting, at: now, in: db)
        let payload = ["what": "opening", "agent": agentID.description, "organization": organizationID.description]
        try Journal.record(act, about: id.uuid, payload, by: acting, at: now, in: db)
    }
}

extension Opening {
    /// The agent's appointments still to come that lie in it and are for one of its reasons: deleting it leaves them as they are.
    public func upcoming(seenBy acting: Acting, now: Instant, in db: Reader) throws -> [AgendaAppointment] {
        let window = now..<now.adding(days: 3 * 366 + 1)
        let hours = stretch.ranges(in: window, zone: acting.territory.zone)
        let found = try AgendaAppointment.read(of: [agentID], in: window, seenBy: acting, in: db)
        return found.filter { $0.status == .upcoming && $0.organizationID == organizationID && $0.time.lies(in: hours) }
    }
}

extension Range<Instant> {
    /// - Parameter others: in order.
    func lies(in others: [Range<Instant>]) -> Bool {
        others.contains { $0.lowerBound <= lowerBound && upperBound <= $0.upperBound }
    }
}

extension CivilDate {
    /// Before anything that is written.
    public static let distantPast = CivilDate(dayNumber: -719_162)
}
