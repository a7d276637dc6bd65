import Scheduling

/// An agent's time as lists of ranges, asked one unit at a time: slow, short, and written apart from what it checks.
struct NaiveAgenda {
    var openings: [OpeningInput] = []
    var away: [Range<Instant>] = []
    var booked: [Range<Instant>] = []

    func calendar(_ window: Range<Int>) -> BuiltCalendar {
        BuiltCalendar(window: window, openings: openings, away: away, booked: booked)
    }

    /// Whether a unit of five minutes is inside an opening for the reason and touches nothing busy.
    func isFree(_ unit: Int, reason: Int32, place: Int32?) -> Bool {
        let suitable = openings.filter { $0.reasons.contains(reason) && (place == nil || $0.place == place) }
        return suitable.contains { isInside(unit, $0.ranges) } && !touches(unit, away) && !touches(unit, booked)
    }

    func isOpen(_ unit: Int) -> Bool {
        openings.contains { isInside(unit, $0.ranges) } && !touches(unit, away)
    }

    func isBooked(_ unit: Int) -> Bool {
        isOpen(unit) && touches(unit, booked)
    }

    private func isInside(_ unit: Int, _ ranges: [Range<Instant>]) -> Bool {
        ranges.contains { $0.lowerBound.rawValue <= Int64(unit) * 300 && Int64(unit + 1) * 300 <= $0.upperBound.rawValue }
    }

    private func touches(_ unit: Int, _ ranges: [Range<Instant>]) -> Bool {
        ranges.contains { $0.lowerBound.rawValue < Int64(unit + 1) * 300 && Int64(unit) * 300 < $0.upperBound.rawValue }
    }

    /// Starts laid end to end from the beginning of each run of free units of the window.
    func starts(_ length: Int, reason: Int32, place: Int32?, window: Range<Int>) -> [Int] {
        let free = window.map { isFree($0, reason: reason, place: place) }
        var starts: [Int] = []
        var since = 0
        for offset in free.indices {
            guard free[offset] else {
                since = 0
                continue
            }
            since += 1
            if since == length {
                starts.append(window.lowerBound + offset - length + 1)
                since = 0
            }
        }
        return starts
    }
}

extension NaiveAgenda {
    /// A few days of openings, absences and appointments; most on the grid of five minutes, some not.
    static func random(_ window: Range<Instant>, _ random: inout Seeded) -> NaiveAgenda {
        var agenda = NaiveAgenda()
        for id in 0..<random.int(1...4) {
            let reasons = Set((0...random.int(0...1)).map { _ in Int32(random.int(1...3)) })
            let ranges = (0..<random.int(1...4)).map { _ in range(in: window, upTo: 300, &random) }
            agenda.openings.append(OpeningInput(id: Int32(id), reasons: reasons, place: Int32(random.int(-1...2)), ranges: ranges))
        }
        agenda.away = (0..<random.int(0...2)).map { _ in range(in: window, upTo: 240, &random) }
        agenda.booked = (0..<random.int(0...6)).map { _ in range(in: window, upTo: 90, &random) }
        return agenda
    }

    private static func range(in window: Range<Instant>, upTo minutes: Int, _ random: inout Seeded) -> Range<Instant> {
        let total = Int((window.upperBound - window.lowerBound) / 300)
        var start = window.lowerBound.adding(minutes: 5 * random.int(-12...total))
        if random.chance(15) { start = start.adding(seconds: random.int(1...299)) }
        return start..<start.adding(minutes: random.chance(85) ? 5 * random.int(1...minutes / 5) : random.int(1...minutes))
    }
}
