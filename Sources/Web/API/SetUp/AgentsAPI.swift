import Core
import HTTPTypes
import Scheduling
import Store

/// Those who work in the territory.
enum AgentsAPI {
    /// An agent, as far as whoever acts may know them.
    private struct Known: Sendable {
        let agent: Agent
        let email: String?
        let services: [ID<Service>]
    }

    private static let firstName = Key("first_name", Kind.line(0...100))
    private static let lastName = Key("last_name", Kind.line(1...100))
    private static let email = Key(
        "email", Kind<String?>.nullable(.line(0...254)), "Celui de la connexion ; montré à l’agent et à qui règle la collectivité.")
    private static let services = Key("services", Kind<[ID<Service>]>.list(ID.kind, 0...200))
    private static let roles = Key("territory_roles", Kind<[TerritoryRole]>.list(TerritoryRole.kind, 0...2), "Pour toute la collectivité.")
    private static let privateNotes = Key(
        "private_notes", Kind.line(0...40), "En désactivant : à qui vont ses notes privées (un identifiant), ou « deleted ».")
    private static let disabled = Key<Bool>("disabled", "Ne se connecte plus et n’est plus dans les agendas.")

    private static let shape = Shape<Known>(
        "Agent",
        [
            Key<ID<Agent>>("id").of(\.agent.id), firstName.of(\.agent.firstName), lastName.of(\.agent.lastName), email.of(\.email),
            services.of(\.services), disabled.of { $0.agent.disabledAt != nil },
        ])

    static let endpoints: [Endpoint] = [
        .list("/agents", "Liste mes collègues ; tous les agents pour qui règle", of: shape, cursor: ListPage<Agent>.cursor, list),
        .create(
            "/agents", "Crée un agent", needs: .setUpTerritory,
            body: Fields("NewAgent", needs: [lastName], takes: [firstName, email, services]), answers: shape, create),
        .read("/agents/{id}", "Montre un agent", answers: shape, show),
        .change(
            .patch, "/agents/{id}", "Change un agent : ce qui n’est pas envoyé reste", needs: .setUpTerritory,
            body: Fields("ChangedAgent", takes: [firstName, lastName, email, services, roles, disabled, privateNotes]), answers: shape,
            change),
    ]
}

extension AgentsAPI {
    private static func known(_ agent: Agent, _ call: Call, _ db: Reader) throws -> Known {
        let shown = Set(try Service.known(to: call.acting, in: db).map(\.id))
        let services = try Agent.services(of: agent.id, of: agent.territoryID, in: db)
        return Known(
            agent: agent, email: call.acting.mayKnowEmail(of: agent) ? agent.email : nil,
            services: services.filter { shown.contains($0) || agent.id == call.acting.agent.id }.sorted())
    }

    private static func list(_ call: Call) async throws -> ListPage<Known> {
        let limit = try call.query.ifAny(ListPage<Known>.limit) ?? 50, cursor = try call.query.ifAny(ListPage<Agent>.cursor)
        let found = try await call.store.read { db in
            try Agent.known(to: call.acting, after: cursor, limit: limit + 1, in: db).map { try known($0, call, db) }
        }
        return ListPage(found, limit: limit) { $0.agent.id.description }
    }

    private static func show(_ call: Call) async throws -> Known {
        let id = try call.id(Agent.self)
        return try await call.store.read { db in try known(Agent.known(id, to: call.acting, in: db), call, db) }
    }

    private static func create(_ call: Call, _ db: Writer) throws -> Known {
        let draft = AgentDraft(
            firstName: try call.body.ifAny(firstName) ?? "", lastName: try call.body[lastName], email: try call.body.ifAny(email))
        let agent = try Agent.create(draft, by: call.acting, at: call.now, in: db)
        if let services = try call.body.ifAny(services) {
            try Agent.setServices(Set(services), of: agent.id, by: call.acting, at: call.now, in: db)
        }
        return try known(agent, call, db)
    }

    private static func change(_ call: Call) async throws -> Known {
        let id = try call.id(Agent.self)
        return try await call.store.write { db in
            try change(try Agent.known(id, to: call.acting, in: db), call, db)
            return try known(Agent.known(id, to: call.acting, in: db), call, db)
        }
    }

    private static func change(_ before: Agent, _ call: Call, _ db: Writer) throws {
        let (body, acting, now) = (call.body, call.acting, call.now)
        let draft = AgentDraft(
            firstName: try body.changing(firstName, from: before.firstName), lastName: try body.changing(lastName, from: before.lastName),
            email: try body.changing(email, from: before.email))
        try Agent.change(before.id, to: draft, by: acting, at: now, in: db)
        if let services = try body.ifAny(services) {
            try Agent.setServices(Set(services), of: before.id, by: acting, at: now, in: db)
        }
        if let roles = try body.ifAny(roles) { try TerritoryRole.set(Set(roles), of: before.id, by: acting, at: now, in: db) }
        switch try body.ifAny(disabled) {
        case true?:
            let notes = try body.ifAny(privateNotes).flatMap { Note.Leaving($0) }
            try Agent.disable(before.id, notes: notes, by: acting, at: now, in: db)
        case false?: try Agent.enable(before.id, by: acting, at: now, in: db)
        case nil: break
        }
    }
}
