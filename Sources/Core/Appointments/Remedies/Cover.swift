import Foundation
import Scheduling
import Store

/// What comes to lie over appointments: an agent's absence, or the closure of a house.
struct Cover: Sendable {
    let origin: Tidings.Origin
    /// A condition on `appointment`.
    let which: SQL
    let away: [Range<Instant>]
    /// Whether an agent at a place is away too.
    let hits: @Sendable (ID<Agent>, Numbers.Place) -> Bool
    /// Said in the history of each appointment.
    var why = "Agent indisponible."
    /// What is moved goes into an opening; otherwise wherever its agent is free.
    var needsOpening = true

    /// How far ahead appointments are looked for: none is taken beyond.
    static func window(from now: Instant) -> Range<Instant> { now..<now.adding(days: 3 * 366 + 1) }

    /// Always true, and a way in: appointments are found by agent and time. Those of a house alone would be looked for among all.
    static func ofAnyAgent(_ territory: Int64) -> SQL {
        "appointment.agent_id IN (SELECT agent.id FROM agent WHERE agent.territory_id = \(territory))"
    }

    /// The appointments still to come that it touches, whoever may see them, in order of time.
    func appointments(of territory: Int64, at now: Instant, in db: Reader) throws -> [Appointment] {
        guard let end = away.map(\.upperBound).max() else { return [] }
        return try Appointment.upcoming(which, in: now..<max(end, now.adding(seconds: 1)), of: territory, in: db)
            .filter { one in away.contains { $0.overlaps(one.time) } }
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
    func cover(in zone: Zone, at now: Instant) -> Cover {
        let agent = agentID
        return Cover(
            origin: Tidings.Origin(cause: .absence, id: id.uuid), which: "appointment.agent_id = \(agent)",
            away: stretch.ranges(in: Cover.window(from: now), zone: zone), hits: { other, _ in other == agent })
    }

    /// - Throws: ``Refusal/notFound`` when the agenda may not be seen.
    public func covered(seenBy acting: Acting, now: Instant, in db: Reader) throws -> Covered {
        _ = try AgendaOwner.find([agentID], seenBy: acting, in: db)
        return try cover(in: acting.territory.zone, at: now).covered(seenBy: acting, at: now, in: db)
    }

    /// What could be done about each appointment that it covers.
    public func offers(_ calendars: Calendars, by acting: Acting, now: Instant, in db: Reader) throws -> [ID<Appointment>: Remedy.Ways] {
        try calendars.offers(under: cover(in: acting.territory.zone, at: now), by: acting, now: now, in: db)
    }
}
