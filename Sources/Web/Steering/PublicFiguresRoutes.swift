import Core
import HTTPTypes
import Hummingbird
import Scheduling
import Store
import Synchronization

/// The statistics that a territory publishes, for anyone: no session, and one reading an hour.
struct PublicFiguresRoutes: Sendable {
    let desk: Desk
    private let kept = PublicFiguresCache()

    init(desk: Desk) { self.desk = desk }

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/{slug}/statistics", use: show)
        router.get("/{slug}/statistics/{sheet}", use: file)
    }

    private func page(_ context: AppContext) async throws -> PublicFiguresPage {
        let slug = try context.parameters.require("slug"), now = desk.now()
        // What is no longer published is gone at once, on every node.
        let isPublished = try await desk.store.read { db in try Territory.find(slug: slug, in: db)?.publicFigures == true }
        guard isPublished else { throw Refusal.notFound }
        let figures = try await kept.figures(slug, now: now) {
            try await desk.store.read { db in try PublicFigures.read(slug: slug, now: now, in: db) }
        }
        guard let figures else { throw Refusal.notFound }
        return PublicFiguresPage(figures: figures, slug: slug)
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let page = try await page(context)
        var context = context
        // The same for all: whoever is signed in sees what everyone sees.
        context.frame = Frame(brand: .init(name: page.figures.territory))
        return desk.site.page(page, context)
    }

    private func file(_ request: Request, _ context: AppContext) async throws -> Response {
        let page = try await page(context), id = try context.parameters.require("sheet")
        guard let sheet = page.sheets.first(where: { $0.id == id }) else { throw Refusal.notFound }
        var response = FileAnswer.csv("statistiques-\(id)", sheet)
        response.headers[.cacheControl] = "public, max-age=3600"
        return response
    }
}

/// What was read in the last hour, for the territories that publish: nobody makes the database work by asking again.
final class PublicFiguresCache: Sendable {
    private let kept = Mutex<[String: (at: Instant, figures: PublicFigures)]>([:])
    private static let seconds = 3_600

    func figures(_ slug: String, now: Instant, _ read: () async throws -> PublicFigures?) async throws -> PublicFigures? {
        if let known = kept.withLock({ $0[slug] }), known.at <= now, now < known.at.adding(seconds: Self.seconds) { return known.figures }
        guard let fresh = try await read() else { return nil }
        kept.withLock { $0[slug] = (now, fresh) }
        return fresh
    }
}
