import Core
import Scheduling

/// Semaines types: keeping an agent's week under a name, and laying one in their agenda.
struct WeekTemplatesPage: Page {
    let owner: AgendaOwner
    let organizations: [Organization]
    let templates: [WeekTemplate]
    /// Of what was refused: `keep` or `lay`.
    var states: [String: FormState] = [:]
    let time: LocalTime

    var title: String { "Semaines types" }

    var html: HTML {
        """
        \(PageHead(title, above: owner.agent.name, actions: LinkButton("Plages d’ouverture", Urls.openings(of: owner.agent.id)).html))
        <div class="two"><div class="stack">\(laying)\(list)</div><div class="stack">\(keeping)</div></div>
        """
    }

    private var today: CivilDate { time.zone.civil(time.now).date }

    private var laying: HTML {
        guard !templates.isEmpty else {
            return EmptyState(
                "Aucune semaine type", "Enregistrez une semaine de plages : vous pourrez la reposer ici, ou chez un collègue."
            ).html
        }
        let state = states["lay"] ?? FormState(["date": today.monday.adding(days: 7).description, "weeks": "1"])
        return """
            <section class="card stack"><h2>Poser une semaine type chez \(owner.agent.name)</h2>\(PostForm(Urls.weekTemplateApplication, state) {
                """
                \(HiddenField("agent", owner.agent.id.description))\
                \(Select("template", "Laquelle ?", templates.map { Choice($0.id.description, $0.name) }, state))\
                \(DateField("date", "La semaine du", state))\
                \(TextField("weeks", "Pendant combien de semaines ?", state, kind: .number, size: .short))\(SubmitRow("Poser ces plages"))
                """
            })</section>
            """
    }

    private var keeping: HTML {
        let state = states["keep"] ?? FormState(["date": today.description])
        return """
            <section class="card stack"><h2>Enregistrer une de ses semaines</h2>\(PostForm(Urls.weekTemplates, state) {
                """
                \(HiddenField("agent", owner.agent.id.description))\(TextField("name", "Nom", state, hint: "« Semaine A ».", limit: 100))\
                \(organization(state))\(KeptWeek(state: state))\(SubmitRow("Enregistrer cette semaine"))
                """
            })</section>
            """
    }

    private func organization(_ state: FormState) -> HTML {
        guard organizations.count > 1 else {
            return HiddenField("organization", organizations.first?.id.description ?? "").html
        }
        return Select("organization", "Pour", organizations.map { Choice($0.id.description, $0.name) }, state).html
    }

    private var list: HTML {
        "<ul class=\"stretches\">\(each: templates, one)</ul>"
    }

    private func one(_ template: WeekTemplate) -> HTML {
        """
        <li class="card"><div><p class="sentence">\(template.name)</p><p class="soft">\(each: template.lines, { line in
            "\(Format.capitalized(StretchSentence.name(line.weekday))) \(Format.span(line.minutes)). "
        })</p></div>\(ActionButton("Supprimer", Urls.weekTemplateDeletion(template.id), style: .alert, fields: [("agent", owner.agent.id.description)]))</li>
        """
    }

    static var sample: WeekTemplatesPage {
        let line = WeekTemplate.Line(weekday: .monday, minutes: 540..<720, siteID: nil, place: "", reasonIDs: [])
        return WeekTemplatesPage(
            owner: AgendaSample.owner, organizations: [AgendaSample.house],
            templates: [WeekTemplate(organizationID: AgendaSample.house.id, name: "Semaine A", lines: [line])],
            states: ["keep": FormState(Form(["name": [""]]), refused: .field("name", "name", "Donnez un nom : « Semaine A »."))],
            time: AgendaSample.time)
    }
}

/// The day of the week to keep: on the same page as the day of the one to lay, so under another name.
struct KeptWeek: View {
    let state: FormState

    var html: HTML {
        var shown = state
        shown.moveError(from: "date", to: "kept_date")
        shown.form = Form(
            state.form.fields.merging(["kept_date": state.form.fields["kept_date"] ?? state.values("date")]) { first, _ in first })
        return DateField("kept_date", "La semaine du", shown).html
    }
}
