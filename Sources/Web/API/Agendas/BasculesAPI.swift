import Core
import HTTPTypes
import Scheduling
import Store

/// Bascules: a site's appointments of a service by phone, for a time.
enum BasculesAPI {
    private static let site = Key<ID<Site>>("site")
    private static let homes = Key<Bool>("homes", "Les visites à domicile aussi ; oui sinon.")
    private static let why = Key("why", Kind.line(1...200), "Pourquoi.")
    private static let expected = Key(
        "expected", Kind.integer(0...100_000), "Combien de personnes l’aperçu a montré : un autre nombre est refusé.")
    private static func count(_ name: String, _ note: String) -> Key<Int> { Key(name, .integer(0...Int.max), note) }

    private static let shape = Shape<Bascule>(
        "Bascule",
        [
            Key<ID<Bascule>>("id").of(\.id), Common.organization.of(\.organizationID), site.of(\.siteID), Common.service.of(\.serviceID),
            Common.from.of(\.days.lowerBound), Common.to.of(\.days.upperBound), homes.of(\.homes), why.of(\.why),
            Key<Instant>("created_at").of(\.createdAt), Key<Instant?>("reverted_at").of(\.revertedAt),
        ])

    private static let preview = Shape<Bascule.Preview>(
        "BasculePreview",
        [
            count("people", "Personnes qui ont un rendez-vous.").of(\.lines.count),
            count("with_number", "Avec un numéro.").of(\.withNumber),
            count("without_number", "Sans numéro.").of(\.without), count("interpreters", "Avec interprète.").of(\.interpreters),
        ])

    private static let asked: [any AnyKey] = [site, Common.service, Common.from, Common.to, why]

    static let endpoints: [Endpoint] = [
        .list("/bascules", "Les bascules de ses organisations", needs: .fillEveryAgenda, of: shape, list),
        .create(
            "/bascules", "Fait basculer par téléphone et prévient chacun", needs: .fillEveryAgenda,
            body: Fields("NewBascule", needs: asked, takes: [homes, expected]), answers: shape, in: .claim, begin),
        .change(
            .post, "/bascules/preview", "Ce qu’une bascule changerait", needs: .fillEveryAgenda,
            body: Fields("AskedBascule", needs: asked, takes: [homes]), answers: preview, look
        ).readingOnly,
        .read("/bascules/{id}", "Une bascule", needs: .fillEveryAgenda, answers: shape, show),
        .change(
            .post, "/bascules/{id}/reversal", "Rétablit les rendez-vous à venir et prévient de nouveau", needs: .fillEveryAgenda,
            answers: shape
        ) { call in
            try await Bascule.revert(try call.id(Bascule.self), by: call.acting, at: call.now, in: call.store)
            return try await show(call)
        },
    ]

    private static func list(_ call: Call) async throws -> ListPage<Bascule> {
        try ListPage(try await call.store.read { db in try Bascule.all(for: call.acting, in: db) }, call, by: \.id)
    }

    private static func show(_ call: Call) async throws -> Bascule {
        let id = try call.id(Bascule.self)
        return try await call.store.read { db in try Bascule.find(id, for: call.acting, in: db) }
    }

    private static func draft(_ body: Given) throws -> BasculeDraft {
        BasculeDraft(
            siteID: try body[site], serviceID: try body[Common.service], from: try body[Common.from], to: try body[Common.to],
            homes: try body.ifAny(homes) ?? true, why: try body[why])
    }

    private static func begin(_ call: Call, _ db: Writer) throws -> Bascule {
        let expected = try call.body.ifAny(expected)
        return try Bascule.begin(try draft(call.body), expecting: expected, by: call.acting, at: call.now, in: db)
    }

    private static func look(_ call: Call) async throws -> Bascule.Preview {
        let draft = try draft(call.body)
        return try await call.store.read { db in
            try draft.checked(by: call.acting, at: call.now, in: db).preview(of: call.acting.territory, now: call.now, in: db)
        }
    }
}
