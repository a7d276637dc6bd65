import Core
import Hummingbird
import Scheduling
import Store

/// Who stands around someone: finding them, saying what they are, changing it.
struct RelativeRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/relatives/new", use: new)
        router.post("/people/{id}/relatives/search", use: search)
        router.post("/people/{id}/relatives", use: add)
        router.get("/people/{id}/relatives/{relation}", use: show)
        router.post("/people/{id}/relatives/{relation}", use: change)
        router.post("/people/{id}/relatives/{relation}/deletion", use: delete)
    }

    /// `?other=ID`: who it is, once found.
    private func new(_ request: Request, _ context: AgentContext) async throws -> Response {
        let person = try await desk.editable(try context.personID(), context.acting)
        guard let other = try Query(request).parse("other", "l’identifiant d’une personne", { ID<Person>($0) }) else {
            return desk.site.page(FindRelativePage(person: person, today: desk.today(context.acting)), context)
        }
        return desk.site.page(try await page(person, other, RelationDraft().state, context), context)
    }

    private func search(_ request: Request, _ context: AgentContext) async throws -> Response {
        let person = try await desk.editable(try context.personID(), context.acting)
        let form = try await request.form()
        let found = try await desk.find(form.text("q"), limit: 20, by: context.acting)
        let page = FindRelativePage(person: person, state: FormState(form), found: found, today: desk.today(context.acting))
        return desk.site.page(page, context)
    }

    private func add(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, acting, now) = (try context.personID(), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            guard let other = ID<Person>(state.value("other")) else { throw Refusal.notFound }
            return try await page(try await desk.editable(id, acting), other, state, context)
        } action: { form in
            guard let other = ID<Person>(form.text("other")) else { throw Refusal.notFound }
            let draft = RelationDraft(form)
            try await Person.change(id, by: acting, at: now, in: desk.store) { db in
                _ = try Relation.add(draft, from: id, to: other, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), notice: "Proche enregistré.", context)
        }
    }

    /// The other's name is shown: their file is opened as any other.
    private func page(_ person: Person, _ other: ID<Person>, _ state: FormState, _ context: AgentContext) async throws -> RelativePage {
        let found = try await Person.open(other, by: context.acting, at: desk.now(), in: desk.store)
        return RelativePage(person: person, otherID: other, otherName: found.name, state: state)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, context), context)
    }

    private func page(_ typed: FormState?, _ context: AgentContext) async throws -> RelativePage {
        let (acting, now, relation) = (context.acting, desk.now(), try context.id(of: Relation.self, "relation"))
        let person = try await desk.editable(try context.personID(), acting)
        let all = try await desk.store.read { db in try Relative.of(person.id, seenBy: acting, at: now, in: db) }
        guard let one = all.first(where: { $0.relation.id == relation && !$0.isReverse }) else { throw Refusal.notFound }
        return RelativePage(
            person: person, otherID: one.personID, otherName: one.name, relation: relation,
            state: typed ?? RelationDraft(one.relation).state)
    }

    private func change(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, relation) = (try context.personID(), try context.id(of: Relation.self, "relation"))
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let (draft, acting, now) = (RelationDraft(form), context.acting, desk.now())
            try await Person.change(id, by: acting, at: now, in: desk.store) { db in
                try Relation.change(relation, of: id, to: draft, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), notice: "Proche enregistré.", context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (id, relation) = (try context.personID(), try context.id(of: Relation.self, "relation"))
        let (acting, now) = (context.acting, desk.now())
        try await Person.change(id, by: acting, at: now, in: desk.store) { db in
            try Relation.delete(relation, of: id, by: acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.person(id), notice: "Lien supprimé.", context)
    }
}

extension AgentContext {
    /// An identifier of the path.
    /// - Throws: ``Core/Refusal/notFound`` when it is none.
    func id<Entity>(of type: Entity.Type, _ name: String) throws -> ID<Entity> {
        guard let id = ID<Entity>(parameters.get(name) ?? "") else { throw Refusal.notFound }
        return id
    }
}

/// The measures that protect an adult.
struct ProtectionRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/protections/new") { _, context in try await show(nil, context) }
        router.post("/people/{id}/protections") { request, context in try await save(request, nil, context) }
        router.get("/people/{id}/protections/{protection}") { _, context in
            try await show(try context.id(of: Protection.self, "protection"), context)
        }
        router.post("/people/{id}/protections/{protection}") { request, context in
            try await save(request, try context.id(of: Protection.self, "protection"), context)
        }
    }

    private func show(_ protection: ID<Protection>?, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(protection, nil, context), context)
    }

    private func save(_ request: Request, _ protection: ID<Protection>?, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        return try await desk.site.submit(request, context) { state in
            try await page(protection, state, context)
        } action: { form in
            let (draft, acting, now) = (ProtectionDraft(form), context.acting, desk.now())
            try await Person.change(id, by: acting, at: now, in: desk.store) { db in
                _ = try Protection.save(draft, protection, for: id, by: acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), notice: "Mesure enregistrée.", context)
        }
    }

    private func page(_ protection: ID<Protection>?, _ typed: FormState?, _ context: AgentContext) async throws -> ProtectionPage {
        let (acting, now) = (context.acting, desk.now())
        let person = try await desk.editable(try context.personID(), acting)
        return try await desk.store.read { db in
            let before = try Protection.of(person.id, of: person.territoryID, in: db).first { $0.id == protection }
            if protection != nil, before == nil { throw Refusal.notFound }
            let relatives = try Relative.of(person.id, seenBy: acting, at: now, in: db)
                .filter { !$0.isReverse && $0.relation.unaware == nil }
            return ProtectionPage(
                person: person, protection: protection, relatives: relatives.map { Choice($0.personID.description, $0.name) },
                state: typed ?? (before.map { ProtectionDraft($0) } ?? ProtectionDraft()).state)
        }
    }
}
