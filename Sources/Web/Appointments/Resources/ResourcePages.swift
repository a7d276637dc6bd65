import Core
import Scheduling

/// The rooms, cars and interpreters of one's houses, and what is still to confirm.
struct ResourceListPage: Page {
    let resources: [Resource]
    let organizations: [ID<Organization>: String]
    let toConfirm: Int
    let maySetUp: Bool

    let title = "Ressources"

    var html: HTML {
        """
        \(PageHead(title, actions: maySetUp ? LinkButton("Nouvelle ressource", Urls.newSetup("resources")).html : .empty))\
        \(if: toConfirm > 0, waiting)\(list)
        """
    }

    private var waiting: HTML {
        "<p>\(LinkButton("À confirmer : \(Format.count(toConfirm, "demande"))", Urls.resourcesToConfirm, style: .main))</p>"
    }

    private var list: HTML {
        guard !resources.isEmpty else {
            return EmptyState("Aucune ressource", "Les salles, voitures et interprètes se créent dans les réglages de l’organisation.").html
        }
        return "\(each: Resource.Kind.allCases, kind)"
    }

    private func kind(_ kind: Resource.Kind) -> HTML {
        let some = resources.filter { $0.kind == kind }
        guard !some.isEmpty else { return .empty }
        return """
            <section class="card stack" aria-labelledby="kind-\(kind.rawValue)"><h2 id="kind-\(kind.rawValue)">\(Format.capitalized(kind.label))s</h2>\
            <ul class="stack">\(each: some, one)</ul></section>
            """
    }

    private func one(_ resource: Resource) -> HTML {
        let languages = resource.languages.map(PersonForm.languageName).joined(separator: ", ")
        let details = [languages, organizations[resource.organizationID] ?? "", resource.contact].filter { !$0.isEmpty }
        return """
            <li><a href="\(href: Urls.resource(resource.id))">\(resource.name)</a> <span class="soft">\(details.joined(separator: " · "))</span>\
            \(if: resource.isRetired, " \(Tag("retirée"))")</li>
            """
    }

    static let sample = ResourceListPage(
        resources: [ResourceSamples.room, ResourceSamples.interpreter], organizations: [:], toConfirm: 2, maySetUp: true)
}

/// The week of a resource: what takes it, and when it cannot be had.
struct ResourcePage: Page {
    let found: ResourceDays
    var state = FormState.blank
    let time: LocalTime

    var title: String { found.resource.name }
    private var resource: Resource { found.resource }
    private var start: CivilDate { found.days.lowerBound }

    var html: HTML {
        """
        \(PageHead(title, above: "\(Format.capitalized(resource.kind.label)) · \(week)", actions: steps.html))\
        <div class="two"><div class="stack">\(each: Array(found.days), day)</div><div class="stack">\(ErrorSummary(state, over: .empty))\(pauses)</div></div>
        """
    }

    private var week: String { Format.week(start, today: time.today) }

    private var steps: Steps {
        let url = { (date: CivilDate?) in Urls.resource(resource.id).query("date", date?.description) }
        return Steps(
            previous: url(start.adding(days: -7)), today: url(nil), next: url(start.adding(days: 7)),
            spokenPrevious: "Semaine précédente", spokenNext: "Semaine suivante")
    }

    private func day(_ date: CivilDate) -> HTML {
        let span = time.zone.day(date)
        let taken = found.appointments.filter { $0.time.overlaps(span) }
        let title = Format.capitalized(Format.near(date, today: time.today))
        return """
            <section class="day-list"><h2>\(title)</h2>\
            \(if: taken.isEmpty, "<p class=\"soft\">Libre toute la journée.</p>")\(if: !taken.isEmpty, "<ol>\(each: taken, line)</ol>")</section>
            """
    }

    private func line(_ taken: ResourceDays.Taken) -> HTML {
        let what: HTML =
            taken.appointment.map { "<a href=\"\(href: Urls.appointment($0.id))\">\(AgendaBoard.who($0))</a>" } ?? "Occupé"
        return """
            <li><p class="hour">\(time.time(taken.time.lowerBound))<small>à\u{A0}\(time.time(taken.time.upperBound))</small></p>\
            <div><p>\(what)\(if: taken.standing == .toConfirm, " \(Tag("à confirmer", .warn))")</p>\
            <p class="soft">avec \(taken.agentName)</p></div></li>
            """
    }

