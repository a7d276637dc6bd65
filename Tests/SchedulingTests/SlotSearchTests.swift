import Scheduling
import Testing

struct SlotSearchTests {
    @Test("In thousands of random agendas, slots, counts and proposed agents are those found unit by unit", arguments: 1...8)
    func againstNaive(seed: UInt64) throws {
        var random = Seeded(seed)
        for _ in 0..<300 {
            let trial = try Trial.random(&random)
            #expect(trial.search.run(over: trial.candidates) == trial.naiveRun())
            #expect(trial.search.first(over: trial.candidates) == trial.naiveFirst())
        }
    }

    @Test("The lowest rank of the week is proposed; of equal ranks, the first candidate")
    func ranks() throws {
        let paris = try zone()
        let range = try paris.span("2026-03-09 00:00", "2026-03-23 00:00")
        let search = SlotSearch(minutes: 30, startingIn: range, zone: paris)
        var free = UnitSet(range)
        free.insert(inside: try paris.span("2026-03-10 09:00", "2026-03-10 09:30"))
        free.insert(inside: try paris.span("2026-03-17 09:00", "2026-03-17 09:30"))
        let ranks: [[Int32]] = [[5, 5], [3, 9], [3, 1]]
        let candidates = ranks.enumerated().map { Candidate(agent: Int32($0.offset), free: free, ranks: $0.element) }
        #expect(search.run(over: candidates).map(\.count) == [3, 3])
        #expect(search.run(over: candidates).map(\.proposed) == [1, 2])
        #expect(search.first(over: candidates).map(\.proposed) == [1])
    }

    @Test("An agent free at two places at once counts once")
    func oneAgentTwoPlaces() throws {
        let paris = try zone()
        let range = try paris.span("2026-03-09 00:00", "2026-03-10 00:00")
        var free = UnitSet(range)
        free.insert(inside: try paris.span("2026-03-09 09:00", "2026-03-09 09:30"))
        let candidates = [
            Candidate(agent: 7, place: 1, free: free), Candidate(agent: 7, place: 2, free: free), Candidate(agent: 8, place: 2, free: free),
        ]
        let search = SlotSearch(minutes: 30, startingIn: range, zone: paris)
        #expect(search.run(over: candidates) == [FoundStart(start: try paris.at("2026-03-09 09:00"), count: 2, proposed: 0)])
        #expect(search.first(over: candidates).map(\.place) == [1, 2])
    }

    @Test("Two agents at once, and a room, are found by the same search")
    func together() throws {
        let paris = try zone()
        let range = try paris.span("2026-03-09 00:00", "2026-03-10 00:00")
        let sets = try [("09:00", "11:00"), ("10:00", "12:00"), ("08:00", "10:30")].map { from, to in
            var set = UnitSet(range)
            set.insert(inside: try paris.span("2026-03-09 \(from)", "2026-03-09 \(to)"))
            return set
        }
        let together = Candidate(agent: 0, free: sets[0].intersection(sets[1]).intersection(sets[2]))
        let found = SlotSearch(minutes: 15, startingIn: range, zone: paris).run(over: [together])
        #expect(found.map { shown($0.start, in: paris) } == ["2026-03-09 10:00", "2026-03-09 10:15"])
    }

    @Test("The part of the day is civil: the afternoon begins at noon before and after clocks change, on the same starts as the whole day")
    func dayPart() throws {
        let paris = try zone()
        let range = try paris.span("2026-03-28 00:00", "2026-03-30 00:00")
        var free = UnitSet(range)
        for day in ["2026-03-28", "2026-03-29"] { free.insert(inside: try paris.span("\(day) 10:00", "\(day) 14:00")) }
        let search = SlotSearch(minutes: 45, startingIn: range, dayPart: 720..<1440, zone: paris)
        let found = search.run(over: [Candidate(agent: 1, free: free)]).map { shown($0.start, in: paris) }
        #expect(found == ["2026-03-28 12:15", "2026-03-28 13:00", "2026-03-29 12:15", "2026-03-29 13:00"])
    }

    @Test("With nobody, or nothing free, or no time to look at, there is no slot")
    func nothing() throws {
        let paris = try zone()
        let range = try paris.span("2026-03-09 00:00", "2026-03-10 00:00")
        let search = SlotSearch(minutes: 30, startingIn: range, zone: paris)
        #expect(search.run(over: []).isEmpty && search.first(over: []).isEmpty)
        #expect(search.run(over: [Candidate(agent: 1, free: UnitSet(range))]).isEmpty)
        let never = SlotSearch(minutes: 30, startingIn: range.lowerBound..<range.lowerBound, dayPart: 0..<1440, zone: paris)
        var free = UnitSet(range)
        free.insert(inside: range)
        #expect(never.weeks.isEmpty && never.run(over: [Candidate(agent: 1, free: free)]).isEmpty)
        let elsewhere = SlotSearch(minutes: 30, startingIn: try paris.span("2027-03-09 00:00", "2027-03-10 00:00"), zone: paris)
        #expect(elsewhere.run(over: [Candidate(agent: 1, free: free)]).isEmpty)
    }
}

