/// An agent's time over a window, built once for each version of their calendar and searched many times.
public struct BuiltCalendar: Sendable {
    public let window: Range<Int>
    /// With their units already restricted to what is free.
    private let groups: [OpeningGroup]
    /// Units of all openings, those away taken out, appointments left in.
    private let open: UnitCounts
    /// What claims take, open or not.
    public let taken: UnitSet
    /// Units of `open` that appointments take.
    private let booked: UnitCounts

    /// Let the window begin at a civil midnight: starts are laid from the beginning of each run of free units.
    ///
    /// - Parameters:
    ///   - away: when the agent cannot be booked at all: absences, closures, public holidays. It is not open time.
    ///   - booked: the claims of appointments and holds. They count in the agent's load; both make time busy.
    public init(window: Range<Int>, openings: [OpeningInput], away: [Range<Instant>], booked: [Range<Instant>]) {
        var groups = OpeningGroup.groups(of: openings, window: window)
        var open = UnitSet(window: window)
        for group in groups { open.formUnion(group.units) }
        for range in away { open.remove(touching: range) }
        var taken = UnitSet(window: window)
        for range in booked { taken.insert(touching: range) }
        self.taken = taken
        taken.formIntersection(open)
        let free = open.subtracting(taken)
        for index in groups.indices { groups[index].restrict(to: free) }
        self.window = window
        self.groups = groups
        self.open = UnitCounts(open)
        self.booked = UnitCounts(taken)
    }

    /// Where this reason can be booked, each place once, in order.
    public func places(for reason: Int32) -> [Int32] {
        // A set to sort would cost more than the search of the agent's calendar: there is one place, most often.
        var places: [Int32] = []
        for group in groups where group.serves(reason, at: nil) && !places.contains(group.place) { places.append(group.place) }
        if places.count > 1 { places.sort() }
        return places
    }

    /// The units that are free for a reason at a place; at all its places together when `place` is nil.
    ///
    /// A slot must not begin at one place and end at another: for the slots of a reason that has several places, ask for each.
    public func free(reason: Int32, place: Int32? = nil) -> UnitSet {
        var serving = groups.lazy.filter { $0.serves(reason, at: place) }.map(\.units).makeIterator()
        // Most often there is one group, whose set is given as it is, without a copy.
        guard var free = serving.next() else { return UnitSet(window: window) }
        while let other = serving.next() { free.formUnion(other) }
        return free
    }

    /// The units that are free at some places, whatever the reason: when the agent can be beside another.
    public func free(at isThere: (Int32) -> Bool) -> UnitSet {
        var free = UnitSet(window: window)
        for group in groups where isThere(group.place) { free.formUnion(group.units) }
        return free
    }

    /// The openings that hold these units whole, for a reason at a place: why a slot is offered.
    public func openings(holding units: Range<Int>, reason: Int32, place: Int32? = nil) -> [Int32] {
        groups.filter { $0.serves(reason, at: place) }.flatMap { $0.openings(holding: units) }.sorted()
    }

    /// How much of the open time of some units (those of a `Week`, say) appointments take.
    public func load(in units: Range<Int>) -> Load {
        Load(booked: booked.count(in: units), open: open.count(in: units))
    }
}
