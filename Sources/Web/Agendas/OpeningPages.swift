import Core
import Scheduling

/// An agent's openings: those that stand, then those that are over.
struct OpeningsPage: Page {
    let owner: AgendaOwner
    let openings: [AgendaOpening]
    let acting: Acting
    let time: LocalTime

    var title: String { "Plages d’ouverture" }

    var html: HTML {
        """
        \(PageHead(title, above: owner.agent.name, actions: actions))\(AgendaTabs(owner: owner, current: .openings))
        \(openings.isEmpty ? empty : lists)
        """
    }

    private var mayFill: Bool { acting.canFill(owner) }

    private var actions: HTML {
        guard mayFill else { return .empty }
        return """
            \(LinkButton("Semaines types", Urls.weekTemplates(of: owner.agent.id)))\
            \(LinkButton("Nouvelle plage", Urls.newOpening(of: owner.agent.id), style: .main))
            """
    }

    private var empty: HTML {
        EmptyState(
            "Aucune plage d’ouverture",
            "Sans plage, personne ne trouve de créneau ici. On peut toujours écrire un rendez-vous dans l’agenda."
        ).html
    }

    private var lists: HTML {
        let today = acting.territory.zone.civil(time.now).date
        let over = openings.filter { $0.opening.stretch.isOver(by: today) }
        let standing = openings.filter { !$0.opening.stretch.isOver(by: today) }
        return """
            \(standing.isEmpty ? "<p class=\"soft\">Aucune plage en cours.</p>" as HTML : list(standing))\
            \(if: !over.isEmpty, "<details class=\"more\"><summary>Plages terminées (\(over.count))</summary>\(list(over))</details>")
            """
    }

    private func list(_ openings: [AgendaOpening]) -> HTML { "<ul class=\"stretches\">\(each: openings, line)</ul>" }

    private func line(_ one: AgendaOpening) -> HTML {
        let sentence = StretchSentence(stretch: one.opening.stretch, place: one.place, today: time.today).text
        let canChange = acting.canFill(owner, in: one.opening.organizationID)
        return """
            <li class="card"><div><p class="sentence">\(sentence)</p><p class="soft">\(one.permanenceLabel ?? one.reasons.joined(separator: " · "))</p></div>\
            \(if: canChange, LinkButton("Modifier", Urls.opening(one.opening.id), spoken: "Modifier : \(sentence)").html)</li>
            """
    }
}

/// A new opening, or an old one to change or take away.
struct OpeningFormPage: Page {
    let owner: AgendaOwner
    let choices: OpeningChoices
    var state: FormState
    /// What is changed; nothing for a new one.
    var changed: AgendaOpening?
    /// Upcoming appointments that lie in it.
    var upcoming: [AgendaAppointment] = []
    /// Someone else changed it while it was being written.
    var meanwhile: Meanwhile?
    /// The agent's other openings at the same hours, as sentences: said before it is saved.
    var overlapping: [String] = []
    let time: LocalTime

