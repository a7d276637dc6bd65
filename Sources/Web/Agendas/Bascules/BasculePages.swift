import Core
import Scheduling

/// The sites and services that a bascule may be for, and their names.
struct BasculeNames: Sendable, Equatable {
    let sites: [Site]
    let services: [Service]

    func site(_ id: ID<Site>) -> String { sites.first { $0.id == id }?.name ?? "" }
    func service(_ id: ID<Service>) -> String { services.first { $0.id == id }?.name ?? "" }

    func sentence(_ bascule: Bascule, _ time: LocalTime) -> String {
        let (first, last) = (bascule.days.lowerBound, bascule.days.upperBound)
        let days =
            first == last
            ? Format.day(first, today: time.today) : "du \(Format.day(first, today: time.today)) au \(Format.day(last, today: time.today))"
        return "\(site(bascule.siteID)), \(service(bascule.serviceID)), \(days)"
    }
}

/// The bascules of one's houses, the newest first.
struct BasculesPage: Page {
    let bascules: [Bascule]
    let names: BasculeNames
    let time: LocalTime

    var title: String { "Bascules" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Nouvelle bascule", Urls.newBascule, style: .main).html))
        <p>Quand un lieu ferme ses portes, ses rendez-vous sur place et à domicile ont lieu par téléphone, d’un seul coup.</p>
        \(bascules.isEmpty ? empty : "<ul class=\"stretches\">\(each: bascules, line)</ul>" as HTML)
        """
    }

    private var empty: HTML { EmptyState("Aucune bascule", "Les rendez-vous ont lieu comme ils ont été pris.").html }

    private func line(_ one: Bascule) -> HTML {
        let standing: HTML =
            one.revertedAt.map { "\(Tag("rétablie \(time.moment($0))"))" }
            ?? (one.days.upperBound < time.zone.civil(time.now).date ? "\(Tag("terminée"))" : "\(Tag("en cours", .warn))")
        return """
            <li class="card"><div><p class="sentence">\(Format.capitalized(names.sentence(one, time)))</p><p>\(one.why) \(standing)</p></div>\
            \(LinkButton("Ouvrir", Urls.bascule(one.id), spoken: "Ouvrir : \(names.sentence(one, time))"))</li>
            """
    }

    static var sample: BasculesPage {
        BasculesPage(bascules: [BasculePage.sampled], names: BasculePage.names, time: AgendaSample.time)
    }
}

/// What a bascule would do, before it is done.
struct NewBasculePage: Page {
    let names: BasculeNames
    var state: FormState
    var preview: Bascule.Preview?
    let time: LocalTime

    var title: String { "Nouvelle bascule" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Bascules"))\(PostForm(Urls.bascules, state) { fields })</div>
        """
    }

    private var fields: HTML {
        """
        \(Select("site", "Lieu", names.sites.map { Choice($0.id.description, $0.name) }, state, empty: "Choisir…"))\
        \(Select("service", "Service", names.services.map { Choice($0.id.description, $0.name) }, state, empty: "Choisir…"))\
        <div class="hours-fields">\(DateField("from", "Du", state))\(DateField("to", "Au, compris", state))</div>\
        \(Checkbox("homes", "Les visites à domicile aussi", state))\
        \(TextField("why", "Pourquoi", state, hint: "« Canicule », « Locaux inondés ».", limit: 200))\(preview.map(shown))\
        \(preview == nil ? SubmitRow("Voir ce qui changerait", cancel: Urls.bascules).html : confirm)
        """
    }

    private func shown(_ preview: Bascule.Preview) -> HTML {
        """
        <section class="card stack" aria-labelledby="preview-title"><h2 id="preview-title">Ce qui changerait</h2>\
        \(DefinitionList([
            ("Rendez-vous concernés", "\(Format.count(preview.lines.count, "personne"))"),
            ("Avec un numéro", "\(Format.number(preview.withNumber)) : par téléphone, un message à chacun"),
            ("Sans numéro", "\(Format.number(preview.without)) : à joindre par courrier ou de vive voix"),
            ("Avec interprète", "\(Format.number(preview.interpreters)) : à appeler aussi, l’interprète est à prévoir"),
        ]))\(PreviewLines(title: "Sans numéro", lines: preview.lines.filter { $0.number == nil }, time: time))\
        \(PreviewLines(title: "Avec interprète", lines: preview.lines.filter(\.needsInterpreter), time: time))\
        \(GroupsLeft(groups: preview.groups, time: time))\(HiddenField("seen", String(preview.lines.count)))</section>
        """
    }

    private var confirm: HTML {
        """
        <div class="row submit"><button type="submit" class="main">Basculer et prévenir</button>\
        <button type="submit" name="preview" value="on">Voir de nouveau</button>\(LinkButton("Annuler", Urls.bascules))</div>
        """
    }

    static var sample: NewBasculePage {
        NewBasculePage(
            names: BasculePage.names, state: FormState(["from": "2026-12-03", "to": "2026-12-11", "why": "Canicule"]),
            preview: Bascule.Preview(lines: BasculePage.lines, groups: BasculePage.groups), time: AgendaSample.time)
    }
}

/// Group appointments, that no call replaces: each is opened and decided.
struct GroupsLeft: View {
    let groups: [Bascule.Preview.Group]
    let time: LocalTime

