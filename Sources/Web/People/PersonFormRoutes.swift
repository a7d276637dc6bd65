import Core
import Hummingbird
import Scheduling
import Store

/// Creating and changing a person's file.
struct PersonFormRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/new", use: blank)
        router.post("/people", use: create)
        router.post("/people/lookalikes", use: lookalikesSoFar)
        router.get("/people/{id}/edit", use: open)
        router.post("/people/{id}", use: edit)
    }

    private func blank(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.editPeople)
        return desk.site.page(try await newPage(PersonForm.state(PersonDraft()), context), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.editPeople)
        let form = try await request.form()
        do {
            let person = try await create(form, context.acting)
            return desk.site.redirect(to: Urls.person(person.id), notice: "Fiche créée.", context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            var page = try await newPage(FormState(form, refused: refusal), context)
            if refusal == .lookalikes { page.lookalikes = try await shownLookalikes(form, context.acting) }
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func create(_ form: Form, _ acting: Acting) async throws -> Person {
        let new = try newPerson(form), now = desk.now()
        if !form.has("create_anyway"), try await !lookalikes(of: new, acting).isEmpty { throw Refusal.lookalikes }
        return try await desk.store.write { db in try new.create(by: acting, at: now, in: db) }
    }

    private func newPerson(_ form: Form) throws -> NewPerson {
        guard let house = ID<Organization>(form.text("organization")) else {
            throw Refusal.field("organization", "no-organization", "Choisissez qui suivra la personne.")
        }
        return NewPerson(PersonForm.draft(form), organizationID: house, informed: form.has("informed"))
    }

    private func lookalikes(of new: NewPerson, _ acting: Acting) async throws -> [FoundPerson] {
        let now = desk.now()
        return try await desk.store.read { db in try new.lookalikes(by: acting, at: now, in: db) }
    }

    /// Who sees them has searched: the journal says so.
    private func shownLookalikes(_ form: Form, _ acting: Acting) async throws -> [FoundPerson] {
        let found = try await lookalikes(of: newPerson(form), acting)
        try await desk.searches.record(SearchedPeople(found.map(\.id), by: acting, at: desk.now()))
        return found
    }

    /// Those who look like who is being written down; the journal gets one entry a pause, as for a search.
    private func lookalikesSoFar(_ request: Request, _ context: AgentContext) async throws -> Response {
        let form = try await request.form()
        let (draft, acting, now) = (PersonForm.draft(form), context.acting, desk.now())
        let found = try await desk.store.read { db in try NewPerson.lookalikes(soFar: draft, by: acting, at: now, in: db) }
        if !found.isEmpty { try await desk.searches.type(SearchedPeople(found.map(\.id), by: acting, at: now)) }
        return desk.site.fragment(Lookalikes(people: found, state: FormState(form), today: desk.today(acting)).html, context)
    }

    private func newPage(_ state: FormState, _ context: AgentContext) async throws -> NewPersonPage {
        let acting = context.acting
        let houses = try await desk.store.read { db in
            try Organization.named(acting.organizations(with: .editPeople), of: acting.territoryID, in: db)
        }
        return NewPersonPage(
            state: state, shown: try await desk.shownFields(acting), organizations: houses.map { Choice($0.id.description, $0.name) },
            privacyNotice: acting.territory.privacyNotice,
            today: desk.today(acting))
    }
}

extension PersonFormRoutes {
    private func open(_ request: Request, _ context: AgentContext) async throws -> Response {
        let person = try await desk.editable(try context.personID(), context.acting)
        let state = PersonForm.state(try await draft(of: person))
        return desk.site.page(EditPersonPage(person: person, state: state, shown: try await desk.shownFields(context.acting)), context)
    }

    private func edit(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        let form = try await request.form()
        do {
            try await edit(id, form, context.acting)
            return desk.site.redirect(to: Urls.person(id), notice: "Fiche enregistrée.", context)
        } catch let refusal as Refusal where refusal.kind == .invalid || refusal.kind == .conflict {
            let person = try await desk.editable(id, context.acting)
            var page = EditPersonPage(
                person: person, state: FormState(form, refused: refusal), shown: try await desk.shownFields(context.acting))
            if refusal == .editedMeanwhile {
                page.differences = EditPersonPage.differences(typed: PersonForm.draft(form), now: PersonDraft(person))
            }
            return desk.site.page(page, context, status: refusal.kind.status)
        }
    }

    private func edit(_ id: ID<Person>, _ form: Form, _ acting: Acting) async throws {
        guard let version = Int64(form.text("version")) else { throw Refusal.unreadable }
        let draft = PersonForm.draft(form), now = desk.now()
        try await Person.change(id, by: acting, at: now, in: desk.store) { db in
            _ = try Person.edit(id, to: draft, version: version, by: acting, at: now, in: db)
        }
    }

    /// What the form shows of a file.
    private func draft(of person: Person) async throws -> PersonDraft {
        var draft = PersonDraft(person)
        draft.detail = try await desk.store.read { db in
            PersonDetailDraft(try PersonDetail.of(person.id, of: person.territoryID, in: db))
        }
        return draft
    }
}

extension Desk {
    /// The fields that the territory uses, and its tags.
    func shownFields(_ acting: Acting) async throws -> ShownFields {
        try await store.read { db in
            ShownFields(
                off: try PersonField.off(of: acting.territoryID, in: db),
                tags: try PersonTag.all(of: acting.territoryID, in: db).map { Choice($0.id.description, $0.name) })
        }
    }
}
