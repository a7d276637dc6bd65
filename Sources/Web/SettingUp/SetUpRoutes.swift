import Core
import HTTPTypes
import Hummingbird
import Store

/// The list and the forms of one kind of thing to set up.
struct SetUpRoutes<Screen: SetUpScreen>: Sendable {
    typealias Thing = Screen.Thing
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        let list = "/setup/\(Screen.segment)"
        router.get(RouterPath(list), use: showList)
        router.post(RouterPath(list), use: create)
        router.get(RouterPath(list + "/new"), use: showNew)
        router.get(RouterPath(list + "/{id}"), use: show)
        router.post(RouterPath(list + "/{id}"), use: save)
        router.post(RouterPath(list + "/{id}/deletion"), use: delete)
    }

    private func showList(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = try opened(context)
        let rows = try await desk.store.read { db in try Screen.rows(acting, in: db) }
        return desk.site.page(
            SetUpListPage(words: Screen.words, segment: Screen.segment, columns: Screen.columns, rows: rows), context)
    }

    private func showNew(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await newPage(FormState(Screen.values(nil)), context), context)
    }

    private func create(_ request: Request, _ context: AgentContext) async throws -> Response {
        let acting = try opened(context)
        return try await desk.site.submit(request, context) { state in
            try await newPage(state, context)
        } action: { form in
            let (thing, now) = (Screen.read(form, id: .new()), desk.now())
            _ = try await desk.store.write { db in try thing.create(by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.setup(Screen.segment), notice: Screen.words.saved, context)
        }
    }

    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(nil, context), context)
    }

    private func save(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, id) = (try opened(context), try context.id(of: Thing.self))
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            let (thing, now) = (Screen.read(form, id: id), desk.now())
            _ = try await desk.store.write { db in try thing.save(by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.setup(Screen.segment), notice: Screen.words.saved, context)
        }
    }

    private func delete(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, id, now) = (try opened(context), try context.id(of: Thing.self), desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(FormState(Form(), summary: state.summary), context)
        } action: { _ in
            try await desk.store.write { db in try Thing.delete(id, by: acting, at: now, in: db) }
            return desk.site.redirect(to: Urls.setup(Screen.segment), notice: Screen.words.deleted, context)
        }
    }
}

extension SetUpRoutes {
    /// - Throws: ``Core/Refusal/forbidden`` for who may not set these up.
    private func opened(_ context: AgentContext) throws -> Acting {
        guard Screen.mayOpen(context.acting) else { throw Refusal.forbidden }
        return context.acting
    }

    private func newPage(_ state: FormState, _ context: AgentContext) async throws -> SetUpFormPage {
        let acting = try opened(context)
        let choices = try await desk.store.read { db in try Screen.choices(acting, in: db) }
        return SetUpFormPage(
            title: Screen.words.new, words: Screen.words, action: Urls.setup(Screen.segment), list: Urls.setup(Screen.segment),
            fields: Screen.fields(state, choices, isNew: true), state: state)
    }

    /// - Parameter typed: a refused form; without one, or when it holds nothing, the thing as it is.
    private func page(_ typed: FormState?, _ context: AgentContext) async throws -> SetUpFormPage {
        let (acting, id) = (try opened(context), try context.id(of: Thing.self))
        let (thing, choices) = try await desk.store.read { db in
            guard let thing = try Thing.find(id, of: acting.territoryID, in: db) else { throw Refusal.notFound }
            try thing.mustBeSettable(by: acting, in: db)
            return (thing, try Screen.choices(acting, in: db))
        }
        var state = typed ?? FormState(Screen.values(thing))
        if state.form.fields.isEmpty { state.form = Screen.values(thing) }
        let form = Screen.values(thing)
        return SetUpFormPage(
            title: form.text("name"), words: Screen.words, action: Urls.setup(Screen.segment, id), list: Urls.setup(Screen.segment),
            fields: Screen.fields(state, choices, isNew: false), state: state, below: Screen.actions(thing))
    }
}

extension Form {
    /// A form as it would be sent with these values; what is empty or `nil` is left out, as an unticked box is.
    init(filled values: [String: String?]) {
        self.init(values.compactMapValues { value in value.flatMap { $0.isEmpty ? nil : [$0] } })
    }
}
