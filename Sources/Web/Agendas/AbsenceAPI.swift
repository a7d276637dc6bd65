import Core
import Hummingbird
import Scheduling
import Store

/// `/api/v1/absences`: the same verbs as the pages.
struct AbsenceAPI: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/api/v1/absences", use: list)
        router.post("/api/v1/absences", use: create)
        router.get("/api/v1/absences/{id}", use: show)
        router.patch("/api/v1/absences/{id}", use: update)
        router.delete("/api/v1/absences/{id}", use: delete)
    }

    /// `?agent=`, oneself unless given.
    private func list(_ request: Request, _ context: AgentContext) async throws -> Response {
        let agent = try context.agent(Query(request))
        let absences = try await desk.store.read { db in
            let owner = try AgendaOwner.find([agent], seenBy: context.acting, in: db)[0]
            return try Absence.of(owner, seenBy: context.acting, in: db)
        }
        return try JSON.response(JSONPage(items: absences.map { AbsenceJSON($0) }, next: nil))
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Absence> = try context.id()
        return try JSON.response(
            AbsenceJSON(try await desk.store.read { db in try Absence.find(id, seenBy: context.acting, in: db).absence }))
    }

    /// The answer lists the upcoming appointments that it covers: they stay, and someone has to move them.
    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now) = (context.acting, desk.now())
        let draft = try await request.json(AbsencePatch.self).draft(by: acting)
        let absence = try await Absence.create(draft, by: acting, at: now, in: desk.store)
        let covered = try await desk.store.read { db in try absence.covered(seenBy: acting, now: now, in: db) }
        return try JSON.response(
            AbsenceJSON(absence, covered: covered), status: .created, headers: [.location: Urls.apiAbsence(absence.id).text])
    }

    private func update(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id: ID<Absence> = try context.id()
        let patch = try await request.json(AbsencePatch.self)
        let old = try await desk.store.read { db in try Absence.find(id, seenBy: context.acting, in: db).absence }
        let draft = try patch.draft(changing: old, by: context.acting)
        return try JSON.response(AbsenceJSON(try await Absence.update(id, draft, by: context.acting, at: desk.now(), in: desk.store)))
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await Absence.delete(try context.id(), by: context.acting, at: desk.now(), in: desk.store)
        return Response(status: .noContent)
    }
}

/// An absence, as the API gives it; on creation with what it covers.
struct AbsenceJSON: Encodable {
    let absence: Absence
    var covered: Absence.Covered?

    init(_ absence: Absence, covered: Absence.Covered? = nil) { (self.absence, self.covered) = (absence, covered) }

    private enum Key: String, CodingKey {
        case id, agent, title, covers
    }

    private struct Covers: Encodable {
        let appointments: [ID<Appointment>]
        /// How many more there are that may not be seen.
        let hidden: Int
    }

    func encode(to encoder: any Encoder) throws {
        var container = encoder.container(keyedBy: Key.self)
        try container.encode(absence.id, forKey: .id)
        try container.encode(absence.agentID, forKey: .agent)
        try container.encode(absence.title, forKey: .title)
        if let covered {
            try container.encode(Covers(appointments: covered.appointments.map(\.id), hidden: covered.hidden), forKey: .covers)
        }
        try StretchJSON(stretch: absence.stretch).encode(to: encoder)
    }
}

/// What a body says of an absence; what it leaves out stays as it was.
struct AbsencePatch: Decodable {
    let agent: ID<Agent>?
    let title: String?
    let stretch: StretchPatch

    init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: AnyKey.self)
        try container.only(["agent", "title"] + StretchPatch.names)
        agent = try container.given("agent")
        title = try container.given("title")
        stretch = try StretchPatch(from: decoder)
    }

    /// - Throws: a ``Core/Refusal`` with the fields at fault.
    func draft(changing old: Absence? = nil, by acting: Acting) throws -> AbsenceDraft {
        AbsenceDraft(
            agentID: agent ?? old?.agentID ?? acting.agent.id, title: title?.trimmed ?? old?.title ?? "",
            stretch: try stretch.draft(changing: old?.stretch))
    }
}
