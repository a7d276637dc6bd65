import Core
import Scheduling

/// An agent's week or day.
struct AgendaPage: Page {
    let owner: AgendaOwner
    let board: AgendaBoard
    let view: AgendaView
    /// The day asked for: on a narrow screen the week begins with it.
    let date: CivilDate
    let choices: AgendaChoices
    let version: Int64
    /// What waits on top of one's own day.
    var memos: WaitingMemos?
    /// Who waits for them.
    var waiting: WaitingForOneself?

    var title: String {
        switch view {
        case .day: Format.capitalized(Format.day(date, today: board.time.today))
        case .week: Format.week(date.monday, today: board.time.today)
        }
    }

    var events: URLPath? { Urls.agendaEvents(of: owner.agent.id, version: version) }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))
        \(AgendaPicker(choices: choices, current: "agent:\(owner.agent.id)", date: date.description, links: "<div class=\"row broad\">\(links)</div>"))
        \(waiting)\(memos)\(isEmpty ? empty : content)<div class="narrow row links">\(links)</div>
        """
    }

    private var above: String {
        ([owner.agent.name] + owner.services.map(\.name) + owner.organizations.map(\.name)).joined(separator: " · ")
    }

    private var actions: HTML {
        """
        <div class="row">\(steps)</div>\
        <div class="row together">\(LinkButton("Jour", url(.day, date), isCurrent: view == .day))\
        \(LinkButton("Semaine", url(.week, date), isCurrent: view == .week))</div>\
        \(if: board.acting.can(.book), LinkButton("Nouveau rendez-vous", newAppointment, style: .main, key: "n").html)
        """
    }

    private var newAppointment: URLPath { Urls.newAppointment.query("agent", owner.agent.id.description) }

    private var steps: Steps {
        let days = view == .day ? 1 : 7
        let (previous, next) = view == .day ? ("Jour précédent", "Jour suivant") : ("Semaine précédente", "Semaine suivante")
        return Steps(
            previous: url(view, date.adding(days: -days)), today: url(view, nil), next: url(view, date.adding(days: days)),
            spokenPrevious: previous, spokenNext: next)
    }

    private func url(_ view: AgendaView, _ date: CivilDate?) -> URLPath { Urls.agenda(of: owner.agent.id, view, date) }

    private var links: HTML {
        """
        \(if: board.acting.canSayAway(owner) && isToday, LinkButton("Indisponible aujourd’hui", Urls.awayToday(owner.agent.id)).html)\
        \(if: mayHandOver, LinkButton("Confier à un collègue", Urls.handover(of: owner.agent.id)).html)\
        \(LinkButton("Plages d’ouverture", Urls.openings(of: owner.agent.id)))\
        \(LinkButton("Indisponibilités", Urls.absences(of: owner.agent.id)))\
        \(if: board.acting.can(.book), LinkButton("Ressources", Urls.resources).html)
        """
    }

    private var mayHandOver: Bool { owner.organizations.contains { board.acting.can(.fillEveryAgenda, in: $0.id) } }

    /// Today is on the page.
    private var isToday: Bool {
        let today = board.acting.territory.zone.civil(board.time.now).date
        return view == .day ? date == today : date.monday == today.monday
    }

    private var isEmpty: Bool { board.days.allSatisfy { $0.isEmpty && $0.cancelled.isEmpty && $0.holiday == nil } }

    private var empty: HTML {
        let mayFill = board.acting.canFill(owner)
        let sentence =
            mayFill
            ? "Posez une plage d’ouverture pour que l’on puisse y prendre des rendez-vous."
            : "Ni rendez-vous, ni plage d’ouverture, ni absence."
        return EmptyState(
            view == .day ? "Rien ce jour-là" : "Rien cette semaine-là", sentence,
            action: mayFill ? LinkButton("Poser une plage", Urls.newOpening(of: owner.agent.id, date)) : nil
        ).html
    }

    private var content: HTML {
        view == .day ? day : week
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

    private func heading(_ day: AgendaDay) -> (title: String, detail: String, url: URLPath?) {
        (StretchSentence.name(day.date.weekday), Format.date(day.date, today: board.time.today), url(.day, day.date))
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
            <li><a href="\(href: url(.day, day))"\(attribute: "aria-current", day == date ? "date" : nil) aria-label="\(spoken)">\
            <small>\(StretchSentence.name(day.weekday).prefix(3))</small>\(day.day)</a></li>
            """
    }
}

/// How much of an agenda is shown.
enum AgendaView: String, Sendable { case day, week }
