import Core
import Hummingbird
import Scheduling
import Store

/// Making one file of two of the same person.
struct MergingRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/merging", use: choose)
        router.post("/people/{id}/merging/search", use: search)
        router.get("/people/{id}/merging/{other}", use: compare)
        router.post("/people/{id}/merging/{other}", use: merge)
    }

    private static let most = 20

    private func choose(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.mergePeople)
        let (acting, now) = (context.acting, desk.now())
        let person = try await Person.open(try context.personID(), by: acting, at: now, in: desk.store)
        let found = try await desk.store.read { db in try person.otherFiles(by: acting, in: db) }
        if !found.isEmpty { try await desk.searches.record(SearchedPeople(found.map(\.id), by: acting, at: now)) }
        return desk.site.page(MergeChoicePage(person: person, found: found, today: desk.today(acting)), context)
    }

    private func search(_ request: Request, _ context: AgentContext) async throws -> Response {
        try context.acting.require(.mergePeople)
        let typed = try await request.form().text("q"), acting = context.acting
        let person = try await Person.open(try context.personID(), by: acting, at: desk.now(), in: desk.store)
        let found = typed.isEmpty ? [] : try await desk.find(typed, limit: Self.most, by: acting)
        let page = MergeChoicePage(
            person: person, typed: typed.isEmpty ? nil : typed, found: found.filter { $0.id != person.id }, today: desk.today(acting))
        return desk.site.page(page, context)
    }

    private func compare(_ request: Request, _ context: AgentContext) async throws -> Response {
        desk.site.page(try await page(.blank, context), context)
    }

    private func merge(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (kept, other, acting, now) = (try context.personID(), try otherID(context), context.acting, desk.now())
        return try await desk.site.submit(request, context) { state in
            try await page(state, context)
        } action: { form in
            guard let version = Int64(form.text("version")), let otherVersion = Int64(form.text("other_version")) else {
                throw Refusal.unreadable
            }
            let taken = PersonMerge.Field.allCases.filter { form.text($0.rawValue) == "other" }
            let merge = PersonMerge(
                keptID: kept, otherID: other, keptVersion: version, otherVersion: otherVersion, taken: Set(taken))
            let person = try await merge.run(by: acting, at: now, in: desk.store)
            return desk.site.redirect(to: Urls.person(person.id), notice: "Les deux fiches n’en font plus qu’une.", context)
        }
    }

    private func otherID(_ context: AgentContext) throws -> ID<Person> {
        guard let id = ID<Person>(context.parameters.get("other") ?? "") else { throw Refusal.notFound }
        return id
    }

    /// Both files are opened, which the journal says of each.
    private func page(_ state: FormState, _ context: AgentContext) async throws -> MergePage {
        let (keptID, otherID, acting, now) = (try context.personID(), try otherID(context), context.acting, desk.now())
        try acting.require(.mergePeople)
        guard keptID != otherID else { throw Refusal.samePerson }
        let kept = try await Person.open(keptID, by: acting, at: now, in: desk.store)
        let other = try await Person.open(otherID, by: acting, at: now, in: desk.store)
        let overlapping = try await desk.store.read { db in
            try PersonMerge.checkAccess(to: [keptID, otherID], by: acting, in: db)
            return try PersonOverlap.shown(keptID, otherID, to: acting, at: now, in: db)
        }
        return MergePage(
            kept: kept, other: other, state: state, overlapping: overlapping, time: LocalTime(zone: acting.territory.zone, now: now))
    }
}

/// The address of a file that went into another leads there: a page that is asked for, and a form sent from a page opened before.
struct MergedPersonMiddleware: RouterMiddleware {
    let desk: Desk

    func handle(
        _ request: Request, context: AgentContext, next: (Request, AgentContext) async throws -> Response
    ) async throws -> Response {
        do { return try await next(request, context) } catch let refusal as Refusal where refusal.kind == .notFound {
            guard let (place, old) = request.person, let new = try await successor(of: old, context.acting) else { throw refusal }
            var parts = request.uri.path.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
            parts[place] = new.description
            let query = request.uri.query.map { "?\($0)" } ?? ""
            return response(to: parts.joined(separator: "/") + query, request)
        }
    }

    private func successor(of id: ID<Person>, _ acting: Acting) async throws -> ID<Person>? {
        try await desk.store.read { db in try Person.successor(of: id, of: acting.territoryID, in: db) }
    }

    /// A form keeps its method and its fields: what was being written down is not lost.
    private func response(to address: String, _ request: Request) -> Response {
        let isRead = request.method == .get || request.method == .head
        return Response(status: isRead ? .movedPermanently : .permanentRedirect, headers: [.location: address, .cacheControl: "no-store"])
    }
}

extension Request {
    /// Where the path names a person: `/people/{id}…`, `/api/v1/people/{id}…`.
    fileprivate var person: (place: Int, id: ID<Person>)? {
        let parts = uri.path.split(separator: "/", omittingEmptySubsequences: false)
        guard let place = parts.firstIndex(of: "people").map({ $0 + 1 }), place < parts.count else { return nil }
        return ID<Person>(String(parts[place])).map { (place, $0) }
    }
}
