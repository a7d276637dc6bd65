import Core

/// The teams of one organization.
struct TeamsPage: Page {
    let organization: Organization
    let teams: [Team]
    let agents: [Agent]
    /// Of the form of a new one.
    let state: FormState

    var title: String { "Équipes : \(organization.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))\(list)<section class="card stack column"><h2>Nouvelle équipe</h2>\
        \(PostForm(Urls.teams(of: organization.id), state) { "\(TeamFields(agents: agents, state: state))\(SubmitRow("Créer cette équipe"))" })</section>\
        <p class="row">\(LinkButton("Affectations", Urls.members(organization.id)))\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private var list: HTML {
        guard !teams.isEmpty else { return EmptyState("Aucune équipe", "Une équipe réunit des agents de l’organisation sous un nom.").html }
        return Table(title, columns: [.init("Nom"), .init("Agents")], rows: teams.map(row)).html
    }

    private func row(_ team: Team) -> [HTML] {
        let names = agents.filter { team.agentIDs.contains($0.id) }.map(\.name)
        return ["<a href=\"\(href: Urls.team(organization.id, team.id))\">\(team.name)</a>", "\(Format.list(names))"]
    }

    static var sample: TeamsPage {
        let agents = [AgendaSample.worker, AgendaSample.colleague]
        let team = Team(organizationID: Samples.organization.id, name: "Équipe insertion", agentIDs: Set(agents.map(\.id)))
        return TeamsPage(
            organization: Samples.organization, teams: [team], agents: agents,
            state: FormState(Form(), refused: .field("name", "name", "Donnez un nom : « Équipe insertion ».")))
    }
}

/// One team.
struct TeamPage: Page {
    let organization: Organization
    let team: Team
    let agents: [Agent]
    let state: FormState

    var title: String { team.name }

    var html: HTML {
        """
        \(PageHead(title, above: "Équipes : \(organization.name)"))<div class="column stack">\
        \(PostForm(Urls.team(organization.id, team.id), state) {
            "\(TeamFields(agents: agents, state: state))\(SubmitRow("Enregistrer", cancel: Urls.teams(of: organization.id)))"
        })\(ActionButton("Supprimer cette équipe", Urls.teamDeletion(organization.id, team.id), style: .alert))</div>
        """
    }

    static var sample: TeamPage {
        let teams = TeamsPage.sample
        return TeamPage(
            organization: teams.organization, team: teams.teams[0], agents: teams.agents,
            state: FormState(Form(["name": ["Équipe insertion"], "agents": teams.teams[0].agentIDs.map(\.description)])))
    }
}

struct TeamFields: View {
    let agents: [Agent]
    let state: FormState

    var html: HTML {
        """
        \(TextField("name", "Nom", state, limit: 100))\
        \(CheckboxGroup("agents", "Qui en fait partie ?", agents.map { Choice($0.id.description, $0.name) }, state))
        """
    }
}
