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
        try reading.read(days.flatMap(\.appointments).map(\.item), in: db)
        let agents = days.map { OfAgent(owner: $0.owner, lines: reading.lines(of: $0)) }
        let facts = ["what": "day-list", "as": copy.rawValue, "date": date.description]
        try Journal.record(.exported, about: subject, facts, by: acting, at: now, in: db)
        for person in reading.named.sorted() { try Journal.record(.exported, about: person.uuid, facts, by: acting, at: now, in: db) }
        return DayList(date: date, agents: agents)
    }
}

/// Gathers what an agenda's rows do not say: who accompanies, what people need, and where a home visit goes.
private struct DayListReading {
    let acting: Acting
    let now: Instant
    /// Everyone whose name stands on the list.
    private(set) var named: Set<ID<Person>> = []
    private var accompanying: [ID<Appointment>: [String]] = [:]
    /// Paper is left on tables: these reasons are named on none, whoever prints it.
    private var discreet: Set<ID<Reason>> = []
    private var known: [ID<Person>: (needs: String, address: String)] = [:]

    init(acting: Acting, now: Instant) {
        self.acting = acting
        self.now = now
    }

    mutating func read(_ appointments: [AgendaAppointment], in db: Reader) throws {
        guard !appointments.isEmpty else { return }
        named.formUnion(appointments.flatMap(\.present).map(\.id))
        try readDiscreet(appointments.map(\.reasonID), in: db)
        try readKnown(in: db)
        try readAccompanying(appointments.map(\.id), in: db)
    }

    private mutating func readDiscreet(_ reasons: [ID<Reason>], in db: Reader) throws {
        let found: [ID<Reason>] = try db.all(
            "SELECT id FROM reason WHERE territory_id = \(acting.territoryID) AND id IN \(list: Set(reasons).sorted()) AND discreet"
        ) { try $0[0] }
        discreet.formUnion(found)
    }

    /// Only of those whose file this agent may open, as ``Person/isKnown(_:to:at:in:)`` has it: all in one query.
    private mutating func readKnown(in db: Reader) throws {
        guard acting.can(.findPeople) else { return }
        try db.forEach(
            """
            SELECT person.id, person.needs, person.address, person.postal_code, person.commune FROM person
            WHERE person.territory_id = \(acting.territoryID) AND person.id IN \(list: named.sorted()) AND (
              EXISTS (SELECT 1 FROM person_organization WHERE person_organization.territory_id = person.territory_id
                AND person_organization.person_id = person.id
                AND person_organization.organization_id IN \(list: acting.organizations(with: .findPeople)))
              OR EXISTS (SELECT 1 FROM disclosure WHERE disclosure.territory_id = person.territory_id
                AND disclosure.person_id = person.id AND disclosure.agent_id = \(acting.agent.id) AND disclosure.expires_at > \(now)))
            """
        ) { row in
            let town = "\(try row[3] as String) \(try row[4] as String)"
            let lines = [try row[2] as String, town].map { $0.trimmingCharacters(in: .whitespaces) }
            known[try row[0]] = (try row[1], lines.filter { !$0.isEmpty }.joined(separator: ", "))
        }
    }

    private mutating func readAccompanying(_ appointments: [ID<Appointment>], in db: Reader) throws {
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

    func lines(of day: AgendaDay) -> [DayList.Line] {
        let lines =
            day.busy.map { DayList.Line(minutes: $0) }
            + day.appointments.map { DayList.Line(minutes: $0.minutes, visit: visit($0.item)) }
        return lines.sorted { ($0.minutes.lowerBound, $0.minutes.upperBound) < ($1.minutes.lowerBound, $1.minutes.upperBound) }
    }

    private func visit(_ one: AgendaAppointment) -> DayList.Visit {
        let isHidden = one.how == .home && one.present.contains(where: \.discretion.addressHidden)
        return DayList.Visit(
            reason: discreet.contains(one.reasonID) ? Reason.unnamed : one.reason, how: one.how, place: isHidden ? "" : place(of: one),
            isPlaceHidden: isHidden, phone: one.phone,
            people: one.present, accompanying: accompanying[one.id, default: []], needs: distinct(of: one) { $0.needs })
    }

    private func place(of one: AgendaAppointment) -> String {
        switch one.how {
        case .site: one.place
        case .phone, .video: ""
        // At home, a site is only where the agent leaves from.
        case .home: one.siteID == nil && !one.place.isEmpty ? one.place : (distinct(of: one) { $0.address }).joined(separator: " ; ")
        }
    }

    private func distinct(of one: AgendaAppointment, _ text: ((needs: String, address: String)) -> String) -> [String] {
        one.present.reduce(into: []) { texts, someone in
            guard let found = known[someone.id].map(text), !found.isEmpty, !texts.contains(found) else { return }
            texts.append(found)
        }
    }
}
