import Scheduling

/// The hours at which nobody is disturbed: the night, and unless the territory says otherwise Sundays and public holidays.
struct Quiet: Sendable {
    let zone: Zone
    let holidays: HolidayZone
    /// Minutes since midnight.
    let from: Int
    let until: Int
    let sundays: Bool

    init(zone: Zone, holidays: HolidayZone, from: Int = 1200, until: Int = 480, sundays: Bool = false) {
        (self.zone, self.holidays, self.from, self.until, self.sundays) = (zone, holidays, from, until, sundays)
    }

    init(_ territory: Territory) {
        self.init(
            zone: territory.zone, holidays: territory.holidayZone, from: territory.quietFrom, until: territory.quietUntil,
            sundays: territory.sundayMessages)
    }

    func holds(at now: Instant) -> Bool {
        let civil = zone.civil(now)
        return isQuiet(civil.date) || civil.minute < until || civil.minute >= from
    }

    /// The first instant from this one on at which one may write.
    func next(from now: Instant) -> Instant {
        let civil = zone.civil(now)
        if !isQuiet(civil.date), civil.minute < from { return max(now, zone.instant(civil.date, minute: until)) }
        return zone.instant(open(after: civil.date, by: 1), minute: until)
    }

    /// The last instant up to this one at which one may write: what is due at night is said the evening before, an hour before it is late.
    func last(before now: Instant) -> Instant {
        let civil = zone.civil(now)
        if !isQuiet(civil.date), civil.minute >= until {
            return civil.minute < from ? now : zone.instant(civil.date, minute: evening)
        }
        return zone.instant(open(after: civil.date, by: -1), minute: evening)
    }

    /// So many minutes later, those at which nobody is disturbed left out.
    func adding(minutes: Int, from now: Instant) -> Instant {
        var (moment, left) = (next(from: now), minutes)
        while true {
            let room = from - zone.civil(moment).minute
            guard left > room else { return moment.adding(minutes: left) }
            left -= room
            moment = next(from: moment.adding(minutes: room))
        }
    }

    private var evening: Int { max(until, from - 60) }

    /// The next day, or the one before, that is not quiet: never three in a row are, but for a calendar that nobody has.
    private func open(after date: CivilDate, by step: Int) -> CivilDate {
        var day = date.adding(days: step)
        for _ in 0..<10 where isQuiet(day) { day = day.adding(days: step) }
        return day
    }

    private func isQuiet(_ date: CivilDate) -> Bool { !sundays && (date.weekday == .sunday || holidays.isHoliday(date)) }
}
