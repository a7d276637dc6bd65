import Foundation
import Scheduling
import Store

/// An agent made from the command line, where no administrator exists yet.
public struct FirstAgent: Sendable, Equatable {
    /// The territory's slug; the territory is made when there is none.
    public var territory: String
    /// Its name when it is made; the slug unless given.
    public var territoryName: String?
    public var draft: AgentDraft
    public var administrator: Bool

    public init(territory: String, territoryName: String? = nil, draft: AgentDraft, administrator: Bool) {
        self.territory = territory
        self.territoryName = territoryName
        self.draft = draft
        self.administrator = administrator
    }
}

/// The verbs of `lien agent`: whoever runs the server is trusted; the journal says `system`.
extension Agent {
    /// `lien agent create`.
    /// - Returns: the agent, and the territory, made if it was not there.
    /// - Throws: a ``Refusal`` with a sentence for whoever typed the command.
    public static func createFirst(
        _ first: FirstAgent, password: String, at now: Instant, hasher: PasswordHasher, in store: Store
    ) async throws -> (agent: Agent, territory: Territory) {
        let draft = try first.draft.tidied()
        guard let email = draft.email else { throw Refusal.field("email", "no-email", "Donnez l’e-mail avec lequel se connecter.") }
        let known = try await store.read { db in try Territory.find(slug: first.territory, in: db) }
        let territory = try known ?? Territory.new(slug: first.territory, name: first.territoryName)
        let person = Agent(territoryID: territory.id, firstName: draft.firstName, lastName: draft.lastName, email: email)
        let hash = try await hasher.hash(NewPassword(password, for: person, of: territory))
        return try await store.write { db in
            if known == nil { try territory.open(at: now, in: db) }
            let agent = try create(draft, of: territory.id, by: .system, at: now, in: db)
            try agent.set(hash, by: .system, how: "command", at: now, in: db)
            if first.administrator { try administer(agent, at: now, in: db) }
            return (agent, territory)
        }
    }

    private static func administer(_ agent: Agent, at now: Instant, in db: Writer) throws {
        try TerritoryRole.administrator.insert(of: agent.id, of: agent.territoryID, in: db)
        try Journal.record(
            .changed, about: agent.id.uuid,
            ["what": "territory-roles", "roles.before": "", "roles.after": TerritoryRole.administrator.rawValue], by: .system,
            of: agent.territoryID, at: now, in: db)
    }

    /// `lien agent password`.
    public static func setPassword(_ password: String, email: String, at now: Instant, hasher: PasswordHasher, in store: Store) async throws
    {
        let (agent, territory) = try await store.read { db in try byEmail(email, in: db) }
        let hash = try await hasher.hash(NewPassword(password, for: agent, of: territory))
        try await store.write { db in try agent.set(hash, by: .system, how: "command", at: now, in: db) }
    }

    /// `lien agent disable`: whoever depends on them is not left to nobody, but their account closes at once in any case.
    /// - Throws: a ``Refusal`` that says what they leave; they cannot sign in any more then either.
    public static func disable(email: String, at now: Instant, in store: Store) async throws {
        let left = try await store.write { db in
            let (agent, territory) = try byEmail(email, in: db)
            let left = try Workload.of(agent.id, of: territory.id, at: now, in: db)
            if left.isEmpty {
                try disable(agent.id, of: territory.id, by: .system, at: now, in: db)
            } else {
                try shutOut(agent.id, of: territory.id, by: .system, at: now, in: db)
            }
            return left
        }
        try left.check()
    }

    private static func byEmail(_ email: String, in db: Reader) throws -> (Agent, Territory) {
        let found = try db.first(
            """
            SELECT \(Territory.columns), \(columns) FROM agent JOIN territory ON territory.id = agent.territory_id
            WHERE agent.email = \(LoginEmail.folded(email))
            """
        ) { (try Agent($0, at: Territory.columnCount), try Territory($0)) }
        guard let found else { throw Refusal.field("email", "unknown-email", "Aucun compte n’a cet e-mail.") }
        return found
    }
}