/// Some agents, what is looked for, and the answer found one unit at a time.
private struct Trial {
    let agendas: [NaiveAgenda]
    let window: Range<Int>
    let search: SlotSearch
    let candidates: [Candidate]
    let notBefore: Instant
    let before: Instant
    let dayPart: Range<Int>?
    let zone: Zone
    static let reason: Int32 = 1

    static func random(_ random: inout Seeded) throws -> Trial {
        let zone = try #require(Zone(random.one(of: zoneNames)))
        let day = try randomDay(&random)
        let span = zone.instant(day, minute: 0)..<zone.instant(day.adding(days: random.int(1...3)), minute: 0)
        let window = UnitSet.window(span)
        let agendas = (0..<random.int(1...4)).map { _ in NaiveAgenda.random(span, &random) }
        let notBefore = span.lowerBound.adding(seconds: random.int(-3600...40_000))
        let before = max(notBefore, span.upperBound.adding(seconds: random.int(-50_000...3600)))
        let from = random.int(0...1439)
        let dayPart = random.chance(40) ? from..<random.int(from...1440) : nil
        let search = SlotSearch(
            minutes: random.int(1...90), step: random.chance(60) ? nil : 5 * random.int(1...20),
            gap: random.chance(60) ? 0 : 5 * random.int(1...9), startingIn: notBefore..<before, dayPart: dayPart, zone: zone)
        var candidates: [Candidate] = []
        for (agent, agenda) in agendas.enumerated() {
            let calendar = agenda.calendar(window)
            for place in calendar.places(for: reason) {
                let ranks = search.weeks.map { _ in Int32(random.int(0...3)) }
                candidates.append(
                    Candidate(
                        agent: Int32(agent), place: place, free: calendar.free(reason: reason, place: place), ranks: ranks,
                        taken: calendar.taken))
            }
        }
        return Trial(
            agendas: agendas, window: window, search: search, candidates: candidates, notBefore: notBefore, before: before,
            dayPart: dayPart,
            zone: zone)
    }

    /// Of one candidate, in order.
    private func starts(_ candidate: Candidate) -> [Instant] {
        let agenda = agendas[Int(candidate.agent)]
        let starts = agenda.starts(search, reason: Trial.reason, place: candidate.place, window: window)
        return starts.map { Instant(Int64($0) * 300) }.filter { $0 >= notBefore && $0 < before && isInDayPart($0) }
    }

    private func isInDayPart(_ start: Instant) -> Bool {
        guard let dayPart else { return true }
        let date = zone.civil(start).date
        return start >= zone.instant(date, minute: dayPart.lowerBound) && start < zone.instant(date, minute: dayPart.upperBound)
    }

    private func rank(_ candidate: Int, at start: Instant) -> Int32 {
        let monday = zone.civil(start).date.monday
        let week = search.weeks.firstIndex { $0.monday == monday }
        return week.map { candidates[candidate].ranks[$0] } ?? .max
    }

    private func lowest(_ candidates: [Int], at start: Instant) -> Int {
        candidates.min { (rank($0, at: start), $0) < (rank($1, at: start), $1) } ?? -1
    }

    private func candidatesByStart() -> [Instant: [Int]] {
        var byStart: [Instant: [Int]] = [:]
        for index in candidates.indices { for start in starts(candidates[index]) { byStart[start, default: []].append(index) } }
        return byStart
    }

    func naiveRun() -> [FoundStart] {
        let found = candidatesByStart().map { start, free in
            FoundStart(start: start, count: Set(free.map { candidates[$0].agent }).count, proposed: lowest(free, at: start))
        }
        return found.sorted { $0.start < $1.start }
    }

    func naiveFirst() -> [FirstStart] {
        let places = Set(candidates.map(\.place))
        let found = places.compactMap { place -> FirstStart? in
            let here = candidates.indices.filter { candidates[$0].place == place }
            let first = here.compactMap { index in starts(candidates[index]).first }.min()
            guard let first else { return nil }
            return FirstStart(
                place: place, start: first, proposed: lowest(here.filter { starts(candidates[$0]).contains(first) }, at: first))
        }
        return found.sorted { ($0.start, $0.place) < ($1.start, $1.place) }
    }
}
