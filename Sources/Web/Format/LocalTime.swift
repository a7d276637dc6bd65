import Scheduling

/// Instants as people say them, in a territory's zone.
struct LocalTime: Sendable {
    let zone: Zone
    let now: Instant

    var today: CivilDate { zone.civil(now).date }

    /// "jeudi 3 décembre à 9 h 30".
    func moment(_ instant: Instant) -> String {
        let civil = zone.civil(instant)
        return Format.moment(civil.date, minute: civil.minute, today: today)
    }

    /// "jeudi 3 décembre".
    func day(_ instant: Instant) -> String { Format.day(zone.civil(instant).date, today: today) }

    /// "9 h 30".
    func time(_ instant: Instant) -> String { Format.time(zone.civil(instant).minute) }
}
