import Scheduling
import Store

/// A closure as someone asks for it. Complaints name the fields `title`, `place` and those of ``StretchDraft``.
public struct ClosureDraft: Sendable, Equatable {
    public var organizationID: ID<Organization>
    public var siteID: ID<Site>?
    public var title: String
    public var stretch: StretchDraft

    public init(organizationID: ID<Organization>, siteID: ID<Site>? = nil, title: String, stretch: StretchDraft) {
        self.organizationID = organizationID
        self.siteID = siteID
        self.title = title
        self.stretch = stretch
    }

    /// - Throws: a ``Refusal`` with sentences beside fields.
    public func checked(of territory: Territory, at now: Instant) throws -> Closure {
        var complaints = Complaints()
        if title.isEmpty { complaints.add("title", "Dites pourquoi : « Pont de l’Ascension », « Travaux »…") }
        if title.count > 100 { complaints.add("title", "C’est trop long : 100 caractères au plus.") }
        let stretch = stretch.checked(in: territory.zone, at: now, &complaints)
        try complaints.check()
        guard let stretch else { throw Refusal.notFound }
        return Closure(organizationID: organizationID, siteID: siteID, title: title, stretch: stretch)
    }
}

extension Closure {
    /// Those of the organizations whose agendas one may open, soonest first.
    public static func visible(to acting: Acting, in db: Reader) throws -> [Closure] {
        try of(acting.roles.keys.sorted(), of: acting.territoryID, in: db)
    }

    /// - Throws: ``Refusal/notFound``.
    public static func find(_ id: ID<Closure>, seenBy acting: Acting, in db: Reader) throws -> Closure {
        guard let found = try visible(to: acting, in: db).first(where: { $0.id == id }) else { throw Refusal.notFound }
        return found
    }

    /// Closes a house: no slot is offered there any more, for any of its agents.
    /// - Parameter remedies: what becomes of each appointment that it covers; without any, they stay as they are.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func create(
        _ draft: ClosureDraft, remedies: Remedies? = nil, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Closure {
        do {
            return try await store.claim { db in try create(draft, remedies: remedies, by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.slotTaken
        }
    }

    /// The same inside a transaction begun with `Store.claim`.
    public static func create(
        _ draft: ClosureDraft, remedies: Remedies? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Closure {
        try lock(draft.organizationID, draft.siteID, remedies, by: acting, db)
        let closure = try draft.checked(of: acting.territory, at: now)
        try closure.insert(of: acting.territoryID, in: db)
        try closure.record(.created, by: acting, at: now, in: db)
        try remedies?.apply(under: closure.cover(of: acting.territory, at: now), by: acting, at: now, in: db)
        return closure
    }

    /// Says what becomes of the appointments that a saved closure still covers.
    public static func remedy(_ id: ID<Closure>, _ remedies: Remedies, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            let closure = try find(id, seenBy: acting, in: db)
            try lock(closure.organizationID, closure.siteID, remedies, by: acting, db)
            try remedies.apply(under: closure.cover(of: acting.territory, at: now), by: acting, at: now, in: db)
        }
    }

    /// Opens the house again: its slots are offered again.
    public static func delete(_ id: ID<Closure>, by acting: Acting, at now: Instant, in store: Store) async throws {
        try await store.claim { db in
            let closure = try find(id, seenBy: acting, in: db)
            try lock(closure.organizationID, closure.siteID, by: acting, db)
            try db.run("DELETE FROM closure WHERE territory_id = \(acting.territoryID) AND id = \(id)")
            try closure.record(.deleted, by: acting, at: now, in: db)
        }
    }

    /// Every agent of the house, and those to whom something goes.
    private static func lock(
        _ organization: ID<Organization>, _ site: ID<Site>?, _ remedies: Remedies? = nil, by acting: Acting, _ db: Writer
    ) throws {
        guard acting.roles[organization] != nil else { throw Refusal.notFound }
        try acting.require(.fillEveryAgenda, in: organization)
        if let site {
            let owns = try db.exists(
                "SELECT 1 FROM site WHERE territory_id = \(acting.territoryID) AND id = \(site) AND organization_id = \(organization)")
            guard owns else { throw Refusal.notFound }
        }
        let agents = try Agent.working(in: organization, of: acting.territoryID, in: db)
        try Agent.lockCalendars(try (remedies?.agents(of: acting.territoryID, in: db) ?? []).union(agents), of: acting.territoryID, in: db)
    }

    private func record(_ act: Journal.Act, by acting: Acting, at now: Instant, in db: Writer) throws {
        var payload = ["what": "closure", "organization": organizationID.description]
        payload["site"] = siteID?.description
        try Journal.record(act, about: id.uuid, payload, by: acting, at: now, in: db)
    }
}

extension Closure {
    func cover(of territory: Territory, at now: Instant) -> Cover {
        let site: SQL = siteID.map { "AND appointment.site_id = \($0)" } ?? ""
        let closure = self
        return Cover(
            origin: Tidings.Origin(cause: .closure, id: id.uuid),
            which: ["\(Cover.ofAnyAgent(territory.id)) AND appointment.organization_id = \(organizationID) \(site)"],
            away: stretch.ranges(in: Cover.window(from: now), zone: territory.zone), hits: { closure.closes($1.organization, $1.site) },
            why: "Fermé : \(title)")
    }

    public func covered(seenBy acting: Acting, now: Instant, in db: Reader) throws -> Covered {
        try cover(of: acting.territory, at: now).covered(seenBy: acting, at: now, in: db)
    }

    /// What could be done about each appointment that it covers.
    public func offers(_ calendars: Calendars, by acting: Acting, now: Instant, in db: Reader) throws -> [ID<Appointment>: Remedy.Ways] {
        try calendars.offers(under: cover(of: acting.territory, at: now), by: acting, now: now, in: db)
    }
}

extension Agent {
    /// Everyone with a role in an organization.
    static func working(in organization: ID<Organization>, of territory: Int64, in db: Reader) throws -> [ID<Agent>] {
        try db.all(
            "SELECT DISTINCT agent_id FROM membership WHERE territory_id = \(territory) AND organization_id = \(organization) ORDER BY agent_id"
        ) { try $0[0] }
    }
}
