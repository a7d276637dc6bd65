import Scheduling
import Store

extension SlotQuery {
    /// Whether more than one agent must be free.
    var needsCompany: Bool { forTwo || !colleagueIDs.isEmpty }
}

/// Who is free beside an agent: the colleagues named, or anybody of the house.
///
/// The starts at which each can give the whole time are known beforehand, so that an hour made of two halves of two colleagues is none.
struct Company: Sendable {
    /// Nobody in particular when empty.
    let named: [ID<Agent>]
    /// Of each place by its number: where each colleague may begin.
    private(set) var starts: [Int32: [ID<Agent>: UnitSet]] = [:]
    private let calendars: [AgentCalendar]
    private let numbers: Numbers
    private let onSite: Bool

    init(_ query: SlotQuery, onSite: Bool, built: Calendars.Built) {
        named = query.colleagueIDs
        calendars = named.isEmpty ? built.calendars : built.calendars.filter { query.colleagueIDs.contains($0.agent) }
        numbers = built.numbers
        self.onSite = onSite
    }

    /// Where an agent may begin so that someone is with them all along.
    mutating func starts(with candidate: Candidate, of agent: ID<Agent>, length: Int) -> UnitSet {
        if starts[candidate.place] == nil { starts[candidate.place] = self.starts(at: candidate.place, length: length) }
        let alone = candidate.free.erodedForRun(length: length)
        guard let others = starts[candidate.place] else { return alone }
        if !named.isEmpty {
            guard !named.contains(agent) else { return UnitSet(window: alone.window) }
            return named.reduce(alone) { $0.intersection(others[$1] ?? UnitSet(window: alone.window)) }
        }
        var anybody = UnitSet(window: alone.window)
        for (other, units) in others where other != agent { anybody.formUnion(units) }
        return alone.intersection(anybody)
    }

    private func starts(at place: Int32, length: Int) -> [ID<Agent>: UnitSet] {
        let there = numbers.compatible(with: numbers.places[Int(place)], onSite: onSite)
        var found: [ID<Agent>: UnitSet] = [:]
        for calendar in calendars {
            let units = calendar.calendar.free(at: { there[Int($0)] }).erodedForRun(length: length)
            if !units.isEmpty { found[calendar.agent] = units }
        }
        return found
    }

    /// Those named; else, of those who can begin at that time, the least busy around it.
    func colleagues(of agent: ID<Agent>, at start: Instant, place: Int32, length: Int) -> [ID<Agent>] {
        guard named.isEmpty else { return named }
        let unit = UnitSet.unit(of: start)
        let free = calendars.filter { $0.agent != agent && starts[place]?[$0.agent]?.contains(unit) == true }
        let around = unit - 576..<unit + length + 576
        return free.map { ($0.calendar.load(in: around).share, $0.agent) }.min { $0 < $1 }.map { [$0.1] } ?? []
    }
}

extension SlotFinder {
    /// The same agents, where somebody can be with them.
    func accompanied(_ found: Candidates) -> Candidates {
        var company = Company(query, onSite: reason.how == .site, built: built)
        var kept = Candidates(agents: found.agents)
        for candidate in found.all {
            let starts = company.starts(with: candidate, of: found.agents[Int(candidate.agent)], length: search.length)
            guard !starts.isEmpty else { continue }
            kept.all.append(
                Candidate(
                    agent: candidate.agent, place: candidate.place, free: candidate.free, starts: starts, ranks: candidate.ranks,
                    taken: candidate.taken))
        }
        kept.company = company
        return kept
    }
}
