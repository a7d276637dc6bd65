import Scheduling

/// The floor of a search: the words of every agent's openings and booked time, and nothing else.
struct BareCalendars {
    private var open: [UInt64]
    private var busy: [UInt64]

    /// - Parameter weeks: those that are searched.
    init(_ world: SlotsWorld, weeks: Int) {
        let window = UnitSet.starts(
            in: AgendaShape.zone.instant(
                AgendaShape.monday, minute: 0)..<AgendaShape.zone.instant(
                    AgendaShape.monday.adding(days: 7 * weeks), minute: 0))
        let words = (window.count + 63) / 64
        open = [UInt64](repeating: 0, count: words * world.houses.agents.count)
        busy = open
        for rank in world.houses.agents.indices {
            let bits = rank * words * 64 - window.lowerBound
            for week in 0..<weeks {
                for time in AgendaShape(agent: rank).halfHours(week: week) { Self.set(time, in: &open, at: bits) }
            }
            for time in world.booked(by: rank) where UnitSet.window(time).upperBound <= window.upperBound {
                Self.set(time, in: &busy, at: bits)
            }
        }
    }

    private static func set(_ time: Range<Instant>, in words: inout [UInt64], at bits: Int) {
        for unit in UnitSet.window(time) { words[(unit + bits) >> 6] |= 1 << UInt64((unit + bits) & 63) }
    }

    /// A loop of AND over all the words: how many units are free.
    func freeUnits() -> Int {
        var free = 0
        open.withUnsafeBufferPointer { open in
            busy.withUnsafeBufferPointer { busy in
                for word in open.indices { free += (open[word] & ~busy[word]).nonzeroBitCount }
            }
        }
        return free
    }
}
