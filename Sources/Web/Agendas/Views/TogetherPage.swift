import Core
import Scheduling

/// Several agents side by side: of a site, of a group that one keeps, or chosen for now.
struct TogetherPage: Page {
    enum Whose: Sendable {
        case site(Site, organization: String)
        case group(AgendaGroup)
        case several
    }

    let whose: Whose
    let board: AgendaBoard
    let address: AgendaAddress
    let date: CivilDate
    let owners: [AgendaOwner]
    let choices: AgendaChoices
    var filters = AgendaFilterChoices()
    let version: Int64
    /// Agents of a site with nothing there in those days, not shown.
    var others = 0
    /// How many people of this site are « à prévenir ».
    var toTell = 0
    /// After days on which nobody receives in this site, the first on which somebody does.
    var nextDay: CivilDate?
    /// Of the form that keeps the agents as a group.
    var state = FormState.blank

    var title: String { address.view.title(date, today: board.time.today) }

    var events: URLPath? {
        if case .site(let place, _) = whose { return Urls.agendaEvents(at: place.id, version: version) }
        return owners.isEmpty ? nil : Urls.agendaEvents(of: owners.map(\.agent.id), version: version)
    }

    var html: HTML {
        """
        \(PageHead(title, above: above, actions: actions))\(notice)
        \(AgendaPicker(choices: choices, current: current, date: date.description, view: address.view, links: links))
        \(AgendaFilterForm(address: address, choices: filters))\(board.days.isEmpty ? empty : content)\
        \(AgendaLegend(address: address, preference: board.preference))\(if: others > 0, everyone)\(keeping)
        """
    }

    private var above: String {
        switch whose {
        case .site(let place, let organization): place.name == organization ? place.name : "\(place.name) · \(organization)"
        case .group(let group): group.name
        case .several: "Plusieurs agents"
        }
    }

    private var current: String {
        switch whose {
        case .site(let place, _): "site:\(place.id)"
        case .group(let group): "group:\(group.id)"
        case .several: ""
        }
    }

    private var notice: HTML {
        guard case .site(let place, _) = whose else { return .empty }
        return ToTellNotice(count: toTell, url: Urls.toTell(at: place.id)).html
    }

    private var actions: HTML {
        let new = LinkButton("Nouveau rendez-vous", newAppointment, style: .main, key: "n")
        return "\(AgendaControls(address: address, date: date))\(if: board.acting.can(.book), new.html)"
    }

    private var newAppointment: URLPath {
        if case .site(let place, _) = whose { return Urls.newAppointment.query("site", place.id.description) }
        return Urls.newAppointment
    }

    private var links: HTML {
        guard case .site(let place, _) = whose else {
            let edit: HTML? =
                if case .group(let group) = whose { LinkButton("Modifier ce groupe", Urls.editAgendaGroup(group.id)).html } else { nil }
            return "\(edit)\(LinkButton("Choisir des agents", Urls.agendaGroups))"
        }
        let closures: HTML = "\(LinkButton("Fermetures", Urls.closures))\(LinkButton("Bascules", Urls.bascules))"
        return """
            \(if: address.view == .day, LinkButton("Liste à imprimer", Urls.dayList(at: place.id, date)).html)\
            \(if: board.acting.can(.fillEveryAgenda), closures)
            """
    }

    private var content: HTML {
        switch address.view {
        case .day:
            """
            <div class="broad scrolling many">\(board.grid(heading: heading))</div>\
            <div class="narrow">\(each: board.days, list)</div>\(CancelledList(board: board))
            """
        case .week: both(AgendaWeekTable(board: board, address: address, date: date).html)
        case .month: both(AgendaMonth(board: board, address: address, date: date, dates: address.view.days(date), isNamed: true).html)
        case .list: days.html
        }
    }

    private func both(_ table: HTML) -> HTML { "<div class=\"broad scrolling\">\(table)</div><div class=\"narrow\">\(days)</div>" }

    private var days: AgendaDays { AgendaDays(board: board, address: address, isNamed: true) }

    private func heading(_ day: AgendaDay) -> (title: String, detail: String, url: URLPath?) {
        (day.owner.agent.name, day.owner.services.map(\.name).joined(separator: ", "), Urls.agenda(of: day.owner.agent.id, .day, date))
    }

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
        guard case .site = whose else {
            return EmptyState(
                "Personne à afficher", "Choisissez des agents dont vous pouvez ouvrir l’agenda.",
                action: LinkButton("Choisir des agents", Urls.agendaGroups)
            ).html
        }
        let next = nextDay.map { day in
            LinkButton("Aller au \(Format.day(day, today: board.time.today))", address.with { $0.date = day }.url)
        }
        return EmptyState(
            "Personne ne reçoit ici \(address.view == .day ? "ce jour-là" : "ces jours-là")",
            "Aucune plage d’ouverture ni rendez-vous dans ce lieu.", action: next
        ).html
    }

    private var everyone: HTML {
        let label = others == 1 ? "Afficher aussi l’autre agent" : "Afficher aussi les \(others)\u{A0}autres agents"
        return "<p class=\"row after\">\(LinkButton(label, address.with { $0.everyone = true }.url))</p>"
    }

    private var keeping: HTML {
        guard case .several = whose, !owners.isEmpty else { return .empty }
        return """
            <section class="card stack column after" aria-labelledby="keep"><h2 id="keep">Garder ce groupe</h2>\
            \(PostForm(Urls.agendaGroups, state) { keepingFields })</section>
            """
    }

    private var keepingFields: HTML {
        """
        \(each: owners, { HiddenField("agents", $0.agent.id.description).html })\
        \(TextField("name", "Nom du groupe", state, hint: "Vous seul le voyez. « Équipe du jeudi ».", size: .medium, limit: 60))\
        \(SubmitRow("Garder ce groupe"))
        """
    }
}
