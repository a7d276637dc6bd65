import Core

/// Which agents to look at side by side: groups that one keeps, and a choice for now.
struct AgendaGroupsPage: Page {
    let groups: [AgendaGroup]
    let choices: AgendaChoices

    var title: String { "Plusieurs agents" }

    var html: HTML {
        """
        \(PageHead(title, above: "Agenda", actions: LinkButton("Revenir à l’agenda", Urls.agenda).html))
        <div class="two"><section class="stack" aria-labelledby="groups"><h2 id="groups">Mes groupes</h2>\(list)</section>\
        <section class="card stack" aria-labelledby="choose"><h2 id="choose">Choisir des agents</h2>\(choosing)</section></div>
        """
    }

    private var list: HTML {
        guard !groups.isEmpty else {
            return EmptyState("Aucun groupe", "Affichez des agents côte à côte, puis donnez-leur un nom : vous les retrouverez ici.").html
        }
        return "<ul class=\"memos\">\(each: groups, line)</ul>"
    }

    private func line(_ group: AgendaGroup) -> HTML {
        """
        <li class="card memo"><div><p><b><a href="\(href: Urls.agendaGroup(group.id))">\(group.name)</a></b></p>\
        <p class="soft">\(Format.list(names(group)))</p></div>\
        <div class="row">\(LinkButton("Modifier", Urls.editAgendaGroup(group.id), spoken: "Modifier \(group.name)"))</div></li>
        """
    }

    private func names(_ group: AgendaGroup) -> [String] {
        let names = Dictionary(choices.agents.map { ($0.id, $0.name) }) { first, _ in first }
        return group.agentIDs.compactMap { names[$0] }
    }

    private var choosing: HTML {
        GetForm(Urls.agendasTogether) {
            "<div class=\"stack\">\(AgentBoxes(choices: choices, state: .blank))<button type=\"submit\" class=\"main\">Afficher côte à côte</button></div>"
        }.html
    }

    static var sample: AgendaGroupsPage {
        AgendaGroupsPage(
            groups: [AgendaGroup(name: "Équipe du jeudi", agentIDs: [AgendaSample.worker.id, AgendaSample.colleague.id])],
            choices: AgendaSample.choices)
    }
}

/// One group: its name and its agents.
struct AgendaGroupPage: Page {
    let group: AgendaGroup
    let choices: AgendaChoices
    let state: FormState

    var title: String { group.name }

    var html: HTML {
        """
        \(PageHead(title, above: "Mes groupes"))<div class="column stack">\(PostForm(Urls.editAgendaGroup(group.id), state) { fields })\
        \(ActionButton("Supprimer ce groupe", Urls.agendaGroupDeletion(group.id), style: .alert))</div>
        """
    }

    private var fields: HTML {
        """
        \(TextField("name", "Nom du groupe", state, size: .medium, limit: 60))\(AgentBoxes(choices: choices, state: state))\
        \(SubmitRow("Enregistrer", cancel: Urls.agendaGroups))
        """
    }

    static var sample: AgendaGroupPage {
        let group = AgendaGroupsPage.sample.groups[0]
        return AgendaGroupPage(
            group: group, choices: AgendaSample.choices,
            state: FormState(
                Form(["name": [""], "agents": group.agentIDs.map(\.description)]),
                refused: .field("name", "name", "Donnez un nom : « Équipe du jeudi ».")))
    }
}

/// Everyone whose agenda one may open, house by house.
struct AgentBoxes: View {
    let choices: AgendaChoices
    let state: FormState

    var html: HTML {
        var seen: Set<ID<Agent>> = []
        let agents = choices.agents.filter { seen.insert($0.id).inserted }
        let several = Set(agents.map(\.organization)).count > 1
        return CheckboxGroup(
            "agents", "Quels agents ?", agents.map { Choice($0.id.description, $0.name, detail: several ? $0.organization : nil) }, state
        ).html
    }
}
