import Scheduling
import Store

/// An absence as someone asks for it. Complaints name the fields `title` and those of ``StretchDraft``.
public struct AbsenceDraft: Sendable, Equatable {
    public var agentID: ID<Agent>
    public var title: String
    public var stretch: StretchDraft
    /// Of the absence that was read before it was changed: a change made meanwhile is refused.
    public var version: Int64?

    public init(agentID: ID<Agent>, title: String = "", stretch: StretchDraft, version: Int64? = nil) {
        self.agentID = agentID
        self.title = title
        self.stretch = stretch
        self.version = version
    }

    /// - Throws: a ``Refusal`` with sentences beside fields.
    public func checked(replacing old: Absence? = nil, of territory: Territory, at now: Instant) throws -> Absence {
        var complaints = Complaints()
        if title.count > 100 { complaints.add("title", "C’est trop long : 100 caractères au plus.") }
        let stretch = stretch.checked(in: territory.zone, at: now, &complaints)
        try complaints.check()
        guard let stretch else { throw Refusal.notFound }
        return Absence(
            id: old?.id ?? .new(), agentID: agentID, title: title, stretch: try stretch.keepingExceptions(of: old?.stretch),
            version: old.map { $0.version + 1 } ?? 0)
    }
}

extension Absence {
    /// The one with this id, if its agent's agenda may be seen; its title is for who may read it.
    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Absence>, seenBy acting: Acting, in db: Reader) throws -> (absence: Absence, owner: AgendaOwner) {
        let found = try all("absence.territory_id = \(acting.territoryID) AND absence.id = \(id)", in: db).first
        guard let found, let owner = try AgendaOwner.find([found.agentID], seenBy: acting, in: db).first else { throw Refusal.notFound }
        return (found.shown(to: acting, owner), owner)
    }

    /// All of an agent's, oldest first, if their agenda may be seen.
    public static func of(_ owner: AgendaOwner, seenBy acting: Acting, in db: Reader) throws -> [Absence] {
        try of(owner.agent.id, of: acting.territoryID, in: db).map { $0.shown(to: acting, owner) }
    }

    private func shown(to acting: Acting, _ owner: AgendaOwner) -> Absence {
        var shown = self
        if !acting.canReadAbsences(of: owner) { shown.title = "" }
        return shown
    }

    /// Says that an agent cannot be booked then.
    /// - Parameter remedies: what becomes of each appointment that it covers; without any, they stay as they are.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func create(
        _ draft: AbsenceDraft, remedies: Remedies? = nil, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Absence {
        do {
            return try await store.claim { db in try create(draft, remedies: remedies, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.slotTaken
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public static func create(
        _ draft: AbsenceDraft, remedies: Remedies? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Absence {
        try lock(draft.agentID, remedies, by: acting, db)
        let absence = try draft.checked(of: acting.territory, at: now)
        try absence.insert(of: acting.territoryID, in: db)
        try absence.record(.created, by: acting, at: now, in: db)
        try remedies?.apply(under: absence.cover(of: acting.territory, at: now), by: acting, at: now, in: db)
        return absence
    }

    /// Says what becomes of the appointments that a saved absence still covers.
    public static func remedy(
        _ id: ID<Absence>, _ remedies: Remedies, by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await store.claim { db in
            try lock(try find(id, seenBy: acting, in: db).absence.agentID, remedies, by: acting, db)
            let (absence, _) = try find(id, seenBy: acting, in: db)
            try remedies.apply(under: absence.cover(of: acting.territory, at: now), by: acting, at: now, in: db)
        }
    }

    /// Replaces what an absence says.
    public static func update(
        _ id: ID<Absence>, _ draft: AbsenceDraft, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Absence {
        try await store.claim { db in
            try lock(try find(id, seenBy: acting, in: db).absence.agentID, by: acting, db)
            let (old, _) = try find(id, seenBy: acting, in: db)
            guard draft.agentID == old.agentID else { throw Refusal.notFound }
            try old.checkVersion(draft.version)
            let absence = try draft.checked(replacing: old, of: acting.territory, at: now)
            try absence.write(of: acting.territoryID, in: db)
            try absence.record(.changed, from: old, by: acting, at: now, in: db)
            return absence
        }
    }

    public static func delete(_ id: ID<Absence>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            try lock(try find(id, seenBy: acting, in: db).absence.agentID, by: acting, db)
            let (absence, _) = try find(id, seenBy: acting, in: db)
            try absence.erase(of: acting.territoryID, in: db)
            try absence.record(.deleted, by: acting, at: now, in: db)
        }
    }

    static func lock(_ agent: ID<Agent>, _ remedies: Remedies? = nil, by acting: Acting, _ db: Writer) throws {
        guard let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first else { throw Refusal.notFound }
        guard acting.canFill(owner) else { throw Refusal.forbidden }
        try Agent.lockCalendars(try (remedies?.agents(of: acting.territoryID, in: db) ?? []).union([agent]), of: acting.territoryID, in: db)
    }

    /// The journal's entry, and the fact by which it can be undone.
    /// - Parameter old: what it was, when it was there and still is.
    func record(
        _ act: Journal.Act, from old: Absence? = nil, undoes: ID<AgendaChange>? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try noteChange(act, from: old, undoes: undoes, by: acting, at: now, in: db)
        try Journal.record(act, about: id.uuid, ["what": "absence", "agent": agentID.description], by: acting, at: now, in: db)
    }
}
