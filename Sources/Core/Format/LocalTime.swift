import Scheduling

/// Instants as people say them, in a territory's zone.
public struct LocalTime: Sendable {
    public let zone: Zone
    public let now: Instant

    public init(zone: Zone, now: Instant) { (self.zone, self.now) = (zone, now) }

    public var today: CivilDate { zone.civil(now).date }

    /// "jeudi 3 décembre à 9 h 30".
    public func moment(_ instant: Instant) -> String {
        let civil = zone.civil(instant)
        return Format.moment(civil.date, minute: civil.minute, today: today)
    }

    /// "jeudi 3 décembre".
    public func day(_ instant: Instant) -> String { Format.day(zone.civil(instant).date, today: today) }

    /// "9 h 30".
    public func time(_ instant: Instant) -> String { Format.time(zone.civil(instant).minute) }
}
