import Core
import Scheduling

/// An agent's absences: those that stand, then those that are over.
struct AbsencesPage: Page {
    let owner: AgendaOwner
    let absences: [Absence]
    let acting: Acting
    let time: LocalTime

    var title: String { "Indisponibilités" }

    var html: HTML {
        """
        \(PageHead(title, above: owner.agent.name, actions: actions))\(AgendaTabs(owner: owner, current: .absences))
        \(absences.isEmpty ? empty : lists)
        """
    }

    private var actions: HTML {
        guard acting.canFill(owner) else { return .empty }
        return LinkButton("Nouvelle indisponibilité", Urls.newAbsence(of: owner.agent.id), style: .main).html
    }

    private var empty: HTML {
        EmptyState("Aucune indisponibilité", "Congés, formations, réunions : ce qui est posé ici n’est plus proposé à personne.").html
    }

    private var lists: HTML {
        let today = acting.territory.zone.civil(time.now).date
        let over = absences.filter { $0.stretch.isOver(by: today) }
        let standing = absences.filter { !$0.stretch.isOver(by: today) }
        return """
            \(standing.isEmpty ? "<p class=\"soft\">Aucune indisponibilité à venir.</p>" as HTML : list(standing))\
            \(if: !over.isEmpty, "<details class=\"more\"><summary>Passées (\(over.count))</summary>\(list(over))</details>")
            """
    }

    private func list(_ absences: [Absence]) -> HTML { "<ul class=\"stretches\">\(each: absences, line)</ul>" }

    private func line(_ one: Absence) -> HTML {
        let sentence = StretchSentence(stretch: one.stretch, today: time.today).text
        return """
            <li class="card"><div><p class="sentence">\(sentence)</p>\(if: !one.title.isEmpty, "<p class=\"soft\">\(one.title)</p>")</div>\
            \(if: acting.canFill(owner), LinkButton("Ouvrir", Urls.absence(one.id), spoken: "Ouvrir : \(sentence)").html)</li>
            """
    }
}

/// A new absence, or one to read back, change or take away.
struct AbsenceFormPage: Page {
    let owner: AgendaOwner
    var state: FormState
    /// What is changed; nothing for a new one.
    var changed: Absence?
    /// The upcoming appointments that it covers, and what could be done about each.
    var covered = Covered.none
    var offers: [ID<Appointment>: Remedy.Ways] = [:]
    /// Someone else changed it while it was being written.
    var meanwhile: Meanwhile?
    let time: LocalTime

    var title: String { changed == nil ? "Nouvelle indisponibilité" : "Indisponibilité" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: owner.agent.name))\(current)\(meanwhile.map(MeanwhileNotice.init))\(changed.map(over))
        \(PostForm(changed.map { Urls.absence($0.id) } ?? Urls.absences, changed == nil || !isRemedying ? state : .blank) { fields })\(deletion)</div>
        """
    }

    /// What came back refused is the choices, not the absence.
    private var isRemedying: Bool { state.form.has("covers") }

    private var current: HTML? {
        changed.map { "<p class=\"sentence after-head\">\(StretchSentence(stretch: $0.stretch, today: time.today).text)</p>" }
    }

    /// Of a saved absence: what remains to be dealt with.
    private func over(_ absence: Absence) -> HTML {
        guard !covered.isEmpty else { return .empty }
        let form = PostForm(Urls.absenceRemedies(absence.id), isRemedying ? state : .blank) {
            "\(remedies)\(SubmitRow("Faire ces changements"))"
        }
        return Notice(.warn, "\(CoveredList(appointments: covered.appointments, time: time))\(form)").html
    }

    private var remedies: HTML {
        RemedyFields(covered: covered, offers: offers, state: isRemedying ? state : .blank, during: "cette absence", time: time).html
    }

    private var fields: HTML {
        let shown = changed.map { isRemedying ? FormState(Form($0.fields)) : state } ?? state
        return """
            \(HiddenField("agent", owner.agent.id.description))\(changed.map { HiddenField("version", String($0.version)).html })
            \(TextField(
                "title", "Titre", shown, hint: "Lu par l’agent, l’accueil et les responsables. Les collègues lisent « Indisponible ».",
                isOptional: true, limit: 100))
            \(StretchFields(state: shown, isAbsence: true))\(if: changed == nil && !covered.isEmpty, remedies)
            \(SubmitRow(label, cancel: Urls.absences(of: owner.agent.id)))
            """
    }

    private var label: String { changed == nil ? "Enregistrer l’indisponibilité" : "Enregistrer" }

    private var deletion: HTML? {
        changed.map { one in
            """
            \(OccurrenceList(thing: one, time: time))\
            <details class="more after"><summary>Supprimer cette indisponibilité</summary><div class="stack">\
            <p>Les créneaux de ces heures seront de nouveau proposés.</p>\
            \(ActionButton("Supprimer l’indisponibilité", Urls.absenceDeletion(one.id), style: .alert))</div></details>
            """
        }
    }
}
