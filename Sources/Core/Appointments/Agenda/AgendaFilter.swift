import Scheduling

/// What of an agenda someone wants to see. It hides from the page, never from the calendar: time that is taken stays taken.
public struct AgendaFilter: Sendable, Equatable {
    public var reasonID: ID<Reason>?
    public var serviceID: ID<Service>?
    public var how: How?
    public var state: State?

    /// Where an appointment stands, as people look for it.
    public enum State: String, CaseIterable, Sendable {
        case upcoming, attended, missed, cancelled
        case toClose = "to-close"
        case notProvided = "not-provided"
    }

    public static let none = AgendaFilter()

    public init(reasonID: ID<Reason>? = nil, serviceID: ID<Service>? = nil, how: How? = nil, state: State? = nil) {
        self.reasonID = reasonID
        self.serviceID = serviceID
        self.how = how
        self.state = state
    }

    func keeps(_ one: AgendaAppointment, at now: Instant) -> Bool {
        (reasonID ?? one.reasonID) == one.reasonID && (serviceID ?? one.serviceID) == one.serviceID && (how ?? one.how) == one.how
            && (state ?? one.state(at: now)) == one.state(at: now)
    }

    /// An opening is kept when one of its reasons would be; where an appointment stands says nothing of it.
    func keeps(_ one: AgendaOpening) -> Bool {
        guard reasonID != nil || serviceID != nil || how != nil else { return true }
        if let service = one.opening.permanenceOf { return reasonID == nil && how == nil && serviceID == service }
        return one.purposes.contains {
            (reasonID ?? $0.reasonID) == $0.reasonID && (serviceID ?? $0.serviceID) == $0.serviceID && (how ?? $0.how) == $0.how
        }
    }
}

/// A kind of thing in an agenda, that one may leave out of sight.
public enum AgendaLayer: String, CaseIterable, Sendable { case appointments, openings, absences, holds }

extension AgendaAppointment {
    public func state(at now: Instant) -> AgendaFilter.State {
        switch status {
        case .upcoming: isToClose(at: now) ? .toClose : .upcoming
        case .attended: .attended
        case .missed: .missed
        case .cancelledByPerson, .cancelledByService: .cancelled
        case .notProvided: .notProvided
        }
    }
}

extension AgendaDay {
    /// The same day with less in sight. What is free stays free only inside what is still shown open.
    public func showing(_ filter: AgendaFilter, without hidden: Set<AgendaLayer> = [], at now: Instant) -> AgendaDay {
        guard filter != .none || !hidden.isEmpty else { return self }
        let kept = { (layer: AgendaLayer) in !hidden.contains(layer) }
        let opened = kept(.openings) ? openings.filter { filter.keeps($0.item) } : []
        return AgendaDay(
            date: date, owner: owner, holiday: holiday,
            appointments: kept(.appointments) ? appointments.filter { filter.keeps($0.item, at: now) } : [],
            cancelled: kept(.appointments) ? cancelled.filter { filter.keeps($0.item, at: now) } : [],
            busy: kept(.appointments) ? busy : [], holds: kept(.holds) ? holds : [], openings: opened,
            absences: kept(.absences) ? absences : [], closures: kept(.absences) ? closures : [],
            free: free.intersected(with: opened.map(\.minutes)))
    }
}

extension [Range<Int>] {
    /// What is in one of these and in one of the others, as disjoint ranges in order.
    func intersected(with others: [Range<Int>]) -> [Range<Int>] {
        let outside = [0..<1440].subtracting(others)
        return subtracting(outside)
    }
}
