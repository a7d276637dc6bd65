import Scheduling

extension Day {
    init(_ date: CivilDate) { self.init(date.year, date.month, date.day) }
}

/// Instants as people say them, in a territory's zone.
struct LocalTime: Sendable {
    let zone: Zone
    let now: Instant

    var today: Day { Day(zone.civil(now).date) }

    /// "jeudi 3 décembre à 9 h 30".
    func moment(_ instant: Instant) -> String {
        let civil = zone.civil(instant)
        return Format.moment(Day(civil.date), minute: civil.minute, today: today)
    }

    /// "jeudi 3 décembre".
    func day(_ instant: Instant) -> String { Format.day(Day(zone.civil(instant).date), today: today) }

    /// "9 h 30".
    func time(_ instant: Instant) -> String { Format.time(zone.civil(instant).minute) }
}
