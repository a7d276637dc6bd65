import Core
import Store

/// Who works in one organization, with which roles.
struct MembersPage: Page {
    let organization: Organization
    let members: [Member]
    /// Those of the territory who are not in it yet.
    let others: [Choice]
    let state: FormState

    struct Member: Sendable {
        var agent: Agent
        var membership: Membership
    }

    var title: String { "Affectations : \(organization.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages"))\(list)<section class="card stack column"><h2>Ajouter un agent</h2>\(adding)</section>\
        <p class="row">\(LinkButton("Équipes", Urls.teams(of: organization.id)))\
        \(LinkButton("Webhooks", Urls.webhooks(of: organization.id)))\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private var list: HTML {
        guard !members.isEmpty else { return EmptyState("Personne n’y est affecté.", "Ajoutez un agent et donnez-lui un rôle.").html }
        return Table(
            title, columns: [.init("Nom"), .init("Rôles"), .init("État")],
            rows: members.map { member in
                [
                    "<a href=\"\(href: Urls.member(organization.id, member.agent.id))\">\(member.agent.name)</a>",
                    "\(member.membership.roleLabels)",
                    member.agent.disabledAt == nil ? "\(Tag("en activité", .good))" : "\(Tag("désactivé"))",
                ]
            }
        ).html
    }

    private var adding: HTML {
        guard !others.isEmpty else { return "<p>Tous les agents de la collectivité y sont déjà.</p>" }
        return PostForm(Urls.members(organization.id), state) {
            """
            \(Select("agent_id", "Agent", others, state, empty: "Choisir…"))\(RoleBoxes("roles", "Rôles", state))\(SubmitRow("Ajouter"))
            """
        }.html
    }

    static var sample: MembersPage {
        let agent = Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde")
        let membership = Membership(organizationID: Samples.organization.id, agentID: agent.id, roles: [.worker, .manager])
        return MembersPage(
            organization: Samples.organization, members: [Member(agent: agent, membership: membership)],
            others: [Choice("1", "Beñat Idiart")], state: .blank)
    }
}

/// The roles of one agent in one organization.
struct MemberPage: Page {
    let organization: Organization
    let agent: Agent
    let state: FormState

    var title: String { "\(agent.name) : \(organization.name)" }

    var html: HTML {
        """
        \(PageHead(title, above: "Affectations"))<div class="column stack">\(PostForm(Urls.member(organization.id, agent.id), state) {
            """
            \(RoleBoxes("roles", "Rôles", state))<p class="soft">Sans rôle, l’agent n’est plus affecté à cette organisation.</p>\
            \(SubmitRow("Enregistrer", cancel: Urls.members(organization.id)))
            """
        })</div>
        """
    }

    static var sample: MemberPage {
        MemberPage(
            organization: Samples.organization, agent: Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde"),
            state: FormState(Form(["roles": ["worker"]])))
    }
}
