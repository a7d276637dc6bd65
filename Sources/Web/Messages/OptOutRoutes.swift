import Core
import Foundation
import HTTPTypes
import Hummingbird
import Store

/// Désinscription: a page and one button for whoever reads; one request and no page for the mail program that offers it (RFC 8058). A
/// machine that looks at every link of an e-mail asks, and changes nothing.
struct OptOutRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AppContext>) {
        router.get("/unsubscribe/{token}", use: show)
        router.post("/unsubscribe/{token}", use: take)
    }

    private func show(_ request: Request, _ context: AppContext) async throws -> Response {
        let (token, id, territory) = try proof(context)
        let found = try await desk.store.read { db in try OptOut.find(id, of: territory, in: db) }
        guard let found else { throw Refusal.notFound }
        return page(found, token, context)
    }

    private func take(_ request: Request, _ context: AppContext) async throws -> Response {
        let (token, id, territory) = try proof(context), now = desk.now()
        let done = try await desk.store.write { db in try OptOut.take(id, of: territory, at: now, in: db) }
        return page(done, token, context)
    }

    private func proof(_ context: AppContext) throws -> (token: String, id: ID<Message>, territory: Int64) {
        let token = try context.parameters.require("token")
        guard let (id, territory) = desk.site.optOuts.read(token) else { throw Refusal.notFound }
        return (token, id, territory)
    }

    private func page(_ optOut: OptOut, _ token: String, _ context: AppContext) -> Response {
        var context = context
        // The same for all: whoever is signed in sees what everyone sees.
        context.frame = Frame(brand: .init(name: optOut.territoryName))
        return desk.site.page(OptOutPage(territory: optOut.territoryName, isDone: optOut.isDone, action: Urls.optOut(token)), context)
    }
}

/// One question to the public, and one button; then that it is done.
struct OptOutPage: Page {
    let territory: String
    let isDone: Bool
    let action: URLPath

    var title: String { isDone ? "C’est fait" : "Ne plus recevoir nos informations" }
    var layout: Layout.Kind { .open }

    var html: HTML {
        isDone
            ? """
            \(PageHead(title, above: territory))<p>Vous ne recevrez plus nos informations générales.</p>\(kept)
            """
            : """
            \(PageHead(title, above: territory))<p>Vous pouvez ne plus recevoir nos informations générales.</p>\(kept)\
            \(ActionButton("Ne plus les recevoir", action, style: .main))
            """
    }

    private var kept: HTML { "<p>Pour vos rendez-vous, rien ne change\u{A0}: nous continuons à vous prévenir.</p>" }
}

extension OptOutPage {
    static let sample = OptOutPage(territory: "Département d’essai", isDone: false, action: "/unsubscribe/essai")
    static let sampleDone = OptOutPage(territory: "Département d’essai", isDone: true, action: "/unsubscribe/essai")
}
