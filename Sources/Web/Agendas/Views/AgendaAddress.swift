import Core
import Scheduling

/// How much of an agenda is shown.
enum AgendaView: String, CaseIterable, Sendable {
    case day, week, month, list

    var label: String {
        switch self {
        case .day: "Jour"
        case .week: "Semaine"
        case .month: "Mois"
        case .list: "Liste"
        }
    }

    /// How many days a list goes through.
    static let listed = 28
}

/// Where one is among the agendas: whose, over which days, what of it. Every link of these pages is one with something changed.
struct AgendaAddress: Sendable, Equatable {
    enum Whose: Sendable, Equatable {
        case agent(ID<Agent>)
        case site(ID<Site>)
        case group(ID<AgendaGroup>)
        case several([ID<Agent>])
    }

    var whose: Whose
    var view: AgendaView
    /// None is today.
    var date: CivilDate?
    var filter = AgendaFilter.none
    var hidden: Set<AgendaLayer> = []
    /// Agents of a site with nothing there too.
    var everyone = false

    func with(_ change: (inout AgendaAddress) -> Void) -> AgendaAddress {
        var other = self
        change(&other)
        return other
    }

    var url: URLPath { fields.reduce(base) { $0.query($1.0, $1.1) } }

    /// The address without what is asked of it.
    var base: URLPath {
        switch whose {
        case .agent(let id): "/agenda/agents/\(id)"
        case .site(let id): "/agenda/sites/\(id)"
        case .group(let id): Urls.agendaGroup(id)
        case .several: Urls.agendasTogether
        }
    }

    /// What is asked of it, as a form would send it.
    var fields: [(String, String)] { agents + place + filter.fields + hides }

    /// The same without the filter: what a filter's own form sends beside its choices.
    var unfiltered: [(String, String)] { agents + place + hides }

    private var agents: [(String, String)] {
        guard case .several(let ids) = whose else { return [] }
        return ids.map { ("agents", $0.description) }
    }

    private var place: [(String, String)] {
        [("view", view.rawValue)] + (date.map { [("date", $0.description)] } ?? []) + (everyone ? [("everyone", "on")] : [])
    }

    private var hides: [(String, String)] { AgendaLayer.allCases.filter(hidden.contains).map { ("hide", $0.rawValue) } }
}

extension AgendaFilter {
    fileprivate var fields: [(String, String)] {
        [("service", serviceID?.description), ("reason", reasonID?.description), ("how", how?.rawValue), ("state", state?.rawValue)]
            .compactMap { name, value in value.map { (name, $0) } }
    }
}

extension AgendaView {
    /// The days on the page.
    func days(_ date: CivilDate) -> Range<CivilDate> {
        switch self {
        case .day: return date..<date.adding(days: 1)
        case .week: return date.monday..<date.monday.adding(days: 7)
        case .list: return date.monday..<date.monday.adding(days: Self.listed)
        case .month:
            let last = Self.month(date, 1).adding(days: -1)
            return Self.month(date, 0).monday..<last.monday.adding(days: 7)
        }
    }

    /// The day to go to from here, by as many pages.
    func stepped(_ date: CivilDate, _ pages: Int) -> CivilDate {
        switch self {
        case .day: date.adding(days: pages)
        case .week: date.adding(days: 7 * pages)
        case .list: date.adding(days: Self.listed * pages)
        case .month: Self.month(date, pages)
        }
    }

    /// The first of a month.
    private static func month(_ date: CivilDate, _ later: Int) -> CivilDate {
        let months = date.year * 12 + date.month - 1 + later
        return CivilDate(year: months / 12, month: months % 12 + 1, day: 1) ?? date
    }

    func title(_ date: CivilDate, today: CivilDate) -> String {
        switch self {
        case .day: Format.capitalized(Format.day(date, today: today))
        case .week: Format.week(date.monday, today: today)
        case .month: Format.capitalized("\(Format.months[date.month - 1]) \(date.year)")
        case .list:
            "Du \(Format.date(date.monday, today: today)) au \(Format.date(date.monday.adding(days: Self.listed - 1), today: today))"
        }
    }

    /// What the keys `j` and `k` do, said.
    var spokenSteps: (previous: String, next: String) {
        switch self {
        case .day: ("Jour précédent", "Jour suivant")
        case .week: ("Semaine précédente", "Semaine suivante")
        case .month: ("Mois précédent", "Mois suivant")
        case .list: ("Quatre semaines avant", "Quatre semaines après")
        }
    }
}
