import Scheduling
import Store

extension SlotQuery {
    /// Whether more than one agent must be free.
    var needsTwo: Bool { forTwo || !colleagueIDs.isEmpty }
    /// Whether more than an agent must be free.
    var needsCompany: Bool { needsTwo || !resources.isEmpty }
}

/// Who and what is free beside an agent: the colleagues named, or anybody of the house; a room, a car, an interpreter.
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
    private let needsTwo: Bool
    private(set) var resources: FreeResources?

    init(_ query: SlotQuery, onSite: Bool, built: Calendars.Built, resources: FreeResources?, length: Int) {
        needsTwo = query.needsTwo
        self.resources = resources
        self.resources?.prepare(length: length)
        named = query.colleagueIDs
        calendars = named.isEmpty ? built.calendars : built.calendars.filter { query.colleagueIDs.contains($0.agent) }
        numbers = built.numbers
        self.onSite = onSite
    }

    /// Where an agent may begin so that all that is asked for is there all along.
    mutating func starts(with candidate: Candidate, of agent: ID<Agent>, length: Int) -> UnitSet {
        let together =
            needsTwo ? startsTogether(with: candidate, of: agent, length: length) : candidate.free.erodedForRun(length: length)
        guard let resources else { return together }
        return together.intersection(resources.starts(at: numbers.places[Int(candidate.place)], in: together.window))
    }

    private mutating func startsTogether(with candidate: Candidate, of agent: ID<Agent>, length: Int) -> UnitSet {
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
        guard needsTwo, named.isEmpty else { return named }
        let unit = UnitSet.unit(of: start)
        let free = calendars.filter { $0.agent != agent && starts[place]?[$0.agent]?.contains(unit) == true }
        let around = unit - 576..<unit + length + 576
        return free.map { ($0.calendar.load(in: around).share, $0.agent) }.min { $0 < $1 }.map { [$0.1] } ?? []
    }
}

extension SlotFinder {
    /// The same agents, where somebody can be with them.
    func accompanied(_ found: Candidates) -> Candidates {
        var company = Company(query, onSite: reason.how == .site, built: built, resources: resources, length: search.length)
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
