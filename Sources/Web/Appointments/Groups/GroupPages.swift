import Core
import Scheduling

/// The group appointments to come in one's houses, with their seats.
struct GroupsPage: Page {
    let groups: [GroupSlot]
    let choices: BookingChoices
    let time: LocalTime

    var title: String { "Rendez-vous collectifs" }

    var html: HTML {
        """
        \(PageHead(title, actions: LinkButton("Nouveau rendez-vous collectif", Urls.newGroup, style: .main).html))
        \(groups.isEmpty ? empty : list)
        """
    }

    private var empty: HTML {
        EmptyState(
            "Aucun rendez-vous collectif à venir", "Informations collectives, ateliers, visites : chacun s’y inscrit place par place."
        )
        .html
    }

    private var list: HTML {
        Table(
            title, columns: [.init("Quand"), .init("Où"), .init("Avec"), .init("Places")],
            rows: groups.map { group in
                [
                    "<a href=\"\(href: Urls.appointment(group.appointmentID))\">\(Format.capitalized(time.moment(group.slot.start)))</a>",
                    "\(choices.placeName(group.slot))", "\(choices.name(of: group.slot.agentID))",
                    "\(Format.seats(group.seats, left: group.left))",
                ]
            }
        ).html
    }

    static var sample: GroupsPage {
        let slot = Slot(
            start: Samples.time.now.adding(days: 2), minutes: 90, organizationID: Samples.organization.id, siteID: Samples.place.id,
            agentID: Samples.agent, because: .leastBusy, count: 1)
        return GroupsPage(
            groups: [
                GroupSlot(appointmentID: .new(), slot: slot, seats: 12, taken: 9),
                GroupSlot(appointmentID: .new(), slot: slot, seats: 12, taken: 12),
            ], choices: BookingPage.sample.choices, time: Samples.time)
    }
}

/// Writing a group appointment into an agenda.
struct NewGroupPage: Page {
    let choices: BookingChoices
    let state: FormState

    var title: String { "Nouveau rendez-vous collectif" }

    private var reasons: [Choice] {
        choices.reasons.filter { $0.reason.seats != nil }.map { one in
            Choice(one.reason.id.description, "\(one.reason.name), \(Format.count(one.reason.seats ?? 0, "place"))")
        }
    }

    var html: HTML { "\(PageHead(title))\(reasons.isEmpty ? nothing : PostForm(Urls.groups, state) { fields }.html)" }

    private var nothing: HTML {
        EmptyState("Aucun motif collectif", "Un motif est collectif quand ses réglages disent combien de places il a.").html
    }

    private var fields: HTML {
        """
        <section class="card stack" aria-label="Le rendez-vous collectif">\
        \(Select("reason", "Motif", reasons, state, empty: "Choisir"))\
        <div class="pairs">\(Select("agent", "Agent", agents, state, empty: "Choisir"))\
        \(Select("site", "Lieu", sites, state, isOptional: true, empty: "Aucun"))</div>\
        <div class="three">\(DateField("date", "Jour", state))\(TimeField("time", "Heure", state))\
        \(number("minutes", "Durée", hint: "En minutes. Sans réponse\u{A0}: celle du motif."))\
        \(number("seats", "Places", hint: "Sans réponse\u{A0}: celles du motif."))</div>\
        \(TextField("place", "Autre lieu", state, isOptional: true, limit: 100))\
        \(TextField("link", "Lien de la visio", state, hint: "https://…", kind: .url, isOptional: true))</section>\
        \(SubmitRow("Écrire le rendez-vous collectif", cancel: Urls.groups))
        """
    }

    private var agents: [Choice] { choices.agents.map { Choice($0.id.description, $0.name) } }
    private var sites: [Choice] { choices.sites.map { Choice($0.id.description, $0.name) } }

    private func number(_ name: String, _ label: String, hint: String) -> HTML {
        TextField(name, label, state, hint: hint, kind: .number, isOptional: true, size: .short).html
    }

    static var sample: NewGroupPage {
        var collective = Samples.reason
        collective.seats = 12
        let all = BookingPage.sample.choices
        return NewGroupPage(
            choices: BookingChoices(
                reasons: [.init(reason: collective, serviceName: "Service social")], sites: all.sites, agents: all.agents,
                organizations: all.organizations), state: .blank)
    }
}
