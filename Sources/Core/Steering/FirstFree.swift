import Scheduling
import Store

/// How many days away the first free slot of a reason is in an organization, found once a day (table `first_free`): the free slots of a
/// past day cannot be found again.
public struct FirstFree: Sendable, Equatable {
    public let day: CivilDate
    public let organization: ID<Organization>
    public let reason: ID<Reason>
    /// Whole civil days; nil when no slot is free as far as the reason allows.
    public let days: Int?
}

extension FirstFree {
    /// Finds and keeps those of today, unless they are there. Any node may ask.
    public static func keep(with calendars: Calendars, at now: Instant, in store: Store) async throws {
        for territory in try await store.read({ db in try Territory.all(in: db) }) {
            let today = territory.zone.civil(now).date
            let isKept = try await store.read { db in
                try db.exists("SELECT 1 FROM first_free WHERE territory_id = \(territory.id) AND day = \(today)")
            }
            guard !isKept else { continue }
            try await store.claim { db in
                for one in try find(of: territory, with: calendars, now: now, in: db) { try one.insert(of: territory.id, in: db) }
            }
        }
    }

    /// As the calendars are now: one for each organization and each reason that an opening of it serves.
    static func find(of territory: Territory, with calendars: Calendars, now: Instant, in db: Reader) throws -> [FirstFree] {
        let built = try calendars.current(of: territory, now: now, in: db)
        let today = territory.zone.civil(now).date
        return try Reason.standing(of: territory.id, in: db).flatMap { reason -> [FirstFree] in
            guard let number = built.numbers.known(reason.id) else { return [] }
            let found = SlotQuery(reasonID: reason.id).search(reason, of: territory, now: now).first(over: built.candidates(for: number))
            let starts = Dictionary(found.map { (built.numbers.places[Int($0.place)].organization, $0.start) }) { min($0, $1) }
            return built.organizations(serving: number).map { organization in
                let days = starts[organization].map { territory.zone.civil($0).date.dayNumber - today.dayNumber }
                return FirstFree(day: today, organization: organization, reason: reason.id, days: days)
            }
        }
    }

    private func insert(of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO first_free (territory_id, day, organization_id, reason_id, days)
            VALUES (\(territory), \(day), \(organization), \(reason), \(days)) ON CONFLICT (territory_id, day, organization_id, reason_id) DO NOTHING
            """)
    }

    /// Those of some days and organizations.
    static func read(
        _ days: Range<CivilDate>, in organizations: [ID<Organization>], of territory: Int64, in db: Reader
    ) throws -> [FirstFree] {
        try db.all(
            """
            SELECT day, organization_id, reason_id, days FROM first_free
            WHERE territory_id = \(territory) AND day >= \(days.lowerBound) AND day < \(days.upperBound)
              AND organization_id IN \(list: organizations)
            """
        ) { FirstFree(day: try $0[0], organization: try $0[1], reason: try $0[2], days: try $0[3]) }
    }
}

extension Calendars.Built {
    /// Every calendar that serves a reason, at each of its places.
    fileprivate func candidates(for reason: Int32) -> [Candidate] {
        calendars.enumerated().flatMap { index, one in
            one.calendar.places(for: reason).map { place in
                Candidate(agent: Int32(index), place: place, free: one.calendar.free(reason: reason, place: place))
            }
        }
    }

    fileprivate func organizations(serving reason: Int32) -> [ID<Organization>] {
        Set(calendars.flatMap { one in one.calendar.places(for: reason).map { numbers.places[Int($0)].organization } }).sorted()
    }
}

extension Reason {
    /// Those that are not retired.
    static func standing(of territory: Int64, in db: Reader) throws -> [Reason] {
        try db.all("SELECT \(columns) FROM reason WHERE territory_id = \(territory) AND retired_at IS NULL ORDER BY id") { try Reason($0) }
    }
}
