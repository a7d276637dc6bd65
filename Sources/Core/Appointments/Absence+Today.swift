import Foundation
import Scheduling
import Store

extension Absence {
    /// « Indisponible aujourd’hui »: what became of the day's appointments.
    public struct Today: Sendable, Equatable {
        public let absence: Absence
        /// Appointments that will not take place.
        public let appointments: Int
        /// People whom a message tells at once.
        public let messages: Int
        /// People whom someone must call.
        public let calls: Int
    }

    /// Someone is ill: no slot of theirs is offered any more today, their appointments are « non assuré par le service », those with a
    /// mobile are told at once, the others are a list to call; all or nothing. What they were to receive with a colleague goes on without.
    ///
    /// Every appointment of the day is dealt with, whoever may see it: the agent will be with nobody. No reason is written: it is health.
    /// - Parameter wholeDay: those of this morning too; otherwise from now on.
    /// - Throws: a ``Refusal``; nothing is written then.
    public static func declareToday(
        of agent: ID<Agent>, wholeDay: Bool, urgent: String? = nil, by acting: Acting, at now: Instant, in store: Store
    ) async throws -> Today {
        try await store.claim { db in try declareToday(of: agent, wholeDay: wholeDay, urgent: urgent, by: acting, at: now, in: db) }
    }

    /// The same inside a transaction begun with `Store.claim`.
    /// - Parameter urgent: why those whose appointment is still far are told now, even at night.
    public static func declareToday(
        of agent: ID<Agent>, wholeDay: Bool, urgent: String? = nil, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Today {
        guard let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first else { throw Refusal.notFound }
        guard acting.canSayAway(owner) else { throw Refusal.forbidden }
        let absence = Absence(agentID: agent, title: todayTitle, stretch: try today(wholeDay, of: acting.territory, at: now))
        let before = try Appointment.upcoming(of: agent, touching: absence, of: acting.territory, at: now, in: db)
        let colleagues = try Appointment.colleagues(of: before.map(\.id), of: acting.territoryID, in: db)
        let concerned = Set(before.map(\.agentID)).union(colleagues.values.flatMap { $0 }).union([agent])
        try Agent.lockCalendars(concerned, of: acting.territoryID, in: db)
        try absence.insert(of: acting.territoryID, in: db)
        try absence.record(.created, by: acting, at: now, in: db)
        let covered = try Appointment.upcoming(of: agent, touching: absence, of: acting.territory, at: now, in: db)
        let lost = try covered.filter { try !$0.goesOn(without: absence, by: acting, at: now, in: db) }
        for appointment in lost { try appointment.giveUp(for: absence, by: acting, at: now, in: db) }
        try Message.hurry(about: lost.map(\.id), because: urgent, by: acting, at: now, in: db)
        let told = try Tidings.count(absence.id.uuid, of: acting.territoryID, in: db)
        return Today(absence: absence, appointments: lost.count, messages: told.messages, calls: told.open)
    }

    static let todayTitle = "Absence imprévue"

    /// From midnight, or from the last five minutes, to midnight.
    static func today(_ wholeDay: Bool, of territory: Territory, at now: Instant) throws -> Stretch {
        let civil = territory.zone.civil(now)
        return try Stretch(recurrence: Recurrence(first: civil.date), from: wholeDay ? 0 : civil.minute / 5 * 5, to: 1440)
    }

    /// The appointments that ``declareToday(of:wholeDay:urgent:by:at:in:)`` would deal with and that one may see, and the people whom a
    /// message would tell.
    public static func todaysAppointments(
        of agent: ID<Agent>, seenBy acting: Acting, now: Instant, in db: Reader
    ) throws -> (owner: AgendaOwner, covered: Covered, byMessage: Set<ID<Person>>) {
        guard let owner = try AgendaOwner.find([agent], seenBy: acting, in: db).first else { throw Refusal.notFound }
        guard acting.canSayAway(owner) else { throw Refusal.forbidden }
        let day = acting.territory.zone.day(acting.territory.zone.civil(now).date)
        let seen = try AgendaAppointment.read(of: [agent], in: day, seenBy: acting, in: db).filter { $0.status == .upcoming }
        let absence = Absence(agentID: agent, stretch: try today(true, of: acting.territory, at: now))
        let all = try Appointment.upcoming(of: agent, touching: absence, of: acting.territory, at: now, in: db)
        let people = try seen.flatMap(\.people).compactMap { try Person.find($0.id, of: acting.territoryID, in: db) }
        let discretion = try Discretion.of(people.map(\.id), of: acting.territoryID, in: db)
        let byMessage = people.filter { $0.reach(minding: discretion[$0.id] ?? .none, soon: true)?.channel == .sms }
        return (owner, Covered(appointments: seen, hidden: max(all.count - seen.count, 0)), Set(byMessage.map(\.id)))
    }
}

extension Acting {
    /// Whether they may say that this agent is away today: the agent, reception and those responsible.
    public func canSayAway(_ owner: AgendaOwner) -> Bool {
        canFill(owner) || owner.organizations.contains { can(.sayAway, in: $0.id) }
    }
}

extension Appointment {
    /// An agent's appointments that an absence touches and that somebody still takes part in, whoever may see them, in order of time.
    static func upcoming(
        of agent: ID<Agent>, touching absence: Absence, of territory: Territory, at now: Instant, in db: Reader
    ) throws -> [Appointment] {
        let midnight = territory.zone.instant(territory.zone.civil(now).date, minute: 0)
        let away = absence.stretch.ranges(in: midnight..<now.adding(days: 3 * 366 + 1), zone: territory.zone)
        guard let start = away.map(\.lowerBound).min(), let end = away.map(\.upperBound).max() else { return [] }
        return try Cover.parts(of: agent, territory.id).flatMap { try upcoming($0, in: start..<end, of: territory.id, in: db) }
            .filter { one in away.contains { $0.overlaps(one.time) } }
    }

