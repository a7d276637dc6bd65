import Scheduling

/// Rules of every kind, often at the hours at which clocks change.
extension Recurrence {
    static func random(near day: CivilDate, _ random: inout Seeded) -> Recurrence {
        let first = day.adding(days: -random.int(0...400))
        let pattern: Pattern =
            switch random.int(0...9) {
            case 0...1: .daily(every: random.chance(50) ? 1 : random.int(2...17))
            case 2...6: .weekly(every: random.int(1...5), on: Set((1...random.int(1...4)).map { _ in random.one(of: Weekday.allCases) }))
            default: .monthly(every: random.int(1...4), nth: random.one(of: [1, 2, 3, 4, 5, -1]), random.one(of: Weekday.allCases))
            }
        let until = random.chance(25) ? first.adding(days: random.int(0...700)) : nil
        let times = until == nil && random.chance(30) ? random.int(1...80) : nil
        return Recurrence(first: first, pattern: pattern, until: until, times: times)
    }

    /// Up to ten exceptions: on dates of the pattern mostly, elsewhere sometimes.
    mutating func addRandomExceptions(near day: CivilDate, _ random: inout Seeded) {
        let dates = dates(in: day.adding(days: -40)..<day.adding(days: 40))
        for _ in 0..<random.int(0...10) {
            let date = !dates.isEmpty && random.chance(80) ? random.one(of: dates) : day.adding(days: random.int(-30...30))
            exceptions[date] =
                switch random.int(0...3) {
                case 0: .deleted
                case 1: .moved(to: date.adding(days: random.int(-20...20)), minutes: .randomHours(&random))
                case 2: .cut(minutes: .randomHours(&random))
                default: .added(minutes: .randomHours(&random))
                }
        }
    }
}

extension Range<Int> {
    /// Within a day, or over the midnight that ends it; one in three begins in the small hours.
    static func randomHours(_ random: inout Seeded) -> Range<Int> {
        let from = random.chance(33) ? random.int(0...48) * 5 : random.int(0...1430)
        return from..<from + random.int(5...600)
    }
}

/// A day near a clock change of 2025 to 2027 somewhere, or any day.
func randomDay(_ random: inout Seeded) throws -> CivilDate {
    let changes = [
        "2025-03-30", "2025-10-26", "2026-03-29", "2026-10-25", "2027-03-28", "2027-10-31", "2026-04-05", "2026-09-27", "2026-11-01",
    ]
    let anchor = try date(random.one(of: changes))
    return anchor.adding(days: random.chance(60) ? random.int(-3...3) : random.int(-200...200))
}
