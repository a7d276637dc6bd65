import Core
import HTTPTypes
import Scheduling
import Store

extension Relation.Kind: Plain {}
extension Protection.Measure: Plain {}

/// Who stands around someone, the measures that protect them, their story, and all that is kept of them.
enum RelativesAPI {
    private static let other = Key<ID<Person>>("other", "Le proche, qui a sa propre fiche.")
    private static let kind = Key<Relation.Kind>("kind", "Ce que le proche est pour la personne.")
    private static let receives = Key<Bool>("receives", "Reçoit les messages.")
    private static let books = Key<Bool>("books", "Peut réserver.")
    private static let askedOn = Key<CivilDate?>("asked_on", "Quand un adulte a demandé que ses messages aillent là.")
    private static let unawareSince = Key<CivilDate?>("unaware_since", "Ne doit pas savoir, depuis.")
    private static let unawareSource = Key("unaware_source", Kind.line(0...200), "D’après qui, ou quoi.")
    private static let consentOn = Key<CivilDate?>("consent_on", "L’accord d’un aidant.")
    private static let consentHow = Key("consent_how", Kind.line(0...200))
    private static let others: [any AnyKey] = [receives, books, askedOn, unawareSince, unawareSource, consentOn, consentHow]

    private static let measure = Key<Protection.Measure>("measure")
    private static let startsOn = Key<CivilDate>("starts_on")
    private static let endsOn = Key<CivilDate?>("ends_on")
    private static let representative = Key<ID<Person>?>("representative", "Un proche de la personne.")
    private static let copies = Key<Bool>("copies", "Une copie des messages, sans le motif.")
    private static let protectionFields = Fields(
        "NewProtection", needs: [measure, startsOn], takes: [endsOn, representative, copies])
    private static let reason = Key("reason", Kind.line(3...300), "Pourquoi ; conservé.")

    static let endpoints: [Endpoint] = [
        .read("/people/{id}/relatives", "Les proches, sans leurs adresses", answers: relatives, all).journallingItself,
        .create(
            "/people/{id}/relatives", "Ajoute un proche", needs: .editPeople,
            body: Fields("NewRelative", needs: [other, kind], takes: others), answers: made, located: false
        ) { call, db in
            try Relation.add(
                try draft(call, RelationDraft()), from: try call.id(Person.self), to: try call.body[other], by: call.acting, at: call.now,
                in: db)
        },
        .change(
            .patch, "/people/{id}/relatives/{relation}", "Change un lien : ce qui n’est pas envoyé reste", needs: .editPeople,
            body: Fields("ChangedRelative", takes: [kind] + others), change
        ).journallingItself,
        .change(.delete, "/people/{id}/relatives/{relation}", "Supprime un lien", needs: .editPeople) { call in
            let (id, relation) = (try call.id(Person.self), try call.id(Relation.self, "relation"))
            try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
                try Relation.delete(relation, of: id, by: call.acting, at: call.now, in: db)
            }
        }.journallingItself,
        .read("/people/{id}/protections", "Les mesures de protection, la dernière d’abord", answers: protections) { call in
            let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
            return try await call.store.read { db in try Protection.of(person.id, of: person.territoryID, in: db) }
        }.journallingItself,
        .create(
            "/people/{id}/protections", "Ajoute une mesure", needs: .editPeople, body: protectionFields, answers: protection, located: false
        ) { call, db in
            try Protection.save(try protectionDraft(call), for: try call.id(Person.self), by: call.acting, at: call.now, in: db)
        },
        .change(
            .put, "/people/{id}/protections/{protection}", "Change une mesure", needs: .editPeople, body: protectionFields
        ) { call in
            let (id, measure) = (try call.id(Person.self), try call.id(Protection.self, "protection"))
            let draft = try protectionDraft(call)
            try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
                _ = try Protection.save(draft, measure, for: id, by: call.acting, at: call.now, in: db)
            }
        }.journallingItself,
        .change(
            .post, "/people/{id}/access", "Tout ce que l’on garde d’une personne, à lui remettre", needs: .exportAccess,
            body: Fields("AccessRequest", needs: [reason]), answers: PersonAccess.shape, access
        ).readingOnly,
    ]
}