    /// Those of some agents or places that touch a window and that somebody still takes part in, in order of time; group appointments too
    /// that nobody has enrolled in yet.
    static func upcoming(_ which: SQL, in window: Range<Instant>, of territory: Int64, in db: Reader) throws -> [Appointment] {
        try db.all(
            """
            SELECT \(columns) FROM appointment WHERE appointment.territory_id = \(territory) AND \(which)
              AND appointment.starts_at > \(window.lowerBound.adding(seconds: -86_400)) AND appointment.starts_at < \(window.upperBound)
              AND appointment.ends_at > \(window.lowerBound) AND (EXISTS (
                SELECT 1 FROM participation WHERE participation.territory_id = appointment.territory_id
                  AND participation.appointment_id = appointment.id AND participation.status = 'upcoming')
                OR EXISTS (SELECT 1 FROM appointment_group WHERE appointment_group.territory_id = appointment.territory_id
                  AND appointment_group.appointment_id = appointment.id AND appointment_group.cancelled_at IS NULL))
            ORDER BY appointment.starts_at, appointment.id
            """
        ) { try Appointment($0) }
    }

    /// A colleague who was to receive with the agent receives without; nobody does where it takes two.
    fileprivate func goesOn(without absence: Absence, by acting: Acting, at now: Instant, in db: Writer) throws -> Bool {
        let colleagues = try colleagues(in: db)
        guard colleagues.count > (isForTwo ? 1 : 0) else { return false }
        try goOn(without: absence.agentID, why: "Agent indisponible.", by: acting, at: now, in: db)
        return true
    }

    /// « Non assuré par le service », for all who were to come.
    fileprivate func giveUp(for absence: Absence, by acting: Acting, at now: Instant, in db: Writer) throws {
        for participation in try Participation.of(self, in: db) where participation.status == .upcoming {
            try end(
                .notProvided, for: participation.personID, Tidings.Origin(cause: .absence, id: absence.id.uuid), by: acting, at: now, in: db
            )
        }
        try GroupSeats.callOff(self, by: acting, at: now, in: db)
    }

    /// Ends it for someone, who must learn it.
    func end(
        _ status: Participation.Status, for person: ID<Person>, _ origin: Tidings.Origin, why: String = "Agent indisponible.",
        by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        try set(status, for: person, why: why, by: acting.author, at: now, in: db)
        guard let fact = try lastFact(in: db), let person = try Person.find(person, of: territoryID, in: db) else { return }
        try Tidings.record(
            origin, of: self, to: person, message: messageKey(.cancellation, person.id, fact: fact.id), by: acting, at: now, in: db)
    }
}
