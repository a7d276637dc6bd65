import Core
import Scheduling

/// One agent: who they are, what they may do, how they sign in.
struct AgentPage: Page {
    let agent: Agent
    let territoryRoles: Set<TerritoryRole>
    let memberships: [Membership]
    let services: Set<ID<Service>>
    let allServices: [Service]
    let organizations: [Organization]
    let hasPassword: Bool
    let load: Workload
    /// Private notes that they keep, and who could keep them.
    var privateNotes = 0
    var successors: [Agent] = []
    /// The password link just made, shown this once.
    var link: String?
    /// Refused forms, by the section they come from.
    var states: [Section: FormState] = [:]
    let time: LocalTime

    enum Section: String, Sendable { case identity, roles, services, memberships, access }

    var title: String { agent.name }

    var html: HTML {
        """
        \(PageHead(title, above: "Agents", actions: "\(LinkButton("Tous les agents", Urls.setupAgents))"))\(disabled)\(refused(.access))\
        \(link.map { PasswordLinkNotice(link: $0, agent: agent) })<div class="two"><div class="stack">\(identity)\(access)</div>\
        <div class="stack">\(membershipSection)\(serviceSection)\(roleSection)</div></div>
        """
    }

    private var disabled: HTML {
        guard let at = agent.disabledAt else { return .empty }
        return Notice(
            .warn, "<p>Ce compte est désactivé depuis \(time.moment(at)). On ne peut plus prendre rendez-vous avec cet agent.</p>"
        ).html
    }

    /// What was refused without a form of its own.
    private func refused(_ section: Section) -> HTML {
        states[section]?.summary.map { Notice(.alert, "<p role=\"alert\">\($0)</p>").html } ?? .empty
    }

    private func act(_ name: String) -> URLPath { Urls.setup("agents", agent.id, name) }

    private var identity: HTML {
        let state = states[.identity] ?? FormState(AgentDraft(agent).form)
        return """
            <section class="card stack"><h2>Identité</h2>\
            \(PostForm(Urls.setup("agents", agent.id), state) { "\(AgentFields(state: state))\(SubmitRow("Enregistrer"))" })</section>
            """
    }

    private var serviceSection: HTML {
        let state = states[.services] ?? FormState(Form(["service_ids": services.map(\.description)]))
        let choices = allServices.map { Choice($0.id.description, $0.name) }
        return """
            <section class="card stack"><h2>Services</h2>\(PostForm(act("services"), state) {
                """
                \(CheckboxGroup("service_ids", "Cet agent voit les rendez-vous et les notes de", choices, state))\
                \(SubmitRow("Enregistrer les services"))
                """
            })</section>
            """
    }

    private var roleSection: HTML {
        let state = states[.roles] ?? FormState(Form(["territory_roles": territoryRoles.map(\.rawValue)]))
        let choices = TerritoryRole.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }
        return """
            <section class="card stack"><h2>Dans toute la collectivité</h2>\(PostForm(act("territory-roles"), state) {
                "\(CheckboxGroup("territory_roles", "Rôles", choices, state))\(SubmitRow("Enregistrer les rôles"))"
            })</section>
            """
    }

    private var access: HTML {
        """
        <section class="card stack"><h2>Connexion</h2>\(accountState)\
        \(if: agent.email != nil && agent.disabledAt == nil, ActionButton("Créer un lien de mot de passe", act("password-link")).html)\
        \(agent.disabledAt == nil ? disabling : ActionButton("Réactiver cet agent", act("enabling")).html)</section>
        """
    }

    private var accountState: HTML {
        if agent.email == nil { return "<p>Sans e-mail, cet agent a un agenda et ne se connecte pas.</p>" }
        return hasPassword
            ? "<p>Cet agent a choisi son mot de passe. Un lien lui permet d’en choisir un autre.</p>"
            : "<p>Cet agent n’a pas encore de mot de passe. Créez un lien et remettez-le-lui.</p>"
    }

    private var disabling: HTML {
        let left = Format.list([
            Format.count(load.appointments, "rendez-vous à venir", "rendez-vous à venir"),
            Format.count(load.people, "personne suivie", "personnes suivies"),
            Format.count(load.memos, "mot à traiter", "mots à traiter"),
        ])
        let kept: HTML = """
            <p class="soft">\(left) : un responsable les confie d’abord à un collègue, depuis l’agenda de cet agent. Ensuite, vous pourrez le \
            désactiver.</p>\(if: hasPassword, ActionButton("Couper sa connexion tout de suite", act("shutting-out"), style: .alert).html)
            """
        guard load.isEmpty else { return kept }
        let ended: HTML = "<p class=\"soft\">Ses plages d’ouverture s’arrêteront aujourd’hui.</p>"
        guard privateNotes > 0 else {
            return "\(if: load.openings > 0, ended)\(ActionButton("Désactiver cet agent", act("disabling"), style: .alert))"
        }
        return "\(if: load.openings > 0, ended)\(leaving)"
    }

    /// Nobody but their author reads them: who sets up only says what becomes of them.
    private var leaving: HTML {
        let choices = successors.map { Choice($0.id.description, "Remises à \($0.name)") } + [Choice("deleted", "Effacées")]
        return PostForm(act("disabling"), states[.access] ?? .blank) {
            """
            \(Select(
                "private_notes", "Ses \(Format.count(privateNotes, "note privée", "notes privées"))", choices, states[.access] ?? .blank,
                hint: "Lui seul les lit. Elles sont remises à un collègue de son service, ou effacées.", empty: "Choisir…"))\
            <div class="row submit"><button type="submit" class="alert">Désactiver cet agent</button></div>
            """
        }.html
    }
}

