import Scheduling
import Store

/// What recurs in an agent's agenda, and of which one day can change: an opening, or an absence.
public protocol Recurring: Sendable {
    var id: ID<Self> { get }
    var agentID: ID<Agent> { get }
    var stretch: Stretch { get set }
    var version: Int64 { get set }

    /// The one with this id, and whose agenda it is in.
    static func found(_ id: ID<Self>, seenBy acting: Acting, in db: Reader) throws -> (thing: Self, owner: AgendaOwner)
    /// The one with this id, its agent's calendar locked, for who may change it.
    static func locked(_ id: ID<Self>, by acting: Acting, in db: Writer) throws -> Self
    /// The same for other days: a row of its own.
    func another(_ stretch: Stretch) -> Self
    func insert(of territory: Int64, in db: Writer) throws
    func rewrite(of territory: Int64, in db: Writer) throws
    func remove(of territory: Int64, in db: Writer) throws
    func journal(_ act: Journal.Act, from old: Self?, by acting: Acting, at now: Instant, in db: Writer) throws
}

extension Recurring {
    /// Changes one day, that day and those after, or all.
    /// - Parameter version: of what was read before it was changed.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func change(
        _ id: ID<Self>, on date: CivilDate, _ change: OccurrenceChange, _ scope: OccurrenceChange.Scope, version: Int64? = nil,
        by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await store.claim { db in
            let old = try locked(id, by: acting, in: db)
            try old.checkVersion(version)
            if case .move(let other, let minutes) = change { try check(other, minutes, of: acting.territory, at: now) }
            switch scope {
            case .one: try old.replace(with: try old.stretch.changing(date, change), by: acting, at: now, in: db)
            case .following: try old.changeFollowing(date, change, by: acting, at: now, in: db)
            case .all: try old.changeAll(date, change, by: acting, at: now, in: db)
            }
        }
    }

    /// One more day.
    public static func add(
        _ date: CivilDate, minutes: Range<Int>, to id: ID<Self>, by acting: Acting, at now: Instant, in store: Store
    ) async throws {
        try await store.claim { db in
            let old = try locked(id, by: acting, in: db)
            try check(date, minutes, of: acting.territory, at: now)
            try old.replace(with: try old.stretch.adding(date, minutes: minutes), by: acting, at: now, in: db)
        }
    }

    /// - Throws: ``Refusal/changedMeanwhile`` when it is not as it was read.
    func checkVersion(_ read: Int64?) throws {
        guard read == nil || read == version else { throw Refusal.changedMeanwhile }
    }

    static func check(_ date: CivilDate, _ minutes: Range<Int>, of territory: Territory, at now: Instant) throws {
        let nights = (minutes.upperBound - 1) / 1440
        var complaints = Complaints()
        _ = StretchDraft(
            date: date, from: minutes.lowerBound, endDate: nights == 0 ? nil : date.adding(days: nights),
            to: minutes.upperBound - nights * 1440
        ).checked(in: territory.zone, at: now, &complaints)
        try complaints.check()
    }

    func replace(with stretch: Stretch, by acting: Acting, at now: Instant, in db: Writer) throws {
        var changed = self
        changed.stretch = stretch
        try changed.rewrite(of: acting.territoryID, in: db)
        try changed.journal(.changed, from: self, by: acting, at: now, in: db)
    }

    private func changeFollowing(
        _ date: CivilDate, _ change: OccurrenceChange, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        let (before, after) = try stretch.split(at: date)
        guard let before else { return try changeAll(date, change, by: acting, at: now, in: db) }
        try replace(with: before, by: acting, at: now, in: db)
        guard case .move(let other, let minutes) = change else { return }
        let rest = another(try after.shifted(from: date, to: other, minutes: minutes))
        try rest.insert(of: acting.territoryID, in: db)
        try rest.journal(.created, from: nil, by: acting, at: now, in: db)
    }

    private func changeAll(_ date: CivilDate, _ change: OccurrenceChange, by acting: Acting, at now: Instant, in db: Writer) throws {
        guard stretch.isOccurrence(date) else { throw Refusal.notAnOccurrence }
        switch change {
        case .move(let other, let minutes):
            try replace(with: try stretch.shifted(from: date, to: other, minutes: minutes), by: acting, at: now, in: db)
        case .restore: try replace(with: try stretch.with([:]), by: acting, at: now, in: db)
        case .delete:
            try remove(of: acting.territoryID, in: db)
            try journal(.deleted, from: nil, by: acting, at: now, in: db)
        }
    }
}

extension Opening: Recurring {
    public static func found(_ id: ID<Opening>, seenBy acting: Acting, in db: Reader) throws -> (thing: Opening, owner: AgendaOwner) {
        let (found, owner) = try find(id, seenBy: acting, in: db)
        return (found.opening, owner)
    }

    public static func locked(_ id: ID<Opening>, by acting: Acting, in db: Writer) throws -> Opening {
        let (found, _) = try find(id, seenBy: acting, in: db)
        try lock(found.opening.agentID, in: found.opening.organizationID, by: acting, db)
        // Someone else may have changed it while this one waited.
        return try find(id, seenBy: acting, in: db).opening.opening
    }

    public func another(_ stretch: Stretch) -> Opening {
        Opening(
            agentID: agentID, organizationID: organizationID, siteID: siteID, place: place, stretch: stretch, reasonIDs: reasonIDs,
            permanenceOf: permanenceOf)
    }

    public func rewrite(of territory: Int64, in db: Writer) throws { try write(of: territory, in: db) }
    public func remove(of territory: Int64, in db: Writer) throws { try erase(of: territory, in: db) }

    public func journal(_ act: Journal.Act, from old: Opening?, by acting: Acting, at now: Instant, in db: Writer) throws {
        try record(act, from: old, by: acting, at: now, in: db)
    }
}

extension Absence: Recurring {
    public static func found(_ id: ID<Absence>, seenBy acting: Acting, in db: Reader) throws -> (thing: Absence, owner: AgendaOwner) {
        let (found, owner) = try find(id, seenBy: acting, in: db)
        return (found, owner)
    }

    public static func locked(_ id: ID<Absence>, by acting: Acting, in db: Writer) throws -> Absence {
        try lock(try find(id, seenBy: acting, in: db).absence.agentID, by: acting, db)
        return try find(id, seenBy: acting, in: db).absence
    }

    public func another(_ stretch: Stretch) -> Absence { Absence(agentID: agentID, title: title, stretch: stretch) }
    public func rewrite(of territory: Int64, in db: Writer) throws { try write(of: territory, in: db) }
    public func remove(of territory: Int64, in db: Writer) throws { try erase(of: territory, in: db) }

    public func journal(_ act: Journal.Act, from old: Absence?, by acting: Acting, at now: Instant, in db: Writer) throws {
        try record(act, from: old, by: acting, at: now, in: db)
    }
}
