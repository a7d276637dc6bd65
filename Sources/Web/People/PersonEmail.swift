import Core
import Hummingbird
import Scheduling
import Store

/// An e-mail address on a person's page: when nothing arrives there, since when, and the two ways out.
struct PersonEmail: View {
    let page: PersonPage
    let email: Person.Email

    var html: HTML {
        """
        <li><a href="\(href: .mail(email.address))">\(email.address)</a>\
        \(if: !email.label.isEmpty, " <span class=\"soft\">\(email.label)</span>")\(email.bouncedAt.map(bounced))</li>
        """
    }

    private func bounced(_ since: Instant) -> HTML {
        """
         \(Tag("ne répond pas", .warn))<p>Un message envoyé à cette adresse est revenu \(page.time.day(since)) : plus rien n’y est envoyé.\
        \(if: page.may.edit, " Corrigez-la avec la personne, ou dites qu’elle fonctionne de nouveau.")</p>\
        \(if: page.may.edit, restore)
        """
    }

    private var restore: HTML {
        ActionButton("L’adresse fonctionne de nouveau", Urls.personEmailRestoration(page.person.id), fields: [("email", email.address)])
            .html
    }
}

/// Someone knows that an address answers again.
struct PersonEmailRoutes: Sendable {
    let desk: Desk

    func add(to router: some RouterMethods<AgentContext>) { router.post("/people/{id}/emails/restoration", use: restore) }

    private func restore(_ request: Request, _ context: AgentContext) async throws -> Response {
        let id = try context.personID(), now = desk.now(), address = try await request.form().text("email")
        try await Person.change(id, by: context.acting, at: now, in: desk.store) { db in
            try Person.restore(email: address, of: id, by: context.acting, at: now, in: db)
        }
        return desk.site.redirect(to: Urls.person(id), notice: "C’est noté : les messages peuvent y partir de nouveau.", context)
    }
}