    var html: HTML {
        guard !groups.isEmpty else { return .empty }
        return Notice(
            .warn,
            """
            <p><b>\(Format.count(groups.count, "rendez-vous collectif reste", "rendez-vous collectifs restent")) sur place.</b> Un appel ne le \
            remplace pas : ouvrez chacun pour l’annuler ou le déplacer, les inscrits seront prévenus.</p>\
            <ul class="bullets">\(each: groups, line)</ul>
            """
        ).html
    }

    private func line(_ one: Bascule.Preview.Group) -> HTML {
        """
        <li><a href="\(href: Urls.appointment(one.appointmentID))">\(Format.capitalized(time.moment(one.startsAt))) : \(one.reason)</a>, \
        \(Format.count(one.people, "personne inscrite", "personnes inscrites"))</li>
        """
    }
}

/// Some people of a bascule, by hour.
struct PreviewLines: View {
    let title: String
    let lines: [Bascule.Preview.Line]
    let time: LocalTime

    var html: HTML {
        guard !lines.isEmpty else { return .empty }
        return """
            <details class="more"><summary>\(title) (\(lines.count))</summary><ul class="bullets">\(each: lines, line)</ul></details>
            """
    }

    private func line(_ one: Bascule.Preview.Line) -> HTML {
        let means = [one.number.map(Format.phone), one.address.isEmpty ? nil : one.address].compactMap { $0 }
        return """
            <li>\(Format.capitalized(time.moment(one.startsAt))) : \(one.personName), \(one.how.label)\
            \(if: !means.isEmpty, ", \(means.joined(separator: ", "))")</li>
            """
    }
}

/// Where a bascule stands: who has been told, who has not, and going back.
struct BasculePage: Page {
    let bascule: Bascule
    let names: BasculeNames
    let progress: Bascule.Progress
    var state: FormState
    let time: LocalTime

    var title: String { bascule.why }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: "Bascules"))
        <p class="sentence after-head">\(Format.capitalized(names.sentence(bascule, time)))</p>\(ErrorSummary(state, over: numbers))\
        \(ToTellNotice(count: progress.open, url: Urls.toTell))\(counts)\(GroupsLeft(groups: progress.groups, time: time))\(numbers)\(reversal)</div>
        """
    }

    private var counts: HTML {
        DefinitionList([
            ("Prévenues par message", "\(Format.number(progress.messages))"),
            ("Prévenues de vive voix", "\(Format.number(progress.told))"), ("À prévenir", "\(Format.number(progress.open))"),
        ]).html
    }

    /// Those whose appointment could not go by phone.
    private var numbers: HTML {
        guard !progress.withoutNumber.isEmpty else { return .empty }
        return """
            <section class="stack after" aria-labelledby="numbers-title"><h2 id="numbers-title">Sans numéro</h2>\
            <p>Ces rendez-vous ne peuvent pas encore avoir lieu par téléphone. Écrivez à la personne, et notez son numéro dès qu’il est connu.</p>\
            <ul class="stretches">\(each: progress.withoutNumber, withoutNumber)</ul></section>
            """
    }

    private func withoutNumber(_ line: Bascule.Preview.Line) -> HTML {
        let field = "phone-\(line.appointmentID)"
        return """
            <li class="card"><div><p class="sentence">\(line.personName)</p><p>\(Format.capitalized(time.moment(line.startsAt))), \
            \(line.how.label)</p><p class="soft">\(line.address.isEmpty ? "Aucune adresse." : line.address)</p></div>\
            <form class="row" method="post" action="\(href: Urls.basculeNumber(bascule.id, line.appointmentID))" novalidate>\
            <input type="hidden" name="csrf" value="\(HTML.token)">\(TextField(field, "Son numéro", state, kind: .tel, size: .medium))\
            <button type="submit">Noter le numéro<span class="unseen"> de \(line.personName)</span></button></form></li>
            """
    }

    private var reversal: HTML {
        if let at = bascule.revertedAt {
            return Notice(.good, "<p>Rétablie \(time.moment(at)) : les personnes ont été prévenues de nouveau.</p>").html
        }
        return """
            <div class="stack after"><p>Les rendez-vous encore à venir auront lieu de nouveau comme avant, et chacun en est prévenu.</p>\
            \(ActionButton("Rétablir comme avant", Urls.basculeReversal(bascule.id), style: .alert))</div>
            """
    }

    static let names = BasculeNames(sites: [AgendaSample.site], services: [AgendaSample.service])
    static let sampled = Bascule(
        territoryID: 64, organizationID: AgendaSample.house.id, siteID: AgendaSample.site.id, serviceID: AgendaSample.service.id,
        days: AgendaSample.monday...AgendaSample.monday.adding(days: 11), homes: true, why: "Canicule", createdAt: AgendaSample.now)
    static let lines = [
        Bascule.Preview.Line(
            appointmentID: .new(), startsAt: AgendaSample.now, how: .site, personName: "Rima Haïdar", number: "+33639981234",
            needsInterpreter: true, address: "3 rue des Essais, 64300 Orthez"),
        .init(
            appointmentID: .new(), startsAt: AgendaSample.now.adding(days: 1), how: .home, personName: "Jean Dupouy", number: nil,
            needsInterpreter: false, address: ""),
    ]

    static let groups = [
        Bascule.Preview.Group(appointmentID: .new(), startsAt: AgendaSample.now.adding(days: 2), reason: "Atelier budget", people: 7)
    ]

    static var sample: BasculePage {
        BasculePage(
            bascule: sampled, names: names,
            progress: .init(messages: 112, told: 4, open: 9, withoutNumber: lines.filter { $0.number == nil }, groups: groups),
            state: .blank,
            time: AgendaSample.time)
    }
}
