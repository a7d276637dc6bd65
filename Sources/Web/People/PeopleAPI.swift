import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store

/// People under `/api/v1`: the same verbs as the pages.
struct PeopleAPI: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.post("/api/v1/people/search", use: search)
        router.post("/api/v1/people", use: create)
        router.get("/api/v1/people/{id}", use: show)
        router.patch("/api/v1/people/{id}", use: change)
        router.post("/api/v1/people/{id}/information", use: inform)
        router.post("/api/v1/people/{id}/disclosures", use: disclose)
    }

    private struct Search: Decodable {
        let q: String
        let limit: Int?
    }

    /// In a body: what is searched is personal and stays out of addresses.
    private func search(_ request: Request, _ context: AgentContext) async throws -> Response {
        let search = try await request.json(Search.self)
        let limit = search.limit ?? 20
        guard (1...50).contains(limit) else { throw Refusal.field("limit", "invalid-value", "De 1 à 50.") }
        let found = try await desk.find(search.q, limit: limit, by: context.acting)
        return try JSON.response(JSONPage(items: found.map(FoundPersonJSON.init), next: nil))
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let person = try await Person.open(try context.personID(), by: context.acting, at: desk.now(), in: desk.store)
        return try await answer(person)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let fields = try await request.json(PersonFieldsJSON.self)
        let new = NewPerson(
            fields.applied(to: PersonDraft()), organizationID: try fields.organization ?? onlyOrganization(of: acting),
            informed: fields.informed ?? false)
        do {
            if fields.createAnyway != true {
                let found = try await desk.store.read { db in try new.lookalikes(by: acting, at: now, in: db) }
                guard found.isEmpty else { throw Refusal.lookalikes }
            }
            let person = try await desk.store.write { db in try new.create(by: acting, at: now, in: db) }
            return try await answer(person, status: .created)
        } catch let refusal as Refusal { throw refusal.inJSON }
    }

    private func onlyOrganization(of acting: Acting) throws -> ID<Organization> {
        try acting.require(.editPeople)
        let houses = acting.organizations(with: .editPeople)
        guard houses.count == 1 else { throw Refusal.field("organization", "missing-field", "Ce champ est obligatoire.") }
        return houses[0]
    }

    private func change(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        let fields = try await request.json(PersonFieldsJSON.self)
        guard let version = fields.version else { throw Refusal.field("version", "missing-field", "Ce champ est obligatoire.") }
        guard fields.organization == nil, fields.informed == nil, fields.createAnyway == nil else {
            throw Refusal(.invalid, "unknown-field", "organization, informed et create_anyway ne servent qu’à créer.")
        }
        do {
            let person = try await Person.change(id, by: acting, at: now, in: desk.store) { db in
                let before = try Person.editable(id, by: acting, in: db)
                return try Person.edit(id, to: fields.applied(to: PersonDraft(before)), version: version, by: acting, at: now, in: db)
            }
            return try await answer(person)
        } catch let refusal as Refusal { throw refusal.inJSON }
    }

    private func answer(_ person: Person, status: HTTPResponse.Status = .ok) async throws -> Response {
        let houses = try await desk.store.read { db in try Person.organizations(of: person.id, of: person.territoryID, in: db) }
        let headers: HTTPFields = status == .created ? [.location: Urls.apiPerson(person.id).text] : [:]
        return try JSON.response(PersonJSON(person, organizations: houses), status: status, headers: headers)
    }

    private func inform(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now()
        try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Person.inform(id, by: context.acting, at: now, in: db)
        }
        return Response(status: .noContent)
    }

    private struct Reason: Decodable {
        let reason: String
    }

    private func disclose(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now()
        let reason = try await request.json(Reason.self).reason
        let disclosure = try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Disclosure.make(for: id, because: reason, by: context.acting, at: now, in: db)
        }
        return try JSON.response(["expires_at": disclosure.expiresAt.rawValue], status: .created)
    }
}
