import Dispatch

/// Those who wait for their turn, in order, each until a deadline. A plain value: whoever holds it acts on what it answers.
struct Line<Element> {
    private struct Place {
        let ticket: Int
        let deadline: ContinuousClock.Instant
        let element: Element
    }

    private var places: [Place] = []
    private var isTimerSet = false

    var isEmpty: Bool { places.isEmpty }

    mutating func join(_ element: Element, ticket: Int, deadline: ContinuousClock.Instant) {
        places.append(Place(ticket: ticket, deadline: deadline, element: element))
    }

    mutating func next(where isWanted: (Element) -> Bool = { _ in true }) -> Element? {
        guard let first = places.first, isWanted(first.element) else { return nil }
        return places.removeFirst().element
    }

    /// Takes someone out of the line, if they still stand in it.
    mutating func leave(_ ticket: Int) -> Element? {
        guard let index = places.firstIndex(where: { $0.ticket == ticket }) else { return nil }
        return places.remove(at: index).element
    }

    /// When to look for the late ones, unless a timer is set already: one for all, because all wait equally long.
    mutating func timerToSet() -> ContinuousClock.Instant? {
        guard !isTimerSet, let first = places.first else { return nil }
        isTimerSet = true
        return first.deadline
    }

    /// Takes out those whose deadline has passed.
    mutating func late(_ now: ContinuousClock.Instant) -> [Element] {
        isTimerSet = false
        let late = places.prefix { $0.deadline <= now }
        places.removeFirst(late.count)
        return late.map(\.element)
    }
}

/// Does something at an instant.
func at(_ instant: ContinuousClock.Instant, _ work: @escaping @Sendable () -> Void) {
    let left = ContinuousClock.now.duration(to: instant) / .nanoseconds(1)
    DispatchQueue.global().asyncAfter(deadline: .now() + .nanoseconds(max(Int(left), 0)), execute: work)
}
