import Core
import Hummingbird
import Store

/// Putting a file away, and taking it out.
struct ArchivingRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/archiving", use: ask)
        router.post("/people/{id}/archiving", use: begin)
        router.post("/people/{id}/archiving/end", use: end)
    }

    private func ask(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(ArchivingPage(person: try await desk.editable(try context.personID(), context.acting)), context)
    }

    private func begin(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        return try await desk.site.submit(request, context) { state in
            ArchivingPage(person: try await desk.editable(id, context.acting), state: state)
        } action: { form in
            guard let reason = Archiving.Reason(rawValue: form.text("reason")) else {
                throw Refusal.field("reason", "no-reason", "Choisissez pourquoi la fiche est archivée.")
            }
            try await Archiving.begin(
                for: id, reason, why: form.text("why"), by: context.acting, at: desk.now(), in: desk.store)
            return desk.site.redirect(to: Urls.person(id), notice: "Fiche archivée.", context)
        }
    }

    private func end(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        try await Archiving.end(for: id, by: context.acting, at: desk.now(), in: desk.store)
        return desk.site.redirect(to: Urls.person(id), notice: "La fiche est sortie des archives.", context)
    }
}

extension Desk {
    /// The file of someone whom this agent may change, opened as any reading of it is.
    func editable(_ id: ID<Person>, _ acting: Acting) async throws -> Person {
        try acting.require(.editPeople)
        let person = try await Person.open(id, by: acting, at: now(), in: store)
        guard try await store.read({ db in try Person.isEditable(id, by: acting, in: db) }) else { throw Refusal.forbidden }
        return person
    }
}
