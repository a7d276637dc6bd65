import Scheduling
import Store

extension Calendars {
    /// The free slots that a query asks for, among the organizations where this agent may book.
    /// - Throws: ``Refusal/notFound`` when the reason is not theirs to book.
    public func find(_ query: SlotQuery, for acting: Acting, now: Instant, in db: Reader) throws -> FoundSlots {
        try finder(query, for: acting, now: now, in: db).run()
    }

    /// The same search, ready to run over calendars that are current.
    public func finder(_ query: SlotQuery, for acting: Acting, now: Instant, in db: Reader) throws -> SlotFinder {
        let bookable = try Reason.findBookable(query.reasonID, by: acting, in: db), reason = bookable.reason
        let built = try current(of: acting.territory, now: now, in: db)
        let preferred = try Preference.find(for: query.personID, in: reason.serviceID, of: acting.territoryID, now: now, db: db)
        let search = query.search(reason, of: acting.territory, now: now)
        let resources = try FreeResources.read(
            query.resources, window: UnitSet.window(built.window), of: acting, now: now, in: db)
        var finder = SlotFinder(
            query: query, bookable: bookable, built: built, search: search, preferred: preferred, resources: resources)
        finder.groups = try GroupSlot.find(query, bookable, search, of: acting.territoryID, in: db)
        return finder
    }

    /// The free slots nearest to a time that was refused, same query otherwise.
    public func nearest(
        to start: Instant, count: Int = 3, _ query: SlotQuery, for acting: Acting, now: Instant, in db: Reader
    ) throws -> [Slot] {
        let slots = try findConsecutive(query, for: acting, now: now, in: db).slots
        let byDistance = slots.sorted { abs($0.start - start) < abs($1.start - start) }
        return byDistance.prefix(count).sorted { $0.start < $1.start }
    }
}

extension SlotQuery {
    func search(_ reason: Reason, of territory: Territory, now: Instant) -> SlotSearch {
        let earliest = now.adding(minutes: reason.earliestMinutes)
        let latest = isSeries ? now.adding(days: 7 * Calendars.weeksAhead) : now.adding(minutes: reason.latestMinutes)
        var range = earliest..<latest
        if let dates {
            let asked = territory.zone.instant(dates.lowerBound, minute: 0)..<territory.zone.instant(dates.upperBound, minute: 0)
            range = range.clamped(to: asked)
        }
        let turn = reason.minutes + reason.gapMinutes
        return SlotSearch(
            minutes: turn * inARow - reason.gapMinutes, step: reason.stepMinutes ?? turn, gap: reason.gapMinutes, startingIn: range,
            dayPart: dayPart, zone: territory.zone)
    }
}

/// One search over built calendars: pure.
public struct SlotFinder: Sendable {
    let query: SlotQuery
    let reason: Reason
    let built: Calendars.Built
    let search: SlotSearch
    let preferred: Preference
    private let following: Following?
    /// Of a collective reason, those that stand already.
    fileprivate(set) var groups: [GroupSlot] = []
    /// Nothing when none is wished for.
    let resources: FreeResources?
    /// Of each place by its number, whether it is asked for.
    private let asked: [Bool]

    init(
        query: SlotQuery, bookable: BookableReason, built: Calendars.Built, search: SlotSearch, preferred: Preference,
        resources: FreeResources? = nil
    ) {
        self.query = query
        reason = bookable.reason
        self.built = built
        self.search = search
        self.preferred = preferred
        self.resources = resources
        following = Following(reason, query, preferred)
        let allowed = Set(bookable.organizations + bookable.beyond)
        let organizations = query.organizationIDs.isEmpty ? allowed : allowed.intersection(query.organizationIDs)
        asked = built.numbers.places.map { organizations.contains($0.organization) && $0.isAmong(query.siteIDs) }
    }

    public func run() -> FoundSlots {
        let found = candidates()
        return FoundSlots(reason: reason, firstOfPlaces: firstOfPlaces(found), slots: slots(found), following: following, groups: groups)
    }

    /// By time, then by place.
    private func slots(_ found: Candidates) -> [Slot] {
        let byPlace = Dictionary(grouping: found.all.indices) { found.all[$0].place }
        let places = byPlace.sorted { built.numbers.places[Int($0.key)].order < built.numbers.places[Int($1.key)].order }
        let starts = places.map { place in search.run(over: place.value.map { found.all[$0] }) }
        return search.inTime(starts).map { place, start in
            slot(at: start.start, count: start.count, places[place].value[start.proposed], of: found)
        }
    }

