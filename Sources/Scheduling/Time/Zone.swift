import Foundation
import Synchronization

/// A time zone, with its clock changes computed once (1970 to 2100), so that both conversions take nanoseconds.
public struct Zone: Sendable {
    /// As in the IANA database: "Europe/Paris".
    public let identifier: String
    let changes: ClockChanges

    /// Nil when there is no such zone.
    public init?(_ identifier: String) {
        if let known = Zone.known.withLock({ $0[identifier] }) {
            changes = known
        } else {
            guard let zone = TimeZone(identifier: identifier) else { return nil }
            let computed = ClockChanges(of: zone)
            Zone.known.withLock { $0[identifier] = computed }
            changes = computed
        }
        self.identifier = identifier
    }

    /// Finding the changes of a zone takes milliseconds, and a request makes the zone of its territory anew.
    private static let known = Mutex<[String: ClockChanges]>([:])

    /// The instant of a civil time. `minute` counts from midnight, 0 to 1440 (the next midnight).
    ///
    /// A time skipped when clocks go forward moves forward by as much; of a time that happens twice, the first is meant.
    public func instant(_ date: CivilDate, minute: Int) -> Instant {
        let local = Int64(date.dayNumber) * 86_400 + Int64(minute) * 60
        return Instant(local - changes.offset(local: local))
    }

    /// False when clocks skip that time on that day.
    public func exists(_ date: CivilDate, minute: Int) -> Bool {
        let local = Int64(date.dayNumber) * 86_400 + Int64(minute) * 60
        let instant = local - changes.offset(local: local)
        return instant + changes.offset(instant: instant) == local
    }

    /// What the calendar and the clock on the wall show, seconds dropped.
    public func civil(_ instant: Instant) -> (date: CivilDate, minute: Int) {
        let local = instant.rawValue + changes.offset(instant: instant.rawValue)
        let day = local.flooredQuotient(by: 86_400)
        return (CivilDate(dayNumber: Int(day)), Int(local - day * 86_400) / 60)
    }

    /// From a day's midnight to the next: 24 hours, or 23 or 25 when clocks change.
    public func day(_ date: CivilDate) -> Range<Instant> {
        instant(date, minute: 0)..<instant(date.adding(days: 1), minute: 0)
    }
}

extension Zone: Hashable {
    public static func == (left: Zone, right: Zone) -> Bool {
        left.identifier == right.identifier
    }

    public func hash(into hasher: inout Hasher) {
        hasher.combine(identifier)
    }
}

extension Zone: Codable {
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let zone = Zone(try container.decode(String.self)) else {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: "not a known time zone")
        }
        self = zone
    }

    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(identifier)
    }
}
