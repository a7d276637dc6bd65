import Core
import Scheduling

/// A day on paper: one sheet for each agent, with room to write. It asks nothing of the network once printed.
struct DayListPage: Page {
    let list: DayList
    /// The agent or the site.
    let name: String
    let printedBy: String
    let time: LocalTime
    let agenda: URLPath
    let file: URLPath

    var title: String { "Liste du \(day)" }

    private var day: String { Format.day(list.date, today: time.today) }

    var html: HTML {
        """
        \(PageHead(title, above: name, actions: actions))\(list.agents.isEmpty ? empty : sheets)
        <p class="soft after">Édité par \(printedBy), \(time.moment(time.now)). Cette liste nomme des personnes : gardez-la sur vous, \
        et détruisez-la après usage.</p>
        """
    }

    private var actions: HTML {
        """
        \(LinkButton("Revenir à l’agenda", agenda))\
        <a class="button" href="\(href: file)" download>Télécharger (CSV)</a>
        """
    }

    private var empty: HTML { EmptyState("Aucun rendez-vous ce jour-là", "Rien n’est à imprimer pour \(name).").html }

    private var sheets: HTML { "\(each: list.agents.enumerated(), { sheet($0.offset, $0.element) })" }

    private func sheet(_ index: Int, _ agent: DayList.OfAgent) -> HTML {
        """
        <section class="day-sheet" aria-labelledby="sheet-\(index)"><h2 id="sheet-\(index)">\(agent.owner.agent.name)\
        <small> · \(day)</small></h2>\(agent.lines.isEmpty ? nothing : table(agent))</section>
        """
    }

    private var nothing: HTML { "<p class=\"soft\">Aucun rendez-vous.</p>" }

    private func table(_ agent: DayList.OfAgent) -> HTML {
        Table(
            "Rendez-vous de \(agent.owner.agent.name)",
            columns: [.init("Heure"), .init("Personne"), .init("Motif"), .init("Comment"), .init("Téléphone"), .init("Notes")],
            rows: agent.lines.map(row)
        ).html
    }

    private func row(_ line: DayList.Line) -> [HTML] {
        let hour: HTML = "<b>\(Format.time(line.minutes.lowerBound))</b> <small>\(AgendaList.until(line.minutes))</small>"
        let notes: HTML = "<span class=\"to-write\"></span>"
        guard let visit = line.visit else { return [hour, "Occupé", "", "", "", notes] }
        return [hour, who(visit), "\(visit.reason)", how(visit), "\(visit.phone.map(Format.phone))", notes]
    }

    private func who(_ visit: DayList.Visit) -> HTML {
        let with: HTML? = visit.accompanying.isEmpty ? nil : "<p class=\"soft\">avec \(Format.list(visit.accompanying))</p>"
        let needs: HTML? = visit.needs.isEmpty ? nil : "<p>À prévoir : \(visit.needs.joined(separator: " ; "))</p>"
        return """
            <div><b>\(Format.list(visit.people.map(\.name)))</b>\(with)\(needs)\
            \(each: visit.people, { Cautions(discretion: $0.discretion, name: visit.people.count > 1 ? $0.name : nil).html })</div>
            """
    }

    private func how(_ visit: DayList.Visit) -> HTML {
        let place = visit.isPlaceHidden ? "adresse confidentielle" : visit.place
        return "<div>\(Format.capitalized(visit.how.label))\(if: !place.isEmpty, "<br>\(place)")</div>"
    }
}

extension DayListPage {
    /// Two agents, a home visit whose address is confidential, and time that may not be seen.
    static var sample: DayListPage {
        let hidden = Discretion(neverVoicemail: true, addressHidden: true, caution: "appeler avant 16 h")
        let lines: [DayList.Line] = [
            .init(
                minutes: 540..<570,
                visit: .init(reason: "Premier contact RSA", how: .phone, phone: "+33639981234", people: [.init(name: "Luc Lartigue")])),
            .init(minutes: 600..<660),
            .init(
                minutes: 840..<900,
                visit: .init(
                    reason: "Suivi", how: .home, place: "12 rue des Essais, 64300 Orthez", people: [.init(name: "Lucie Cazenave")],
                    accompanying: ["Anne Cazenave"], needs: ["parler fort"])),
            .init(
                minutes: 930..<990,
                visit: .init(reason: "Suivi", how: .home, isPlaceHidden: true, people: [.init(name: "Rima Haïdar", discretion: hidden)])),
        ]
        let site = DayList.Line(
            minutes: 540..<600, visit: .init(reason: "Logement", how: .site, place: "Orthez", people: [.init(name: "Xan Larralde")]))
        return DayListPage(
            list: DayList(
                date: AgendaSample.monday.adding(days: 3),
                agents: [
                    .init(owner: AgendaSample.owner, lines: lines), .init(owner: AgendaSample.beside.owner, lines: [site]),
                ]), name: "Orthez", printedBy: AgendaSample.worker.name, time: AgendaSample.time,
            agenda: Urls.agenda(at: AgendaSample.site.id, nil), file: Urls.dayListFile(at: AgendaSample.site.id, AgendaSample.monday))
    }
}
