import Core
import Scheduling

/// An agent's day, week, month or coming weeks.
struct AgendaPage: Page {
    let owner: AgendaOwner
    let board: AgendaBoard
    let address: AgendaAddress
    /// The day asked for: on a narrow screen the week begins with it.
    let date: CivilDate
    let choices: AgendaChoices
    var filters = AgendaFilterChoices()
    let version: Int64
    /// What waits on top of one's own day.
    var memos: WaitingMemos?
    /// Who waits for them.
    var waiting: WaitingForOneself?

    var title: String { view.title(date, today: board.time.today) }

    var events: URLPath? { Urls.agendaEvents(of: [owner.agent.id], version: version) }

    private var view: AgendaView { address.view }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))
        \(AgendaPicker(
            choices: choices, current: "agent:\(owner.agent.id)", date: date.description, view: view,
            links: "<div class=\"row broad\">\(links)</div>"))
        \(waiting)\(memos)\(AgendaFilterForm(address: address, choices: filters))\(isEmpty ? empty : content)
        \(AgendaLegend(address: address, preference: board.preference))<div class="narrow row links">\(links)</div>
        """
    }

    private var above: String {
        ([owner.agent.name] + owner.services.map(\.name) + owner.organizations.map(\.name)).joined(separator: " · ")
    }

    private var actions: HTML {
        let new = LinkButton("Nouveau rendez-vous", newAppointment, style: .main, key: "n")
        return "\(AgendaControls(address: address, date: date))\(if: board.acting.can(.book), new.html)"
    }

    private var newAppointment: URLPath { Urls.newAppointment.query("agent", owner.agent.id.description) }

    private var links: HTML {
        """
        \(if: view == .day, LinkButton("Liste à imprimer", Urls.dayList(of: owner.agent.id, date)).html)\
        \(if: board.acting.canSayAway(owner) && isToday, LinkButton("Indisponible aujourd’hui", Urls.awayToday(owner.agent.id)).html)\
        \(if: mayHandOver, LinkButton("Confier à un collègue", Urls.handover(of: owner.agent.id)).html)\
        \(if: owner.agent.id == board.acting.agent.id, LinkButton("Changements récents", Urls.changes).html)\
        \(LinkButton("Plages d’ouverture", Urls.openings(of: owner.agent.id)))\
        \(LinkButton("Indisponibilités", Urls.absences(of: owner.agent.id)))\
        \(if: board.acting.can(.book), LinkButton("Ressources", Urls.resources).html)
        """
    }

    private var mayHandOver: Bool { owner.organizations.contains { board.acting.can(.fillEveryAgenda, in: $0.id) } }

    /// Today is on the page, a day or a week.
    private var isToday: Bool { (view == .day || view == .week) && view.days(date).contains(board.time.today) }

    private var isEmpty: Bool { board.days.allSatisfy { $0.isEmpty && $0.cancelled.isEmpty && $0.holiday == nil } }

    private var empty: HTML {
        if address.filter != .none || !address.hidden.isEmpty {
            return EmptyState(
                "Rien de ce que vous cherchez", "Un filtre est actif, ou quelque chose est masqué.",
                action: LinkButton("Tout afficher", address.with { ($0.filter, $0.hidden) = (.none, []) }.url)
            ).html
        }
        let mayFill = board.acting.canFill(owner)
        let sentence =
            mayFill
            ? "Posez une plage d’ouverture pour que l’on puisse y prendre des rendez-vous."
            : "Ni rendez-vous, ni plage d’ouverture, ni absence."
        return EmptyState(
            emptyTitle, sentence, action: mayFill ? LinkButton("Poser une plage", Urls.newOpening(of: owner.agent.id, date)) : nil
        ).html
    }

    private var emptyTitle: String {
        switch view {
        case .day: "Rien ce jour-là"
        case .week: "Rien cette semaine-là"
        case .month: "Rien ce mois-là"
        case .list: "Rien ces semaines-là"
        }
    }

    private var content: HTML {
        switch view {
        case .day: day
        case .week: week
        case .month: month
        case .list: "\(AgendaDays(board: board, address: address))\(CancelledList(board: board))"
        }
    }

    private var month: HTML {
        """
        <div class="broad">\(AgendaMonth(board: board, address: address, date: date, dates: view.days(date)))</div>\
        <div class="narrow">\(AgendaDays(board: board, address: address))</div>
        """
    }

    private var week: HTML {
        """
        <div class="broad scrolling">\(board.grid(heading: heading))</div>\
        <div class="narrow">\(strip)\(each: board.days.filter { $0.date >= date }, list)</div>\(CancelledList(board: board))
        """
    }

    private var day: HTML {
        """
        <div class="narrow">\(strip)</div><div class="day-board"><div class="broad">\(board.grid(isEcho: true, heading: heading))</div>\
        <div>\(each: board.days, list)\(CancelledList(board: board))</div></div>
        """
    }

    private func url(of day: CivilDate) -> URLPath { address.with { ($0.view, $0.date) = (.day, day) }.url }

    private func heading(_ day: AgendaDay) -> (title: String, detail: String, url: URLPath?) {
        (StretchSentence.name(day.date.weekday), Format.date(day.date, today: board.time.today), url(of: day.date))
    }

    private func list(_ day: AgendaDay) -> HTML {
        let name = Format.capitalized(Format.near(day.date, today: board.time.today))
        let count = Format.count(day.appointments.count, "rendez-vous", "rendez-vous")
        return AgendaList(board: board, day: day, heading: "\(name)<small> · \(count)</small>").html
    }

    /// The days of the week, one press away.
    private var strip: HTML {
        let days = (0..<7).map { date.monday.adding(days: $0) }
        return "<nav class=\"day-strip\" aria-label=\"Jours de la semaine\"><ul>\(each: days, stripDay)</ul></nav>"
    }

    private func stripDay(_ day: CivilDate) -> HTML {
        let spoken = Format.day(day, today: board.time.today)
        return """
            <li><a href="\(href: url(of: day))"\(attribute: "aria-current", day == date ? "date" : nil) aria-label="\(spoken)">\
            <small>\(StretchSentence.name(day.weekday).prefix(3))</small>\(day.day)</a></li>
            """
    }
}