    /// The next free slot of each place alone, the soonest first.
    public func firstOfPlaces() -> [Slot] { firstOfPlaces(candidates()) }

    private func firstOfPlaces(_ found: Candidates) -> [Slot] {
        search.first(over: found.all).map { slot(at: $0.start, count: 1, $0.proposed, of: found) }
    }

    struct Candidates {
        var agents: [ID<Agent>] = []
        var all: [Candidate] = []
        /// Who may be free with them, when somebody must.
        var company: Company?
    }

    /// The calendars that serve the reason at a place that is asked for.
    func candidates() -> Candidates {
        var found = Candidates()
        guard let number = built.numbers.known(reason.id) else { return found }
        for calendar in built.calendars where isAsked(calendar.agent) {
            let places = calendar.calendar.places(for: number).filter { asked[Int($0)] }
            guard !places.isEmpty else { continue }
            let ranks = search.weeks.map { preferred.rank(calendar.agent, load: calendar.calendar.load(in: $0.units)) }
            for place in places {
                found.all.append(
                    Candidate(
                        agent: Int32(found.agents.count), place: place, free: calendar.calendar.free(reason: number, place: place),
                        ranks: ranks, taken: reason.gapMinutes > 0 ? calendar.calendar.taken : nil))
            }
            found.agents.append(calendar.agent)
        }
        return query.needsCompany ? accompanied(found) : found
    }

    /// Of the holds of others, those that take time which this search looks at.
    public func concerned(_ holds: [Hold]) -> [Hold] {
        guard !holds.isEmpty, let number = built.numbers.known(reason.id) else { return [] }
        return holds.filter { hold in
            guard search.allows(hold.time.lowerBound), isAsked(hold.agentID),
                let calendar = built.calendars.first(where: { $0.agent == hold.agentID })
            else { return false }
            return calendar.calendar.places(for: number).contains { asked[Int($0)] }
        }
    }

    private func isAsked(_ agent: ID<Agent>) -> Bool {
        (query.agentIDs.isEmpty || query.agentIDs.contains(agent)) && (following?.allows(agent) ?? true)
    }

    func slot(at start: Instant, count: Int, _ index: Int, of found: Candidates) -> Slot {
        let candidate = found.all[index]
        let agent = found.agents[Int(candidate.agent)]
        let place = built.numbers.places[Int(candidate.place)]
        var slot = Slot(
            start: start, minutes: reason.minutes, organizationID: place.organization, siteID: place.site, agentID: agent,
            because: preferred.because(agent), count: count,
            colleagueIDs: found.company?.colleagues(of: agent, at: start, place: candidate.place, length: search.length) ?? [])
        slot.resourceIDs = found.company?.resources?.chosen(at: start, place: place) ?? []
        return slot
    }
}

extension SlotSearch {
    /// The starts of several places in order of time, those of one time in the order of the places; with the place's index.
    ///
    /// They are dealt out by counting: sorting thousands of slots takes longer than finding them.
    fileprivate func inTime(_ places: [[FoundStart]]) -> [(place: Int, start: FoundStart)] {
        var next = [Int](repeating: 0, count: starts.count + 1)
        for place in places { for start in place { next[rank(start) + 1] += 1 } }
        for index in next.indices.dropFirst() { next[index] += next[index - 1] }
        guard let any = places.lazy.compactMap(\.first).first else { return [] }
        var dealt = [(place: Int, start: FoundStart)](repeating: (0, any), count: next[starts.count])
        for (index, place) in places.enumerated() {
            for start in place {
                dealt[next[rank(start)]] = (index, start)
                next[rank(start)] += 1
            }
        }
        return dealt
    }

    private func rank(_ start: FoundStart) -> Int { UnitSet.unit(of: start.start) - starts.lowerBound }
}

extension Numbers.Place {
    /// Orders the slots of one time by place.
    fileprivate var order: ID<Site> { site ?? ID(organization.uuid) }

    /// No site asked for: any place is good.
    fileprivate func isAmong(_ sites: Set<ID<Site>>) -> Bool { sites.isEmpty || site.map(sites.contains) ?? false }
}

extension Numbers {
    func known(_ reason: ID<Reason>) -> Int32? { numberOfReason[reason] }
}
