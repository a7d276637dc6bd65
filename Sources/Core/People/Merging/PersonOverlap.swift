import Scheduling
import Store

/// Two appointments to come at one hour, one on each of two files: one person cannot be at both.
public struct PersonOverlap: Sendable, Equatable {
    public let kept: ID<Appointment>
    public let other: ID<Appointment>
    /// When each begins.
    public let keptAt: Instant
    public let otherAt: Instant

    /// Those that are not over at this instant, soonest first.
    public static func between(
        _ kept: ID<Person>, _ other: ID<Person>, of territory: Int64, after now: Instant, in db: Reader
    ) throws -> [PersonOverlap] {
        try db.all(
            """
            SELECT mine.appointment_id, theirs.appointment_id, mine.starts_at, theirs.starts_at FROM claim AS mine
            JOIN claim AS theirs ON theirs.territory_id = mine.territory_id AND theirs.holder_id = \(other)
              AND theirs.starts_at < mine.ends_at AND theirs.starts_at > mine.starts_at - 86400 AND theirs.ends_at > mine.starts_at
            WHERE mine.territory_id = \(territory) AND mine.holder_id = \(kept) AND NOT mine.overbooked AND NOT theirs.overbooked
              AND mine.appointment_id IS NOT NULL AND theirs.appointment_id IS NOT NULL AND mine.ends_at > \(now)
              AND theirs.ends_at > \(now)
            ORDER BY mine.starts_at, theirs.starts_at, mine.appointment_id, theirs.appointment_id
            """
        ) { PersonOverlap(kept: try $0[0], other: try $0[1], keptAt: try $0[2], otherAt: try $0[3]) }
    }
}
