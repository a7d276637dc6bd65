import Core
import Foundation
import Hummingbird
import Scheduling
import Store

/// `/api/v1/agendas/{agent}?from=&to=`: what the pages show, masked alike.
struct AgendaAPI: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/api/v1/agendas/{id}", use: show)
    }

    /// `from` and `to` are days, both included: the present week unless given.
    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let id: ID<Agent> = try context.id()
        let days = try Self.days(Query(request), today: acting.territory.zone.civil(now).date)
        let agenda = try await desk.store.read { db in try Agenda.read(of: [id], days, seenBy: acting, now: now, in: db) }
        guard let agent = agenda.agents.first else { throw Refusal.notFound }
        return try JSON.response(AgendaJSON(agent, days, version: agenda.version, of: acting.territory, now: now))
    }

    private static func days(_ query: Query, today: CivilDate) throws -> Range<CivilDate> {
        let expected = "une date (AAAA-MM-JJ) entre 2000 et 2100"
        let read: (String) -> CivilDate? = { CivilDate($0).flatMap { (2000...2100).contains($0.year) ? $0 : nil } }
        let from = try query.parse("from", expected, read) ?? today.monday
        let to = try query.parse("to", expected, read) ?? from.adding(days: 6)
        guard from <= to, to.dayNumber - from.dayNumber < Agenda.longest else {
            throw Refusal.field("to", "invalid-parameter", "Paramètre « to » : de « from » à \(Agenda.longest) jours au plus.")
        }
        return from..<to.adding(days: 1)
    }
}

/// An agent's agenda over some days, as the API gives it.
struct AgendaJSON: Encodable {
    let agent: Named<Agent>
    let from: String
    let to: String
    /// Changes whenever anything of the agenda does.
    let version: Int64
    let appointments: [Entry]
    /// Time taken by what may not be seen.
    let busy: [Span]
    let openings: [Opened]
    let absences: [Away]
    let holidays: [Holiday]

    struct Named<Entity>: Encodable {
        let id: ID<Entity>
        let name: String
    }

    struct Span: Encodable {
        let startsAt: Date
        let endsAt: Date

        init(_ time: Range<Instant>) {
            startsAt = Date(time.lowerBound)
            endsAt = Date(time.upperBound)
        }

        private enum CodingKeys: String, CodingKey {
            case startsAt = "starts_at"
            case endsAt = "ends_at"
        }
    }

    struct Entry: Encodable {
        let id: ID<Appointment>
        let startsAt: Date
        let endsAt: Date
        let reason: String
        let how: String
        let place: String
        let phone: String?
        let link: String?
        let overbooked: Bool
        /// « à renseigner » is `to-close`.
        let status: String
        let people: [Someone]
        let unansweredCalls: [Date]

        private enum CodingKeys: String, CodingKey {
            case id, reason, how, place, phone, link, overbooked, status, people
            case startsAt = "starts_at"
            case endsAt = "ends_at"
            case unansweredCalls = "unanswered_calls"
        }
    }

    struct Someone: Encodable {
        let id: ID<Person>
        let name: String
        let status: String
    }

    struct Opened: Encodable {
        let opening: ID<Opening>
        let startsAt: Date
        let endsAt: Date
        let reasons: [String]
        let place: String

        private enum CodingKeys: String, CodingKey {
            case opening, reasons, place
            case startsAt = "starts_at"
            case endsAt = "ends_at"
        }
    }

    struct Away: Encodable {
        let absence: ID<Absence>
        let startsAt: Date
        let endsAt: Date
        let title: String

        private enum CodingKeys: String, CodingKey {
            case absence, title
            case startsAt = "starts_at"
            case endsAt = "ends_at"
        }
    }

    struct Holiday: Encodable {
        let date: String
        let name: String
    }
}

extension AgendaJSON {
    init(_ one: Agenda.OfAgent, _ days: Range<CivilDate>, version: Int64, of territory: Territory, now: Instant) {
        agent = Named(id: one.owner.agent.id, name: one.owner.agent.name)
        from = days.lowerBound.description
        to = days.upperBound.adding(days: -1).description
        self.version = version
        appointments = one.appointments.map { Entry($0, now: now) }
        busy = one.busy.map(Span.init)
        openings = one.openings.map {
            Opened(
                opening: $0.opening.opening.id, startsAt: Date($0.time.lowerBound), endsAt: Date($0.time.upperBound),
                reasons: $0.opening.reasons, place: $0.opening.place)
        }
        absences = one.absences.map {
            Away(absence: $0.id, startsAt: Date($0.time.lowerBound), endsAt: Date($0.time.upperBound), title: $0.title)
        }
        holidays = days.flatMap { day in
            territory.holidayZone.holidays(in: day.year).filter { $0.date == day }.map { Holiday(date: day.description, name: $0.name) }
        }
    }
}

extension AgendaJSON.Entry {
    /// What people said stays out of every export.
    init(_ one: AgendaAppointment, now: Instant) {
        id = one.id
        startsAt = Date(one.time.lowerBound)
        endsAt = Date(one.time.upperBound)
        reason = one.reason
        how = one.how.rawValue
        place = one.place
        phone = one.phone
        link = one.link
        overbooked = one.isOverbooked
        status = one.isToClose(at: now) ? "to-close" : one.status.rawValue
        people = one.people.map { AgendaJSON.Someone(id: $0.id, name: $0.name, status: $0.status.rawValue) }
        unansweredCalls = one.unanswered.map { Date($0) }
    }
}

extension Date {
    init(_ instant: Instant) { self.init(timeIntervalSince1970: Double(instant.rawValue)) }
}
