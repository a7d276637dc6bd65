import Core
import Scheduling

/// Several agents of a site side by side, for a day.
struct SiteAgendaPage: Page {
    let place: Site
    let organization: String
    let board: AgendaBoard
    let date: CivilDate
    let choices: AgendaChoices
    let version: Int64
    /// Agents with nothing that day at this site, not shown.
    var others = 0
    var isEveryone = false
    /// How many people of this site are « à prévenir ».
    var toTell = 0

    var title: String { Format.capitalized(Format.day(date, today: board.time.today)) }

    var events: URLPath? { Urls.agendaEvents(at: place.id, version: version) }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))\(ToTellNotice(count: toTell, url: Urls.toTell(at: place.id)))
        \(AgendaPicker(choices: choices, current: "site:\(place.id)", date: date.description))
        \(board.days.isEmpty ? empty : content)\(if: others > 0, everyone)
        """
    }

    private var above: String { place.name == organization ? place.name : "\(place.name) · \(organization)" }

    private var actions: HTML {
        let steps = Steps(
            previous: url(date.adding(days: -1)), today: url(nil), next: url(date.adding(days: 1)), spokenPrevious: "Jour précédent",
            spokenNext: "Jour suivant")
        let closures: HTML = "\(LinkButton("Fermetures", Urls.closures))\(LinkButton("Bascules", Urls.bascules))"
        let new = LinkButton("Nouveau rendez-vous", Urls.newAppointment.query("site", place.id.description), style: .main, key: "n")
        let list = LinkButton("Liste à imprimer", Urls.dayList(at: place.id, date))
        return "\(steps)\(list)\(if: board.acting.can(.fillEveryAgenda), closures)\(if: board.acting.can(.book), new.html)"
    }

    private func url(_ date: CivilDate?) -> URLPath { Urls.agenda(at: place.id, date) }

    private var content: HTML {
        """
        <div class="broad scrolling many">\(board.grid(heading: heading))</div>\
        <div class="narrow">\(each: board.days, list)</div>\(CancelledList(board: board))
        """
    }

    private func heading(_ day: AgendaDay) -> (title: String, detail: String, url: URLPath?) {
        (day.owner.agent.name, services(day), Urls.agenda(of: day.owner.agent.id, .day, date))
    }

    private func services(_ day: AgendaDay) -> String { day.owner.services.map(\.name).joined(separator: ", ") }

    private func list(_ day: AgendaDay) -> HTML {
        let count = Format.count(day.appointments.count + day.busy.count, "rendez-vous", "rendez-vous")
        return AgendaList(
            board: board, day: day,
            heading: """
                <a href="\(href: Urls.agenda(of: day.owner.agent.id, .day, date))">\(day.owner.agent.name)</a><small> · \(count)</small>
                """
        ).html
    }

    private var empty: HTML {
        EmptyState("Personne ne reçoit ici ce jour-là", "Aucune plage d’ouverture ni rendez-vous dans ce lieu.").html
    }

    private var everyone: HTML {
        let label = others == 1 ? "Afficher aussi l’autre agent" : "Afficher aussi les \(others)\u{A0}autres agents"
        return "<p class=\"row after\">\(LinkButton(label, url(date).query("everyone", "on")))</p>"
    }
}
