import Foundation
import Scheduling
import Store

extension DayList {
    /// How it is taken away. Raw values are journalled: never rename one.
    public enum Copy: String, Sendable { case page, csv }

    /// The list of one agent.
    /// - Throws: ``Refusal/notFound`` when that agenda may not be seen.
    public static func export(
        of agent: ID<Agent>, on date: CivilDate, as copy: Copy, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> DayList {
        let owners = try AgendaOwner.find([agent], seenBy: acting, in: db)
        return try export(of: owners, on: date, about: agent.uuid, as: copy, by: acting, at: now, in: db)
    }

    /// Reads it and journals that it was taken away, for each person on it: in one transaction, committed before anything is shown.
    /// - Parameters:
    ///   - owners: who may be seen.
    ///   - subject: the agent or the site whose list it is.
    ///   - isListed: whether that agent's day belongs there.
    public static func export(
        of owners: [AgendaOwner], on date: CivilDate, about subject: UUID, as copy: Copy, by acting: Acting, at now: Instant, in db: Writer,
        isListed: (AgendaDay) -> Bool = { _ in true }
    ) throws -> DayList {
        let agenda = try Agenda.read(of: owners, date..<date.adding(days: 1), seenBy: acting, now: now, in: db)
        let days = agenda.byDay(of: acting.territory, now: now).flatMap { $0 }.filter(isListed)
        var reading = DayListReading(acting: acting, now: now)
        try reading.readAccompanying(days.flatMap(\.appointments).map(\.item.id), in: db)
        let agents = try days.map { OfAgent(owner: $0.owner, lines: try reading.lines(of: $0, in: db)) }
        let facts = ["what": "day-list", "as": copy.rawValue, "date": date.description]
        try Journal.record(.exported, about: subject, facts, by: acting, at: now, in: db)
        for person in reading.named.sorted() { try Journal.record(.exported, about: person.uuid, facts, by: acting, at: now, in: db) }
        return DayList(date: date, agents: agents)
    }
}

/// Gathers what an agenda's rows do not say: who accompanies, and where a home visit goes.
private struct DayListReading {
    let acting: Acting
    let now: Instant
    /// Everyone whose name stands on the list.
    private(set) var named: Set<ID<Person>> = []
    private var accompanying: [ID<Appointment>: [String]] = [:]

    init(acting: Acting, now: Instant) {
        self.acting = acting
        self.now = now
    }

    mutating func readAccompanying(_ appointments: [ID<Appointment>], in db: Reader) throws {
        guard !appointments.isEmpty else { return }
        let found: [(ID<Appointment>, ID<Person>, String)] = try db.all(
            """
            SELECT accompaniment.appointment_id, person.id, person.first_name, person.last_name FROM accompaniment
            JOIN person ON person.territory_id = accompaniment.territory_id AND person.id = accompaniment.person_id
            WHERE accompaniment.territory_id = \(acting.territoryID) AND accompaniment.appointment_id IN \(list: appointments)
            ORDER BY person.id
            """
        ) { (try $0[0], try $0[1], Person.displayName(firstName: try $0[2], lastName: try $0[3])) }
        for (appointment, person, name) in found {
            accompanying[appointment, default: []].append(name)
            named.insert(person)
        }
    }

    mutating func lines(of day: AgendaDay, in db: Reader) throws -> [DayList.Line] {
        var lines = day.busy.map { DayList.Line(minutes: $0) }
        for placed in day.appointments {
            named.formUnion(placed.item.present.map(\.id))
            lines.append(DayList.Line(minutes: placed.minutes, visit: try visit(placed.item, in: db)))
        }
        return lines.sorted { ($0.minutes.lowerBound, $0.minutes.upperBound) < ($1.minutes.lowerBound, $1.minutes.upperBound) }
    }

    private func visit(_ one: AgendaAppointment, in db: Reader) throws -> DayList.Visit {
        let isHidden = one.how == .home && one.present.contains(where: \.discretion.addressHidden)
        return DayList.Visit(
            reason: one.reason, how: one.how, place: isHidden ? "" : try place(of: one, in: db), isPlaceHidden: isHidden, phone: one.phone,
            people: one.present, accompanying: accompanying[one.id, default: []])
    }

    private func place(of one: AgendaAppointment, in db: Reader) throws -> String {
        switch one.how {
        case .site: one.place
        case .phone, .video: ""
        // At home, a site is only where the agent leaves from.
        case .home: one.siteID == nil && !one.place.isEmpty ? one.place : try addresses(of: one.present, in: db)
        }
    }

    /// Only of those whose file this agent may open.
    private func addresses(of people: [AgendaAppointment.Someone], in db: Reader) throws -> String {
        var addresses: [String] = []
        for someone in people where try Person.isKnown(someone.id, to: acting, at: now, in: db) {
            let address = try Person.find(someone.id, of: acting.territoryID, in: db)?.postalAddress ?? ""
            if !address.isEmpty, !addresses.contains(address) { addresses.append(address) }
        }
        return addresses.joined(separator: " ; ")
    }
}
