import Core
import Store

/// Everyone who works in the territory.
struct AgentListPage: Page {
    let title = "Agents"
    let agents: [Line]
    /// How many match the search, of whom the first are shown.
    let count: Int
    let state: FormState

    /// Beyond, one searches.
    static let most = 200

    struct Line: Sendable {
        var agent: Agent
        /// "MDS d’Orthez (travailleur social)".
        var memberships: [String]
        var services: [String]
        var territoryRoles: [String]
    }

    var html: HTML {
        """
        \(PageHead(title, above: "Réglages", actions: "\(LinkButton("Nouvel agent", Urls.newSetup("agents"), style: .main))"))\
        \(GetForm(Urls.setupAgents) {
            """
            \(TextField("q", "Nom ou e-mail", state, kind: .search, isOptional: true, size: .medium))\
            <button type="submit">Chercher</button>
            """
        })\(list)<p>\(LinkButton("Tous les réglages", Urls.setup))</p>
        """
    }

    private var list: HTML {
        guard !agents.isEmpty else {
            return EmptyState(
                "Personne ne correspond.", "Vérifiez l’écriture du nom, ou créez cet agent.",
                action: LinkButton("Nouvel agent", Urls.newSetup("agents"))
            ).html
        }
        let table = Table(
            title, columns: [.init("Nom"), .init("E-mail"), .init("Affectations"), .init("Services"), .init("État")], rows: agents.map(row))
        let cut = "\(Format.count(count, "agent")) ; les \(agents.count) premiers sont montrés. Cherchez par nom pour voir les autres."
        return "\(if: count > agents.count, "<p>\(cut)</p>")\(table)"
    }

    private func row(_ line: Line) -> [HTML] {
        [
            "<a href=\"\(href: Urls.setup("agents", line.agent.id))\">\(line.agent.name)</a>", "\(line.agent.email ?? "sans compte")",
            "\((line.territoryRoles + line.memberships).joined(separator: " ; "))", "\(line.services.joined(separator: ", "))",
            line.agent.disabledAt == nil ? "\(Tag("en activité", .good))" : "\(Tag("désactivé"))",
        ]
    }

    static let sample = AgentListPage(
        agents: [
            Line(
                agent: Agent(territoryID: 64, firstName: "Maïté", lastName: "Ithurralde", email: "maite@example.org"),
                memberships: ["MDS d’Orthez (travailleur social)"], services: ["Service social"], territoryRoles: [])
        ], count: 1, state: .blank)
}

extension AgentListPage {
    static func load(_ territory: Int64, matching typed: String, state: FormState, in db: Reader) throws -> AgentListPage {
        let words = Folding.words(of: typed)
        let found = try Agent.all(of: territory, in: db).filter { agent in
            let own = Folding.words(of: "\(agent.name) \(agent.email ?? "")")
            return words.allSatisfy { word in own.contains { $0.hasPrefix(word) } }
        }
        let names = try Names(territory, in: db)
        return AgentListPage(agents: found.prefix(most).map(names.line), count: found.count, state: state)
    }

    /// What stands beside each name, read whole: three queries.
    private struct Names {
        let memberships: [ID<Agent>: [String]]
        let services: [ID<Agent>: [String]]
        let territoryRoles: [ID<Agent>: [String]]

        init(_ territory: Int64, in db: Reader) throws {
            let organizations = Dictionary(uniqueKeysWithValues: try Organization.all(of: territory, in: db).map { ($0.id, $0.name) })
            memberships = Dictionary(grouping: try Membership.all(of: territory, in: db), by: \.agentID).mapValues { memberships in
                memberships.map { "\(organizations[$0.organizationID] ?? "") (\($0.roleLabels))" }.sorted()
            }
            let names = Dictionary(uniqueKeysWithValues: try Service.all(of: territory, in: db).map { ($0.id, $0.name) })
            services = try Agent.servicesOfAll(of: territory, in: db).mapValues { $0.compactMap { names[$0] }.sorted() }
            territoryRoles = try TerritoryRole.all(of: territory, in: db).mapValues { held in
                TerritoryRole.allCases.filter(held.contains).map(\.label)
            }
        }

        func line(_ agent: Agent) -> Line {
            Line(
                agent: agent, memberships: memberships[agent.id, default: []], services: services[agent.id, default: []],
                territoryRoles: territoryRoles[agent.id, default: []])
        }
    }
}

extension Membership {
    /// "responsable, travailleur social".
    var roleLabels: String { Role.allCases.filter(roles.contains).map(\.label).joined(separator: ", ") }
}
