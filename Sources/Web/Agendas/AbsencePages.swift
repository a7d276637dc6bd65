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
    /// The upcoming appointments that it covers.
    var covered = Absence.Covered(appointments: [], hidden: 0)
    let time: LocalTime

    var title: String { changed == nil ? "Nouvelle indisponibilité" : "Indisponibilité" }

    var html: HTML {
        """
        <div class="column">\(PageHead(title, above: owner.agent.name))\(current)\(if: !covered.isEmpty, over)
        \(PostForm(changed.map { Urls.absence($0.id) } ?? Urls.absences, state) { fields })\(deletion)</div>
        """
    }

    private var current: HTML? {
        changed.map { "<p class=\"sentence after-head\">\(StretchSentence(stretch: $0.stretch, today: time.today).text)</p>" }
    }

    private var over: HTML {
        let count = covered.appointments.count + covered.hidden
        let some =
            count == 1
            ? "1\u{A0}rendez-vous à venir tombe pendant cette absence" : "\(count)\u{A0}rendez-vous à venir tombent pendant cette absence"
        let hidden = covered.hidden == 0 ? nil : "Dont \(covered.hidden) que vous ne pouvez pas voir."
        return Notice(
            .warn,
            """
            <p><b>\(some).</b> \(changed == nil ? "Si vous enregistrez, ils restent à l’agenda : déplacez-les ensuite." : "Ouvrez-les pour les déplacer.")</p>\
            \(CoveredList(appointments: covered.appointments, time: time))\(hidden.map { "<p>\($0)</p>" as HTML })
            """
        ).html
    }

    private var fields: HTML {
        """
        \(HiddenField("agent", owner.agent.id.description))\(if: changed == nil && !covered.isEmpty, HiddenField("covers", String(seen)).html)
        \(TextField("title", "Titre", state, hint: "Lu par l’agent, l’accueil et les responsables. Les collègues lisent « Indisponible ».", isOptional: true, limit: 100))
        \(StretchFields(state: state, isAbsence: true))
        \(SubmitRow(label, cancel: Urls.absences(of: owner.agent.id)))
        """
    }

    /// What was shown before it was saved.
    private var seen: Int { covered.appointments.count + covered.hidden }

    private var label: String {
        if changed != nil { return "Enregistrer" }
        return covered.isEmpty ? "Enregistrer l’indisponibilité" : "Enregistrer quand même"
    }

    private var deletion: HTML? {
        changed.map { one in
            """
            <details class="more after"><summary>Supprimer cette indisponibilité</summary><div class="stack">\
            <p>Les créneaux de ces heures seront de nouveau proposés.</p>\
            \(ActionButton("Supprimer l’indisponibilité", Urls.absenceDeletion(one.id), style: .alert))</div></details>
            """
        }
    }
}