    private var pauses: HTML {
        """
        <section class="card stack" aria-labelledby="pauses-title"><h2 id="pauses-title">Indisponible</h2>\
        <ul class="stack">\(each: found.pauses, pause)</ul>\
        \(PostForm(Urls.resourcePauses(resource.id), state) {
            """
            <div class="pairs">\(DateField("from", "Du", state))\(TimeField("from_time", "À", state))\
            \(DateField("until", "Au", state))\(TimeField("until_time", "Jusqu’à", state))</div>\
            \(TextField("why", "Pourquoi", state, isOptional: true, limit: 200))\(SubmitRow("Enregistrer"))
            """
        })</section>
        """
    }

    private func pause(_ pause: ResourcePause) -> HTML {
        let name = "Du \(time.moment(pause.time.lowerBound)) au \(time.moment(pause.time.upperBound))"
        return """
            <li>\(name)\(if: !pause.why.isEmpty, " : \(pause.why)")\
            <div class="row">\(ActionButton("De nouveau disponible", Urls.resourcePauseEnd(resource.id, pause.id)))</div></li>
            """
    }

    static var sample: ResourcePage {
        let monday = Samples.time.zone.civil(Samples.time.now).date.monday
        let start = Samples.time.zone.instant(monday, minute: 600)
        let taken = ResourceDays.Taken(
            time: start..<start.adding(minutes: 60), appointment: nil, agentName: "Maïté Ithurralde", standing: .toConfirm)
        let pause = ResourcePause(
            resourceID: ResourceSamples.interpreter.id, time: start.adding(days: 1)..<start.adding(days: 3), why: "Congés")
        let found = ResourceDays(
            resource: ResourceSamples.interpreter, days: monday..<monday.adding(days: 7), appointments: [taken], pauses: [pause])
        return ResourcePage(found: found, time: Samples.time)
    }
}

/// What is still to confirm, soonest first.
struct ToConfirmPage: Page {
    let lines: [ToConfirm]
    let time: LocalTime

    let title = "À confirmer"

    var html: HTML {
        """
        \(PageHead(title, above: "Ressources"))\(lines.isEmpty ? empty : "<ul class=\"stack\">\(each: lines, line)</ul>" as HTML)
        """
    }

    private var empty: HTML { EmptyState("Tout est confirmé", "Aucune demande n’attend de réponse.").html }

    private func line(_ line: ToConfirm) -> HTML {
        let one = line.appointment, contact = line.resource.contact
        return """
            <li class="card stack"><p><a href="\(href: Urls.appointment(one.id))">\(Format.capitalized(time.moment(one.time.lowerBound)))</a>, \
            \(AgendaBoard.who(one)) · \(one.reason) · \(AgendaBoard.place(one))</p>\(if: !contact.isEmpty, "<p>\(contact)</p>")\
            \(ResourceAnswer(appointment: one.id, resource: line.resource, back: Urls.resourcesToConfirm))</li>
            """
    }

    static var sample: ToConfirmPage {
        let start = Samples.time.now.adding(days: 2)
        let one = AgendaAppointment(
            agentID: Samples.agent, organizationID: Samples.organization.id, time: start..<start.adding(minutes: 45),
            reason: "Accompagnement budgétaire", colour: "#0a6b5d", how: .site, place: "Orthez",
            people: [.init(name: "Rima Haïdar")])
        return ToConfirmPage(lines: [ToConfirm(resource: ResourceSamples.interpreter, appointment: one)], time: Samples.time)
    }
}

/// Invented ones, for the samples of pages.
enum ResourceSamples {
    static let room = Resource(organizationID: Samples.organization.id, kind: .room, name: "Salle des Gaves", siteID: Samples.place.id)
    static let interpreter = Resource(
        organizationID: Samples.organization.id, kind: .interpreter, name: "Interprète arabe", languages: ["ar"],
        contact: "05 36 49 12 34", needsAcceptance: true)
}
