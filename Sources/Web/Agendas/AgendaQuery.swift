import Core
import Hummingbird
import Scheduling
import Store

/// What the address of an agenda asks for.
struct AgendaQuery: Sendable {
    /// None is what is usual for whose agenda it is.
    let view: AgendaView?
    let date: CivilDate
    let filter: AgendaFilter
    let hidden: Set<AgendaLayer>
    let everyone: Bool
    /// Chosen to be seen side by side.
    let agents: [ID<Agent>]
    /// Another agenda, chosen from the list.
    let chosen: URLPath?

    init(_ request: Request, _ acting: Acting, now: Instant) throws {
        let query = try Query(request)
        view = try query.parse("view", "« day », « week », « month » ou « list »") { AgendaView(rawValue: $0) }
        let asked = try query.parse("date", "une date (AAAA-MM-JJ) entre 2000 et 2100") { CivilDate($0).flatMap(Self.sensible) }
        date = asked ?? acting.territory.zone.civil(now).date
        everyone = try query.optional("everyone") == "on"
        filter = AgendaFilter(
            reasonID: try query.parse("reason", "un identifiant") { ID<Reason>($0) },
            serviceID: try query.parse("service", "un identifiant") { ID<Service>($0) },
            how: try query.parse("how", "« phone », « site », « home » ou « video »") { How(rawValue: $0) },
            state: try query.parse("state", "un statut de la liste") { AgendaFilter.State(rawValue: $0) })
        hidden = Set(query.values("hide").compactMap { AgendaLayer(rawValue: $0) })
        agents = query.values("agents").compactMap { ID<Agent>($0) }
        let (day, view) = (date, view)
        chosen = try query.parse("of", "un agent, un lieu ou un groupe de la liste") { Self.url($0, view, day) }
    }

    private static func sensible(_ date: CivilDate) -> CivilDate? { (2000...2100).contains(date.year) ? date : nil }

    private static func url(_ choice: String, _ view: AgendaView?, _ date: CivilDate) -> URLPath? {
        let parts = choice.split(separator: ":").map(String.init)
        guard parts.count == 2, let id = ID<Agenda>(parts[1]) else { return nil }
        switch parts[0] {
        case "agent": return Urls.agenda(of: id, view ?? .week, date)
        case "site": return Urls.agenda(at: id, date)
        case "group": return Urls.agendaGroup(id).query("date", date.description)
        default: return nil
        }
    }

    /// - Parameter usual: the view of these agendas when none is asked for.
    func address(_ whose: AgendaAddress.Whose, usual: AgendaView) -> AgendaAddress {
        AgendaAddress(whose: whose, view: view ?? usual, date: date, filter: filter, hidden: hidden, everyone: everyone)
    }
}

extension AgendaAddress {
    /// What is looked for in these days, without a week-end that nobody wants: one is shown when something is there, when it is asked
    /// for by its date, or when the agent prefers so. A month draws its own columns.
    func shown(_ days: [AgendaDay], _ preference: AgendaPreference, at now: Instant) -> [AgendaDay] {
        let days = days.map { $0.showing(filter, without: hidden, at: now) }
        guard view == .week, !preference.weekend else { return days }
        let busy = Set(days.lazy.filter { !$0.isEmpty || !$0.cancelled.isEmpty }.map(\.date))
        return days.filter { $0.date.weekday < .saturday || $0.date == date || busy.contains($0.date) }
    }
}

extension AgendaFilterChoices {
    /// The name of a reason that is looked for is asked of the database only when nothing on the page has it.
    static func read(_ agenda: Agenda, _ filter: AgendaFilter, for acting: Acting, in db: Reader) throws -> AgendaFilterChoices {
        let choices = AgendaFilterChoices(agenda.agents, sought: nil)
        guard let sought = filter.reasonID, !choices.reasons.contains(where: { $0.value == sought.description }),
            let reason = try Reason.known(to: acting, in: db).first(where: { $0.id == sought })
        else { return choices }
        return AgendaFilterChoices(agenda.agents, sought: Choice(sought.description, reason.name))
    }
}