    var title: String { changed == nil ? "Nouvelle plage d’ouverture" : "Modifier une plage d’ouverture" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: owner.agent.name))\(current)\(meanwhile.map(MeanwhileNotice.init))
        \(PostForm(changed.map { Urls.opening($0.opening.id) } ?? Urls.openings, state) { fields })\(deletion)</div>
        """
    }

    private var current: HTML? {
        changed.map { one in
            "<p class=\"sentence after-head\">\(StretchSentence(stretch: one.opening.stretch, place: one.place, today: time.today).text)</p>"
        }
    }

    private var fields: HTML {
        """
        \(HiddenField("agent", owner.agent.id.description))\(changed.map { HiddenField("version", String($0.opening.version)).html })
        \(purpose)\(organization)
        \(Select(
            "site", "Lieu", choices.sites.map { Choice($0.id.description, name($0)) }, state, isOptional: true,
            empty: "Aucun : téléphone, visio, domicile"))
        \(TextField("place", "Ou un autre lieu", state, hint: "Une adresse ou un nom, quand le lieu n’est pas dans la liste.", isOptional: true, limit: 200))
        \(StretchFields(state: state, isAbsence: false))
        \(overlaps)\(SubmitRow(changed == nil ? "Enregistrer la plage" : "Enregistrer", cancel: Urls.openings(of: owner.agent.id)))
        """
    }

    private var overlaps: HTML {
        guard !overlapping.isEmpty else { return .empty }
        let notice = Notice(
            .warn,
            """
            <p role="alert"><b>\(overlapping.count == 1 ? "Une autre plage est" : "D’autres plages sont") déjà ouverte\(overlapping.count == 1 ? "" : "s") \
            aux mêmes heures.</b> Enregistrez de nouveau pour garder les deux.</p>\
            <ul class="bullets">\(each: overlapping, { "<li>\($0)</li>" })</ul>
            """)
        return "\(notice)\(HiddenField("overlaps", String(overlapping.count)))"
    }

    /// What people come for: a permanence is only asked about where the agent is of a service.
    private var purpose: HTML {
        guard !choices.services.isEmpty else { return reasons }
        let kinds = [
            Choice("slots", "Des rendez-vous", detail: "des créneaux sont proposés"),
            Choice("permanence", "Une permanence", detail: "sans rendez-vous, chacun son tour"),
        ]
        return """
            <div class="purposes">\(RadioCards("kind", "Que propose cette plage ?", kinds, state))\
            <div class="when-slots">\(reasons)</div><div class="when-permanence">\
            \(Select("service", "Permanence de quel service ?", choices.services.map { Choice($0.id.description, $0.name) }, state))</div></div>
            """
    }

    private var reasons: HTML {
        guard !choices.reasons.isEmpty else {
            return Notice(.warn, "<p>\(owner.agent.name) n’est d’aucun service qui ait des motifs : demandez à l’administrateur.</p>").html
        }
        let reasons = choices.reasons.map { reason in
            Choice(
                reason.id.description, reason.name,
                detail: "\(Format.capitalized(reason.how.label)), \(Format.duration(minutes: reason.minutes))")
        }
        return CheckboxGroup("reasons", "Pour quels motifs ?", reasons, state).html
    }

    private var organization: HTML {
        guard choices.organizations.count > 1 else {
            return HiddenField("organization", choices.organizations.first?.id.description ?? "").html
        }
        return Select("organization", "Pour", choices.organizations.map { Choice($0.id.description, $0.name) }, state).html
    }

    private func name(_ site: Site) -> String {
        let house = choices.organizations.first { $0.id == site.organizationID }?.name
        return choices.organizations.count > 1 ? "\(site.name) (\(house ?? ""))" : site.name
    }

    private var deletion: HTML? {
        changed.map { one in
            """
            \(OccurrenceList(thing: one.opening, time: time))\
            <details class="more after"><summary>Supprimer cette plage</summary><div class="stack">\(remaining)
            \(ActionButton("Supprimer la plage", Urls.openingDeletion(one.opening.id), style: .alert))</div></details>
            """
        }
    }

    private var remaining: HTML {
        guard !upcoming.isEmpty else { return "<p>Aucun rendez-vous à venir n’y est pris.</p>" }
        let some =
            upcoming.count == 1
            ? "1\u{A0}rendez-vous à venir y est pris : il reste" : "\(upcoming.count)\u{A0}rendez-vous à venir y sont pris : ils restent"
        return "<p>\(some) à l’agenda, rien n’est annulé.</p>\(CoveredList(appointments: upcoming, time: time))"
    }
}

/// What an opening's form offers.
struct OpeningChoices: Sendable {
    let reasons: [Reason]
    let organizations: [Organization]
    let sites: [Site]
    /// The agent's own: those for which a permanence may be held.
    var services: [Service] = []
}

/// Appointments that something lies over, each with its page where it can be moved.
struct CoveredList: View {
    let appointments: [AgendaAppointment]
    let time: LocalTime
    /// As many as are read at a glance.
    private static let limit = 20

    var html: HTML {
        """
        <ul class="bullets covered">\(each: appointments.prefix(Self.limit), line)\
        \(if: appointments.count > Self.limit, "<li>et \(appointments.count - Self.limit)\u{A0}autres</li>")</ul>
        """
    }

    private func line(_ one: AgendaAppointment) -> HTML {
        """
        <li><a href="\(href: Urls.appointment(one.id))">\(Format.capitalized(time.moment(one.time.lowerBound))) : \(AgendaBoard.who(one))</a>, \
        \(one.reason)</li>
        """
    }
}

/// The pages about one agent's time.
struct AgendaTabs: View {
    enum Tab { case agenda, openings, absences }

    let owner: AgendaOwner
    let current: Tab

    var html: HTML {
        Tabs(
            owner.agent.name,
            [
                .init("Agenda", Urls.agenda(of: owner.agent.id, .week, nil), isCurrent: current == .agenda),
                .init("Plages d’ouverture", Urls.openings(of: owner.agent.id), isCurrent: current == .openings),
                .init("Indisponibilités", Urls.absences(of: owner.agent.id), isCurrent: current == .absences),
            ]
        ).html
    }
}

extension Stretch {
    /// Nothing of it happens on this day or later.
    func isOver(by today: CivilDate) -> Bool {
        let last = recurrence.pattern == .once ? recurrence.first : recurrence.until ?? .init(dayNumber: .max / 2)
        return last.dayNumber + days < today.dayNumber
    }
}
