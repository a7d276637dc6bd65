import Core
import Hummingbird
import Store

/// Someone's story, page after page.
struct StoryRoutes: Sendable {
    let desk: Desk
    private static let most = 50

    func add(to router: some RouterMethods<AgentContext>) {
        router.get("/people/{id}/story", use: show)
    }

    /// `?part=notes&before=SECONDS_ID`: nothing personal.
    private func show(_ request: Request, _ context: AgentContext) async throws -> Response {
        let (acting, now, query) = (context.acting, desk.now(), try Query(request))
        let part = try query.parse("part", "une partie de l’histoire") { Story.Part(rawValue: $0) }
        let mark = try query.parse("before", "la fin d’une page") { Story.Mark($0) }
        let person = try await Person.open(try context.personID(), by: acting, at: now, in: desk.store)
        let list = try await desk.store.read { db in
            try StoryList.read(person.id, part, before: mark, limit: Self.most, by: acting, at: now, in: db)
        }
        return desk.site.page(StoryPage(person: person, list: list, part: part, isNarrowed: mark != nil), context)
    }
}
