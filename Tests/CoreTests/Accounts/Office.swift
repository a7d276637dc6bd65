import Core
import Scheduling
import Store
import TestKit

/// A ``World`` with an administrator of the territory, who can sign in.
struct Office: Sendable {
    let world: World
    let administrator: Agent
    let admin: Acting

    static let now = World.now
    static let hasher = PasswordHasher(cost: .light)
    static let password = "girafe-compas-tunnel-ardoise"
    static let other = "lampadaire-cassis-moutarde"

    static func make(in store: Store, territoryID: Int64 = 64) async throws -> Office {
        let world = try await World.make(in: store, territoryID: territoryID)
        let first = FirstAgent(
            territory: world.territory.slug,
            draft: AgentDraft(firstName: "Claire", lastName: "Sallaberry", email: "claire.\(territoryID)@example.org"), administrator: true)
        let agent = try await Agent.createFirst(first, password: password, at: now, hasher: hasher, in: store).agent
        return Office(world: world, administrator: agent, admin: try await world.acting(agent, in: store))
    }

    /// An agent of the world's organization with this role alone.
    func acting(_ role: Role, _ name: String = "Untel", in store: Store) async throws -> Acting {
        let agent = try await store.write { db in
            let draft = AgentDraft(firstName: "", lastName: name, email: "\(name.lowercased()).\(world.territory.id)@example.org")
            let agent = try Agent.create(draft, by: admin, at: Office.now, in: db)
            let membership = Membership(organizationID: world.organization.id, agentID: agent.id, roles: [role])
            try membership.save(by: admin, at: Office.now, in: db)
            return agent
        }
        return try await world.acting(agent, in: store)
    }

    /// Gives an agent this password through a link.
    func give(_ agent: Agent, password: String = Office.password, in store: Store) async throws {
        let secret = try await store.write { db in try PasswordLink.issue(for: agent.id, by: admin, at: Office.now, in: db) }
        try await PasswordLink.use(token: secret.text, password: password, at: Office.now, hasher: Office.hasher, in: store)
    }

    func signIn(
        _ email: String? = nil, _ password: String = Office.password, from address: String = "192.0.2.1", at now: Instant = Office.now,
        hasher: PasswordHasher = Office.hasher, in store: Store
    ) async throws -> OpenedSession {
        try await SignIn(email: email ?? administrator.email!, password: password, address: address).open(
            at: now, hasher: hasher, in: store)
    }
}

extension Store {
    /// A number that a query gives.
    func number(_ sql: SQL) async throws -> Int {
        try await read { db in try db.first(sql) { try $0[0] as Int } ?? 0 }
    }

    /// The act and payload of every journal entry about something, oldest first.
    func journal(about subject: String? = nil) async throws -> [String] {
        try await read { db in
            try db.all(
                """
                SELECT journal_header.act, journal_payload.payload, journal_header.actor FROM journal_header JOIN journal_payload
                ON journal_payload.territory_id = journal_header.territory_id AND journal_payload.id = journal_header.id
                ORDER BY journal_header.id
                """
            ) { "\(try $0[0] as String) \(try $0[2] as String) \(try $0[1] as String)" }
        }
    }

    func calendarVersion(of agent: Agent) async throws -> Int {
        try await number("SELECT calendar_version FROM agent WHERE id = \(agent.id)")
    }
}