extension AgentPage {
    /// One group of boxes for each organization of theirs, and one for another.
    private var membershipSection: HTML {
        let state = states[.memberships] ?? FormState(MembershipForm(memberships).form)
        let names = Dictionary(uniqueKeysWithValues: organizations.map { ($0.id, $0.name) })
        let others = organizations.filter { organization in !memberships.contains { $0.organizationID == organization.id } }
        return """
            <section class="card stack"><h2>Affectations</h2>\(PostForm(act("memberships"), state) {
                """
                \(each: memberships, { membership in
                    RoleBoxes(MembershipForm.field(membership.organizationID), names[membership.organizationID] ?? "", state).html
                })\
                \(if: !others.isEmpty, another(others, state))\(SubmitRow("Enregistrer les affectations"))
                """
            })</section>
            """
    }

    private func another(_ others: [Organization], _ state: FormState) -> HTML {
        """
        \(Select("organization_id", "Ajouter une organisation", others.map { Choice($0.id.description, $0.name) }, state, isOptional: true,
        empty: "Aucune"))\(RoleBoxes("roles", "Rôles dans cette organisation", state))
        """
    }

    static var sample: AgentPage {
        let agent = Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde", email: "maite@example.org")
        let service = Service(name: "Service social")
        return AgentPage(
            agent: agent, territoryRoles: [],
            memberships: [
                Membership(organizationID: Samples.organization.id, agentID: agent.id, roles: [.worker])
            ], services: [service.id], allServices: [service], organizations: [Samples.organization, Organization(name: "MDS de Pau")],
            hasPassword: true, load: Workload(appointments: 3, people: 12, openings: 2), link: "https://example.org/password/exemple",
            states: [.identity: FormState(AgentDraft(agent).form, refused: .field("last_name", "name", "Donnez le nom de famille."))],
            time: Samples.time)
    }
}

/// The roles that may be held in an organization, each with what it allows.
struct RoleBoxes: View {
    let name: String
    let label: String
    let state: FormState

    init(_ name: String, _ label: String, _ state: FormState) { (self.name, self.label, self.state) = (name, label, state) }

    var html: HTML {
        CheckboxGroup(name, label, Role.allCases.map { Choice($0.rawValue, Format.capitalized($0.label)) }, state).html
    }
}

/// A link just made: it cannot be shown again.
struct PasswordLinkNotice: View {
    let link: String
    let agent: Agent

    var html: HTML {
        Notice(
            .good,
            """
            <p><b>Le lien est prêt.</b> Remettez-le à \(agent.name) : il sert une fois, pendant \(PasswordLink.days) jours. \
            Il ne sera plus montré.</p>\(ShownValue("link", "Lien à remettre", link))
            """
        ).html
    }
}

/// The form of a new agent.
struct NewAgentPage: Page {
    let title = "Nouvel agent"
    let state: FormState

    var html: HTML {
        """
        \(PageHead(title, above: "Agents"))<div class="column stack">\(PostForm(Urls.setupAgents, state) {
            "\(AgentFields(state: state))\(SubmitRow("Créer cet agent", cancel: Urls.setupAgents))"
        })</div>
        """
    }

    static let sample = NewAgentPage(state: .blank)
}

struct AgentFields: View {
    let state: FormState

    var html: HTML {
        """
        \(TextField("first_name", "Prénom", state, isOptional: true, limit: 100))\(TextField("last_name", "Nom", state, limit: 100))\
        \(TextField("email", "Adresse e-mail", state, hint: "Sans elle, l’agent a un agenda et ne se connecte pas.", kind: .email,
        isOptional: true, limit: 254))
        """
    }
}
