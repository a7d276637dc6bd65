import Scheduling
import Store

/// When a resource cannot be had: a car at the garage, an interpreter on holiday.
///
/// It keeps the resource's time with claims, a day each, that nobody's appointment holds: nothing is booked over it, and it is written
/// over nothing that is booked.
public struct ResourcePause: Sendable, Equatable {
    public let id: ID<ResourcePause>
    public let resourceID: ID<Resource>
    public let time: Range<Instant>
    public let why: String

    public init(id: ID<ResourcePause> = .new(), resourceID: ID<Resource>, time: Range<Instant>, why: String) {
        self.id = id
        self.resourceID = resourceID
        self.time = time
        self.why = why
    }

    /// Beyond it, the resource is better retired.
    public static let longestDays = 92
}

extension ResourcePause {
    /// - Throws: a ``Refusal``; nothing is written then.
    public func begin(by acting: Acting, at now: Instant, in store: Store) async throws {
        do {
            try await store.claim { db in try begin(by: acting, at: now, in: db) }
        } catch let violation as ConstraintViolation where violation.name == Claim.overlap {
            throw Refusal.pauseTaken
        }
    }

    private func begin(by acting: Acting, at now: Instant, in db: Writer) throws {
        try Resource.lockCalendars([resourceID], of: acting.territoryID, in: db)
        try check(try Resource.managed(resourceID, by: acting, in: db), at: now)
        try db.run(
            """
            INSERT INTO resource_pause (territory_id, id, resource_id, starts_at, ends_at, why, created_by)
            VALUES (\(acting.territoryID), \(id), \(resourceID), \(time.lowerBound), \(time.upperBound), \(why), \(acting.agent.id))
            """)
        for day in days {
            try db.run(
                """
                INSERT INTO claim (territory_id, holder_id, starts_at, ends_at, id, holder, expires_at, overbooked)
                VALUES (\(acting.territoryID), \(resourceID), \(day.lowerBound), \(day.upperBound), \(ID<Claim>.new()), 'resource',
                  \(time.upperBound), \(false))
                """)
        }
        try Journal.record(.created, about: resourceID.uuid, ["what": "resource-pause", "why": why], by: acting, at: now, in: db)
    }

    private func check(_ resource: Resource, at now: Instant) throws {
        var complaints = Complaints()
        if time.upperBound <= now { complaints.add("until", "Cette date est passée.") }
        if time.upperBound - time.lowerBound > Int64(Self.longestDays) * 86_400 {
            complaints.add("until", "Trois mois au plus. Pour plus longtemps, retirez-la dans les réglages.")
        }
        if why.count > 200 { complaints.add("why", "200 caractères au plus : gardez l’essentiel.") }
        try complaints.check()
    }

    /// No claim is longer than a day.
    private var days: [Range<Instant>] {
        var days: [Range<Instant>] = [], start = time.lowerBound
        while start < time.upperBound {
            let end = min(start.adding(seconds: 86_400), time.upperBound)
            days.append(start..<end)
            start = end
        }
        return days
    }

    /// It can be had again.
    public static func end(_ id: ID<ResourcePause>, of resource: ID<Resource>, by acting: Acting, at now: Instant, in store: Store)
        async throws
    {
        try await store.claim { db in
            try Resource.lockCalendars([resource], of: acting.territoryID, in: db)
            _ = try Resource.managed(resource, by: acting, in: db)
            let window = Instant(0)..<now.adding(days: 4_000)
            guard let pause = try of(resource, in: window, of: acting.territoryID, in: db).first(where: { $0.id == id }) else {
                throw Refusal.notFound
            }
            try db.run(
                """
                DELETE FROM claim WHERE territory_id = \(acting.territoryID) AND holder_id = \(resource) AND appointment_id IS NULL
                  AND starts_at >= \(pause.time.lowerBound) AND ends_at <= \(pause.time.upperBound)
                """)
            try db.run("DELETE FROM resource_pause WHERE territory_id = \(acting.territoryID) AND id = \(id)")
            try Journal.record(.deleted, about: resource.uuid, ["what": "resource-pause"], by: acting, at: now, in: db)
        }
    }

    /// Those that touch a window, in order of time.
    static func of(_ resource: ID<Resource>, in window: Range<Instant>, of territory: Int64, in db: Reader) throws -> [ResourcePause] {
        try db.all(
            """
            SELECT id, resource_id, starts_at, ends_at, why FROM resource_pause WHERE territory_id = \(territory)
              AND resource_id = \(resource) AND ends_at > \(window.lowerBound) AND starts_at < \(window.upperBound) ORDER BY starts_at, id
            """
        ) { ResourcePause(id: try $0[0], resourceID: try $0[1], time: try $0[2]..<(try $0[3]), why: try $0[4]) }
    }
}

extension Resource {
    /// - Throws: ``Refusal/notFound`` for one of a house where they have no role; ``Refusal/forbidden`` for who may not book there.
    static func managed(_ id: ID<Resource>, by acting: Acting, in db: Reader) throws -> Resource {
        guard let resource = try find(id, of: acting.territoryID, in: db), acting.roles[resource.organizationID] != nil else {
            throw Refusal.notFound
        }
        try acting.require(.book, in: resource.organizationID)
        return resource
    }
}

extension Refusal {
    public static let pauseTaken = Refusal(
        .conflict, "pause-taken",
        "Elle est déjà prise pendant ce temps : déplacez d’abord ces rendez-vous, ou donnez-leur une autre ressource.")
}
