import Core
import Hummingbird
import Scheduling
import Store

/// `/api/v1/openings`: the same verbs as the pages.
struct OpeningAPI: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/api/v1/openings", use: list)
        router.post("/api/v1/openings", use: create)
        router.get("/api/v1/openings/{id}", use: show)
        router.patch("/api/v1/openings/{id}", use: update)
        router.delete("/api/v1/openings/{id}", use: delete)
    }

    /// `?agent=`, oneself unless given.
    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try context.agent(Query(request))
        let openings = try await desk.store.read { db in
            _ = try AgendaOwner.find([agent], seenBy: context.acting, in: db)
            return try AgendaOpening.read(of: [agent], from: .distantPast, seenBy: context.acting, in: db)
        }
        return try JSON.response(JSONPage(items: openings.map { OpeningJSON($0.opening) }, next: nil))
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Opening> = try context.id()
        let opening = try await desk.store.read { db in try Opening.find(id, seenBy: context.acting, in: db).opening.opening }
        return try JSON.response(OpeningJSON(opening))
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let draft = try await request.json(OpeningPatch.self).draft(by: context.acting)
        let opening = try await Opening.create(draft, by: context.acting, at: desk.now(), in: desk.store)
        return try JSON.response(OpeningJSON(opening), status: .created, headers: [.location: Urls.apiOpening(opening.id).text])
    }

    private func update(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Opening> = try context.id()
        let patch = try await request.json(OpeningPatch.self)
        let old = try await desk.store.read { db in try Opening.find(id, seenBy: context.acting, in: db).opening.opening }
        let draft = try patch.draft(changing: old, by: context.acting)
        return try JSON.response(OpeningJSON(try await Opening.update(id, draft, by: context.acting, at: desk.now(), in: desk.store)))
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await Opening.delete(try context.id(), by: context.acting, at: desk.now(), in: desk.store)
        return Response(status: .noContent)
    }
}

/// An opening, as the API gives it.
struct OpeningJSON: Encodable {
    let opening: Opening

    init(_ opening: Opening) { self.opening = opening }

    private enum Key: String, CodingKey {
        case id, agent, organization, site, place, reasons
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(opening.id, forKey: .id)
        try container.encode(opening.agentID, forKey: .agent)
        try container.encode(opening.organizationID, forKey: .organization)
        try container.encode(opening.siteID, forKey: .site)
        try container.encode(opening.place, forKey: .place)
        try container.encode(opening.reasonIDs.sorted(), forKey: .reasons)
        try StretchJSON(stretch: opening.stretch).encode(to: encoder)
    }
}

/// What a body says of an opening; what it leaves out stays as it was.
struct OpeningPatch: Decodable {
    let agent: ID<Agent>?
    let organization: ID<Organization>?
    let site: ID<Site>??
    let place: String?
    let reasons: [ID<Reason>]?
    let stretch: StretchPatch

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        try container.only(["agent", "organization", "site", "place", "reasons"] + StretchPatch.names)
        agent = try container.given("agent")
        organization = try container.given("organization")
        site = try container.givenOrNull("site")
        place = try container.given("place")
        reasons = try container.given("reasons")
        stretch = try StretchPatch(from: decoder)
    }

    /// - Throws: a ``Core/Refusal`` with the fields at fault.
    func draft(changing old: Opening? = nil, by acting: Acting) throws -> OpeningDraft {
        guard let organization = organization ?? old?.organizationID else { throw Refusal.missing("organization") }
        guard let reasons = reasons.map(Set.init) ?? old?.reasonIDs else { throw Refusal.missing("reasons") }
        return OpeningDraft(
            agentID: agent ?? old?.agentID ?? acting.agent.id, organizationID: organization, siteID: site ?? old?.siteID,
            place: place?.trimmed ?? old?.place ?? "", reasonIDs: reasons, stretch: try stretch.draft(changing: old?.stretch))
    }
}

extension Refusal {
    static func missing(_ name: String) -> Refusal { .field(name, "missing-field", "Ce champ est obligatoire.") }
}
