import Core
import Hummingbird
import Scheduling
import Store

/// Notes and referents of a person under `/api/v1`.
struct PersonContentAPI: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/api/v1/people/{id}/notes", use: notes)
        router.post("/api/v1/people/{id}/notes", use: addNote)
        router.get("/api/v1/people/{id}/referents", use: referents)
        router.put("/api/v1/people/{id}/referents/{service}", use: setReferent)
        router.delete("/api/v1/people/{id}/referents/{service}", use: removeReferent)
    }

    /// Newest first; `?cursor=` is the last note of the page before.
    private func notes(_ request: Request, _ context: AgentContext) async throws -> Response {
        let query = try Query(request), acting = context.acting
        let limit = try query.int("limit", in: 1...100) ?? 50
        let cursor = try query.parse("cursor", "le curseur d’une page") { ID<Note>($0) }
        let person = try await Person.open(try context.personID(), by: acting, at: desk.now(), in: desk.store)
        let all = try await desk.store.read { db in try Note.of(person.id, readBy: acting, in: db) }
        let from = cursor.flatMap { cursor in all.firstIndex { $0.id == cursor } }.map { $0 + 1 } ?? 0
        let page = all.dropFirst(from).prefix(limit)
        let next = from + page.count < all.count ? page.last?.id.description : nil
        return try JSON.response(JSONPage(items: page.map(NoteJSON.init), next: next))
    }

    private struct NewNote: Decodable {
        let service: ID<Service>
        let text: String
    }

    private func addNote(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now()
        let new = try await request.json(NewNote.self)
        let note = try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Note.add(new.text, of: new.service, on: id, by: context.acting, at: now, in: db)
        }
        return try JSON.response(NoteJSON(note), status: .created)
    }

    private func referents(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = context.acting
        let person = try await Person.open(try context.personID(), by: acting, at: desk.now(), in: desk.store)
        let all = try await desk.store.read { db in try Referent.of(person.id, seenBy: acting, in: db) }
        return try JSON.response(JSONPage(items: all.map(ReferentJSON.init), next: nil))
    }

    private struct NewReferent: Decodable {
        let agent: ID<Agent>
    }

    private func setReferent(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await set(try await request.json(NewReferent.self).agent, context)
    }

    private func removeReferent(_ request: Request, _ context: AgentContext) async throws -> Response {
        try await set(nil, context)
    }

    private func set(_ agent: ID<Agent>?, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now()
        guard let service = ID<Service>(context.parameters.get("service") ?? "") else { throw Refusal.notFound }
        try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Referent.set(agent, of: service, for: id, by: context.acting, at: now, in: db)
        }
        return Response(status: .noContent)
    }
}
