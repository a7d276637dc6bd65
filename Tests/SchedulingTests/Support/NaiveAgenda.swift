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

    /// Starts laid a step apart from the beginning of each run of free units of the window; nothing is booked in the gap after each.
    func starts(_ search: SlotSearch, reason: Int32, place: Int32?, window: Range<Int>) -> [Int] {
        var starts: [Int] = []
        var beginning: Int?
        for unit in window where isFree(unit, reason: reason, place: place) {
            if unit == window.lowerBound || !isFree(unit - 1, reason: reason, place: place) { beginning = unit }
            guard let beginning, (unit - beginning) % search.step == 0 else { continue }
            let slot = unit..<unit + search.length, gap = slot.upperBound..<slot.upperBound + search.gap
            if slot.allSatisfy({ window.contains($0) && isFree($0, reason: reason, place: place) }),
                !gap.contains(where: { window.contains($0) && touches($0, booked) })
            {
                starts.append(unit)
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
