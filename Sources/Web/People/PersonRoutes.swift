import Core
import Hummingbird
import Scheduling
import Store

/// One person's file: reading it, its notes, its referents, and the reason that opens it.
struct PersonRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}", use: show)
        router.post("/people/{id}/notes", use: addNote)
        router.post("/people/{id}/referents", use: setReferent)
        router.post("/people/{id}/information", use: inform)
        router.get("/people/{id}/disclosure", use: askReason)
        router.post("/people/{id}/disclosure", use: disclose)
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        do {
            return desk.site.page(try await page(id, .blank, context), context)
        } catch let refusal as Refusal where refusal == .reasonNeeded {
            return desk.site.redirect(to: Urls.personDisclosure(id), context)
        }
    }

    private func addNote(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        return try await desk.site.submit(request, context) { state in
            try await page(id, state, context)
        } action: { form in
            guard let service = ID<Service>(form.text("service")) else { throw Refusal.notYourService }
            guard let visibility = Note.Visibility(rawValue: form.optional("seen_by") ?? Note.Visibility.service.rawValue) else {
                throw Refusal.field("seen_by", "unknown-visibility", "Dites qui lira la note.")
            }
            let text = form.text("text"), now = desk.now()
            try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
                _ = try Note.add(text, of: service, seenBy: visibility, on: id, by: context.acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), notice: "Note enregistrée.", context)
        }
    }

    /// `referent=SERVICE_AGENT`, or `SERVICE_` for nobody.
    private func setReferent(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        return try await desk.site.submit(request, context) { state in
            try await page(id, state, context)
        } action: { form in
            let parts = form.text("referent").split(separator: "_", omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, let service = ID<Service>(parts[0]) else {
                throw Refusal.field("referent", "no-referent", "Choisissez un référent dans la liste.")
            }
            let agent = ID<Agent>(parts[1]), now = desk.now()
            guard agent != nil || parts[1].isEmpty else { throw Refusal.notFound }
            try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
                try Referent.set(agent, of: service, for: id, by: context.acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), notice: agent == nil ? "Référent retiré." : "Référent enregistré.", context)
        }
    }

    private func inform(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now()
        try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Person.inform(id, by: context.acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.person(id), notice: "C’est noté.", context)
    }

    private func askReason(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.findPeople)
        return desk.site.page(DisclosurePage(action: Urls.personDisclosure(try context.personID())), context)
    }

    private func disclose(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID()
        return try await desk.site.submit(request, context) { state in
            DisclosurePage(action: Urls.personDisclosure(id), state: state)
        } action: { form in
            let reason = form.text("reason"), now = desk.now()
            try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
                _ = try Disclosure.make(for: id, because: reason, by: context.acting, at: now, in: db)
            }
            return desk.site.redirect(to: Urls.person(id), context)
        }
    }
}

extension AgentContext {
    /// The `{id}` of a person.
    /// - Throws: ``Core/Refusal/notFound`` for what is no identifier.
    func personID() throws -> ID<Person> {
        guard let id = ID<Person>(parameters.get("id") ?? "") else { throw Refusal.notFound }
        return id
    }
}

extension PersonRoutes {
    /// Opens the file, which the journal says first, then reads what this agent sees of it.
    private func page(_ id: ID<Person>, _ noteState: FormState, _ context: AgentContext) async throws -> PersonPage {
        let (acting, now) = (context.acting, desk.now())
        let person = try await Person.open(id, by: acting, at: now, in: desk.store)
        return try await desk.store.read { db in
            try PersonPage.read(person, noteState, by: acting, at: now, in: db)
        }
    }
}

extension PersonPage {
    static func read(_ person: Person, _ noteState: FormState, by acting: Acting, at now: Instant, in db: Reader) throws -> PersonPage {
        let file = try PersonFile.read(person, by: acting, at: now, in: db)
        let may = Permissions(
            book: acting.can(.book), edit: file.editable, writeNotes: file.mayWriteNotes && !file.serviceNames.isEmpty,
            merge: try Person.isOfOrganizations(person.id, permitting: .mergePeople, by: acting, in: db))
        return PersonPage(
            person: person, file: file, may: may,
            choices: file.editable ? try Referent.choices(for: person.id, seenBy: acting, in: db) : [],
            noteState: noteState, story: try StoryList.read(person.id, limit: PersonStory.most, by: acting, at: now, in: db),
            time: LocalTime(zone: acting.territory.zone, now: now), privacyNotice: acting.territory.privacyNotice)
    }
}