extension RelativesAPI {
    private static let relatives = Shape<[Relative]>("Relatives", [Key("items", .list(relative.kind)).of { $0 }])

    private static let relative = Shape<Relative>(
        "Relative",
        [
            Key<ID<Relation>>("id").of(\.relation.id), Key<ID<Person>>("person").of(\.personID),
            Key("name", Kind.line(0...300)).of(\.name), kind.of(\.relation.kind),
            Key<Bool>("reverse", "C’est la personne qui est un proche de celle-ci.").of(\.isReverse), receives.of(\.relation.receives),
            books.of(\.relation.books), askedOn.of(\.relation.askedOn), unawareSince.of(\.relation.unaware?.since),
            unawareSource.of { $0.relation.unaware?.source ?? "" }, consentOn.of(\.relation.consent?.on),
            consentHow.of { $0.relation.consent?.how ?? "" },
        ])

    private static let made = Shape<Relation>("Relation", [Key<ID<Relation>>("id").of(\.id), other.of(\.otherID), kind.of(\.kind)])

    private static let protections = Shape<[Protection]>("Protections", [Key("items", .list(protection.kind)).of { $0 }])

    private static let protection = Shape<Protection>(
        "Protection",
        [
            Key<ID<Protection>>("id").of(\.id), measure.of(\.measure), startsOn.of(\.startsOn), endsOn.of(\.endsOn),
            representative.of(\.representativeID), copies.of(\.copies),
        ])

    private static func all(_ call: Call) async throws -> [Relative] {
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        return try await call.store.read { db in try Relative.of(person.id, seenBy: call.acting, at: call.now, in: db) }
    }

    private static func change(_ call: Call) async throws {
        let (id, relation) = (try call.id(Person.self), try call.id(Relation.self, "relation"))
        try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
            let all = try Relative.of(id, seenBy: call.acting, at: call.now, in: db)
            let before = try call.found(all.first { $0.relation.id == relation && !$0.isReverse }).relation
            try Relation.change(
                relation, of: id, to: try draft(call, RelationDraft(before)), by: call.acting, at: call.now, in: db)
        }
    }

    private static func draft(_ call: Call, _ before: RelationDraft) throws -> RelationDraft {
        let body = call.body
        var draft = before
        draft.kind = try body.ifAny(kind)?.rawValue ?? before.kind
        draft.receives = try body.changing(receives, from: before.receives)
        draft.books = try body.changing(books, from: before.books)
        if let date = try body.ifAny(askedOn) as CivilDate?? { draft.askedOn = date?.description ?? "" }
        if let since = try body.ifAny(unawareSince) as CivilDate?? {
            draft.isUnaware = since != nil
            draft.unawareSince = since?.description ?? ""
        }
        draft.unawareSource = try body.changing(unawareSource, from: before.unawareSource)
        if let date = try body.ifAny(consentOn) as CivilDate?? { draft.consentOn = date?.description ?? "" }
        draft.consentHow = try body.changing(consentHow, from: before.consentHow)
        return draft
    }

    private static func protectionDraft(_ call: Call) throws -> ProtectionDraft {
        var draft = ProtectionDraft()
        draft.measure = try call.body[measure].rawValue
        draft.startsOn = try call.body[startsOn].description
        draft.endsOn = try call.body.ifAny(endsOn)?.description ?? ""
        draft.representative = try call.body.ifAny(representative)?.description ?? ""
        draft.copies = try call.body.ifAny(copies) ?? false
        return draft
    }

    private static func access(_ call: Call) async throws -> PersonAccess {
        let id = try call.id(Person.self), why = try call.body[reason]
        return try await Journal.beforeAnswering {
            try await call.store.record { db in
                try Journal.consult(id, because: why, by: call.acting, at: call.now, in: db)
                return try PersonAccess.export(id, by: call.acting, at: call.now, in: db)
            }
        }
    }
}
