import Foundation
import Scheduling
import Store

/// What comes to lie over appointments: an agent's absence, or the closure of a house.
struct Cover: Sendable {
    let origin: Tidings.Origin
    /// Conditions on `appointment`, each with its own way in: what one of them finds is touched.
    let which: [SQL]
    /// The agent who is away; nobody in particular when a house closes.
    var agent: ID<Agent>?
    let away: [Range<Instant>]
    /// Whether an agent at a place is away too.
    let hits: @Sendable (ID<Agent>, Numbers.Place) -> Bool
    /// Said in the history of each appointment.
    var why = "Agent indisponible."
    /// What is moved goes into an opening; otherwise wherever its agent is free.
    var needsOpening = true

    /// What an agent receives alone or first, and what they receive with others.
    static func parts(of agent: ID<Agent>, _ territory: Int64, and more: SQL = "") -> [SQL] {
        ["appointment.agent_id = \(agent) \(more)", "\(Appointment.isWith([agent], of: territory)) \(more)"]
    }

    /// How far ahead appointments are looked for: none is taken beyond.
    static func window(from now: Instant) -> Range<Instant> { now..<now.adding(days: 3 * 366 + 1) }

    /// Always true, and a way in: appointments are found by agent and time. Those of a house alone would be looked for among all.
    static func ofAnyAgent(_ territory: Int64) -> SQL {
        "appointment.agent_id IN (SELECT agent.id FROM agent WHERE agent.territory_id = \(territory))"
    }

    /// The appointments still to come that it touches, in order of time.
    /// - Parameter acting: as far as they may see them; `nil`: whoever may.
    func appointments(of territory: Int64, seenBy acting: Acting? = nil, at now: Instant, in db: Reader) throws -> [Appointment] {
        guard let end = away.map(\.upperBound).max() else { return [] }
        let seen = acting.map { " AND \(Appointment.visible(to: $0))" as SQL } ?? ""
        return try which.flatMap { which in
            try Appointment.upcoming("\(which)\(seen)", in: now..<max(end, now.adding(seconds: 1)), of: territory, in: db)
        }.filter { one in away.contains { $0.overlaps(one.time) } }.sorted { ($0.startsAt, $0.id) < ($1.startsAt, $1.id) }
    }

    func covered(seenBy acting: Acting, at now: Instant, in db: Reader) throws -> Covered {
        let all = try appointments(of: acting.territoryID, at: now, in: db)
        let seen = try AgendaAppointment.read(all.map(\.id), seenBy: acting, in: db)
        return Covered(appointments: seen, hidden: all.count - seen.count)
    }
}

/// The upcoming appointments that an absence or a closure covers, whole or in part: someone has to say what becomes of each.
public struct Covered: Sendable, Equatable {
    public let appointments: [AgendaAppointment]
    /// How many more there are that the reader may not see.
    public let hidden: Int

    public init(appointments: [AgendaAppointment], hidden: Int) {
        self.appointments = appointments
        self.hidden = hidden
    }

    public static let none = Covered(appointments: [], hidden: 0)

    public var isEmpty: Bool { appointments.isEmpty && hidden == 0 }
    public var count: Int { appointments.count + hidden }
}

extension Absence {
    func cover(of territory: Territory, at now: Instant) -> Cover {
        let agent = agentID
        return Cover(
            origin: Tidings.Origin(cause: .absence, id: id.uuid), which: Cover.parts(of: agent, territory.id), agent: agent,
            away: stretch.ranges(in: Cover.window(from: now), zone: territory.zone), hits: { other, _ in other == agent })
    }

    /// - Throws: ``Refusal/notFound`` when the agenda may not be seen.
    public func covered(seenBy acting: Acting, now: Instant, in db: Reader) throws -> Covered {
        _ = try AgendaOwner.find([agentID], seenBy: acting, in: db)
        return try cover(of: acting.territory, at: now).covered(seenBy: acting, at: now, in: db)
    }

    /// What could be done about each appointment that it covers.
    public func offers(_ calendars: Calendars, by acting: Acting, now: Instant, in db: Reader) throws -> [ID<Appointment>: Remedy.Ways] {
        try calendars.offers(under: cover(of: acting.territory, at: now), by: acting, now: now, in: db)
    }
}
