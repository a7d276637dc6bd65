import Core
import HTTPTypes
import Scheduling
import Store

/// When a house, or one of its sites, receives nobody.
enum ClosuresAPI {
    private static let title = Key("title", Kind.line(1...100), "Lu par tous les agents.")

    private static let shape = Shape<Closure>(
        "Closure",
        [
            Key<ID<Closure>>("id").of(\.id), Common.organization.of(\.organizationID), Common.site.of(\.siteID), title.of(\.title),
        ] + Hours.members.map { $0.within(\.stretch) })

    private static let new = Fields(
        "NewClosure", needs: [Common.organization, title] + Hours.needed, takes: [Common.site, RemediesAPI.key] + Hours.taken)

    static let endpoints: [Endpoint] = [
        .list("/closures", "Les fermetures de ses organisations", of: shape, list),
        .create(
            "/closures", "Ferme une organisation ou un lieu", needs: .fillEveryAgenda, body: new, answers: shape, in: .claim, create),
        .read("/closures/{id}", "Une fermeture", answers: shape) { call in
            let id = try call.id(Closure.self)
            return try await call.store.read { db in try Closure.find(id, seenBy: call.acting, in: db) }
        },
        .change(.delete, "/closures/{id}", "Rouvre : les créneaux sont de nouveau proposés", needs: .fillEveryAgenda) { call in
            try await Closure.delete(try call.id(Closure.self), by: call.acting, at: call.now, in: call.store)
        },
    ]

    private static func list(_ call: Call) async throws -> ListPage<Closure> {
        try ListPage(try await call.store.read { db in try Closure.visible(to: call.acting, in: db) }, call, by: \.id)
    }

    private static func create(_ call: Call, _ db: Writer) throws -> Closure {
        let draft = ClosureDraft(
            organizationID: try call.body[Common.organization], siteID: try call.body.ifAny(Common.site), title: try call.body[title],
            stretch: try Hours.draft(call.body))
        return try Closure.create(draft, remedies: try RemediesAPI.read(call.body), by: call.acting, at: call.now, in: db)
    }
}
