import Scheduling
import Store

/// Agents of a file, with their organization, their roles there and their services.
///
/// An agent is known by their e-mail, or without one by their names. What they have stays; what the row says is added.
public struct AgentsImport: Importing {
    static let kind = ImportFile.Kind.agents
    let sheet: ImportSheet<AgentColumn>

    public init(_ sheet: ImportSheet<AgentColumn>) { self.sheet = sheet }

    /// An agent may stand on several rows, one for each organization.
    func key(_ values: [AgentColumn: String]) -> String {
        let who =
            values[.email].map(LoginEmail.folded)
            ?? [.lastName, .firstName].map { Folding.key(values[$0, default: ""]) }.joined(separator: "|")
        return ([who] + [.organization, .roles, .services].map { Folding.key(values[$0, default: ""]) }).joined(separator: "|")
    }

    func apply(_ values: [AgentColumn: String], by acting: Acting, at now: Instant, in db: Reader, writing: Writer?) throws -> Applied {
        let row = try AgentRow(values, of: acting.territoryID, in: db)
        guard let known = try match(row.draft, of: acting.territoryID, in: db) else {
            if let writing {
                let agent = try Agent.create(row.draft, by: acting, at: now, in: writing)
                try row.write(agent.id, by: acting, at: now, in: writing)
            }
            return Applied(outcome: .created, sentence: row.sentence)
        }
        guard known.disabledAt == nil else { throw ImportFault(line: 0, sentence: "cet agent est désactivé. Réactivez-le d’abord.") }
        let lacking = try row.lacking(known.id, of: acting.territoryID, in: db)
        guard !lacking.isEmpty else { return Applied(outcome: .same) }
        if let writing { try row.write(known.id, by: acting, at: now, in: writing) }
        return Applied(outcome: .completed, sentence: lacking.sentence)
    }

    private func match(_ draft: AgentDraft, of territory: Int64, in db: Reader) throws -> Agent? {
        if let email = draft.email {
            let found = try db.first("SELECT \(Agent.columns) FROM agent WHERE agent.email = \(email)") { try Agent($0) }
            guard let found else { return nil }
            guard found.territoryID == territory else {
                throw ImportFault(line: 0, sentence: "un compte d’une autre collectivité a déjà cet e-mail.")
            }
            return found
        }
        let names = { (agent: Agent) in Folding.key("\(agent.lastName) \(agent.firstName)") }
        let typed = Folding.key("\(draft.lastName) \(draft.firstName)")
        let found = try Agent.all(of: territory, in: db).filter { names($0) == typed }
        guard found.count < 2 else { throw ImportFault(line: 0, sentence: "plusieurs agents portent ce nom. Ajoutez l’e-mail.") }
        return found.first
    }
}

/// One row of a file of agents, understood.
private struct AgentRow {
    let draft: AgentDraft
    var membership: (organization: Organization, roles: Set<Role>)?
    var services: [Service] = []

    init(_ values: [AgentColumn: String], of territory: Int64, in db: Reader) throws {
        draft = try AgentDraft(
            firstName: values[.firstName, default: ""], lastName: values[.lastName, default: ""], email: values[.email]
        ).tidied()
        services = try Self.list(values[.services]).map { name in
            try Self.named(name, Service.all(of: territory, in: db), \.name, "Le service « \(name) » n’existe pas. Créez-le d’abord.")
        }
        let roles = Set(try Self.list(values[.roles]).map(Self.role))
        guard let name = values[.organization] else {
            guard roles.isEmpty else { throw ImportFault(line: 0, sentence: "un rôle se donne dans une organisation : elle manque.") }
            return
        }
        let all = try Organization.all(of: territory, in: db)
        let organization = try Self.named(name, all, \.name, "L’organisation « \(name) » n’existe pas. Créez-la d’abord.")
        guard !roles.isEmpty else { throw ImportFault(line: 0, sentence: "le rôle dans « \(name) » manque.") }
        membership = (organization, roles)
    }

    private static func list(_ text: String?) -> [String] {
        (text ?? "").split { ",;|/".contains($0) }.map { PersonDraft.oneLine(String($0)) }.filter { !$0.isEmpty }
    }

    private static func named<Thing>(_ name: String, _ all: [Thing], _ path: KeyPath<Thing, String>, _ sentence: String) throws -> Thing {
        let key = Folding.key(name)
        guard let found = all.first(where: { Folding.key($0[keyPath: path]) == key }) else {
            throw ImportFault(line: 0, sentence: sentence)
        }
        return found
    }

    private static func role(_ text: String) throws -> Role {
        let key = Folding.key(text)
        guard let role = Role.allCases.first(where: { $0.rawValue == key || Folding.key($0.label) == key }) else {
            let known = Role.allCases.map(\.label).joined(separator: ", ")
            throw ImportFault(line: 0, sentence: "« \(text) » n’est pas un rôle. Les rôles sont : \(known).")
        }
        return role
    }
}

extension AgentRow {
    struct Lacking {
        var roles: Set<Role> = []
        var services: [Service] = []
        var isEmpty: Bool { roles.isEmpty && services.isEmpty }
        var sentence: String {
            let roles = Role.allCases.filter(roles.contains).map { "rôle \($0.label)" }
            return (roles + services.map { "service \($0.name)" }).joined(separator: ", ")
        }
    }

    var sentence: String { Lacking(roles: membership?.roles ?? [], services: services).sentence }

    func lacking(_ agent: ID<Agent>, of territory: Int64, in db: Reader) throws -> Lacking {
        let services = try Agent.services(of: agent, of: territory, in: db)
        let held = try membership.map { try Membership.all(of: territory, agent: agent, organization: $0.organization.id, in: db) } ?? []
        let roles = membership?.roles.subtracting(held.first?.roles ?? []) ?? []
        return Lacking(roles: roles, services: self.services.filter { !services.contains($0.id) })
    }

    func write(_ agent: ID<Agent>, by acting: Acting, at now: Instant, in db: Writer) throws {
        let territory = acting.territoryID
        if let membership {
            let held = try Membership.all(of: territory, agent: agent, organization: membership.organization.id, in: db).first?.roles ?? []
            try Membership(organizationID: membership.organization.id, agentID: agent, roles: held.union(membership.roles))
                .save(by: acting, at: now, in: db)
        }
        guard !services.isEmpty else { return }
        let known = try Agent.services(of: agent, of: territory, in: db)
        try Agent.setServices(known.union(services.map(\.id)), of: agent, by: acting, at: now, in: db)
    }
}
