import Core
import HTTPTypes
import Scheduling
import Store

/// People: searching, opening, making and changing a file.
enum PeopleAPI {
    private static let typed = Key("q", Kind.line(0...200), "Des noms dans n’importe quel ordre, un numéro, une date ou une année.")
    private static let limit = Key("limit", Kind.integer(1...50), "Combien de personnes au plus, 20 sinon.")
    private static let archives = Key<Bool>("archives", "Parmi les fiches archivées aussi.")
    private static let reason = Key("reason", Kind.line(3...Disclosure.longestReason), "Pourquoi ; conservé.")

    static let endpoints: [Endpoint] =
        [
            .change(
                .post, "/people/search", "Cherche des personnes", needs: .findPeople,
                body: Fields("PeopleSearch", needs: [typed], takes: [limit, archives]), answers: found, search
            ).readingOnly,
            .create(
                "/people", "Crée une fiche", needs: .editPeople, body: PeopleFields.new, answers: ShownPerson.shape, create
            ).showingLookalikes,
            .read("/people/{id}", "Ouvre une fiche ; l’adresse d’une fiche réunie à une autre y mène", answers: ShownPerson.shape, show)
                .journallingItself,
            .change(
                .patch, "/people/{id}", "Change une fiche : ce qui n’est pas envoyé reste", needs: .editPeople,
                body: PeopleFields.changed, answers: ShownPerson.shape, change
            ).journallingItself,
            .change(.post, "/people/{id}/information", "Note que la phrase sur les données a été dite", needs: .editPeople, inform)
                .journallingItself,
            .change(
                .post, "/people/{id}/emails/restoration", "Dit qu’une adresse e-mail fonctionne de nouveau", needs: .editPeople,
                body: Fields("RestoredEmail", needs: [PeopleFields.email]), restore
            ).journallingItself,
            .create(
                "/people/{id}/disclosures", "Dit pourquoi ouvrir la fiche de quelqu’un que suit une autre organisation",
                needs: .findPeople, body: Fields("NewDisclosure", needs: [reason]), answers: Disclosure.shape, located: false, disclose),
        ] + PersonContentAPI.endpoints + PersonDetailAPI.endpoints + RelativesAPI.endpoints + StoryAPI.endpoints + MergesAPI.endpoints

    private static let found = Shape<[FoundPerson]>("FoundPeople", [Key("items", .list(FoundPerson.shape.kind)).of { $0 }])
}

extension PeopleAPI {
    private static func search(_ call: Call) async throws -> [FoundPerson] {
        try await call.desk.find(
            try call.body[typed], limit: try call.body.ifAny(limit) ?? 20,
            archives: try call.body.ifAny(archives) ?? false, by: call.acting)
    }

    private static func create(_ call: Call, _ db: Writer) throws -> ShownPerson {
        let houses = call.acting.organizations(with: .editPeople)
        let new = try PeopleFields.New(call.body, organization: houses.count == 1 ? houses.first : nil)
        try new.refuseLookalikes(call, db)
        return try shown(try new.new.create(by: call.acting, at: call.now, in: db), db)
    }

    private static func show(_ call: Call) async throws -> ShownPerson {
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        return try await call.store.read { db in try shown(person, db) }
    }

    private static func change(_ call: Call) async throws -> ShownPerson {
        let id = try call.id(Person.self), version = Int64(try call.body[Common.version])
        return try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
            let before = try Person.editable(id, by: call.acting, in: db)
            var known = PersonDraft(before)
            known.detail = PersonDetailDraft(try PersonDetail.of(id, of: call.acting.territoryID, in: db))
            let draft = try PeopleFields.draft(call.body, over: known)
            return try shown(try Person.edit(id, to: draft, version: version, by: call.acting, at: call.now, in: db), db)
        }
    }

    static func shown(_ person: Person, _ db: Reader) throws -> ShownPerson {
        ShownPerson(
            person: person, organizations: try Person.organizations(of: person.id, of: person.territoryID, in: db),
            detail: try PersonDetail.of(person.id, of: person.territoryID, in: db),
            archivedAt: try Archiving.of(person.id, of: person.territoryID, in: db)?.at)
    }

    private static func inform(_ call: Call) async throws {
        let id = try call.id(Person.self)
        try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
            try Person.inform(id, by: call.acting, at: call.now, in: db)
        }
    }

    private static func restore(_ call: Call) async throws {
        let id = try call.id(Person.self), address = try call.body[PeopleFields.email]
        try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
            try Person.restore(email: address, of: id, by: call.acting, at: call.now, in: db)
        }
    }

    private static func disclose(_ call: Call, _ db: Writer) throws -> Disclosure {
        try Disclosure.make(for: try call.id(Person.self), because: try call.body[reason], by: call.acting, at: call.now, in: db)
    }
}

extension Endpoint {
    /// The same; whoever looks like the person to create is shown beside the refusal, and the journal knows of it.
    var showingLookalikes: Endpoint {
        explaining { call, refusal in
            guard refusal.code == Refusal.lookalikes.code else { return nil }
            let houses = call.acting.organizations(with: .editPeople)
            let new = try PeopleFields.New(call.body, organization: houses.first)
            let found = try await call.store.read { db in try new.new.lookalikes(by: call.acting, at: call.now, in: db) }
            try await call.desk.searches.record(SearchedPeople(found.map(\.id), by: call.acting, at: call.now))
            return ProblemMember("lookalikes") { writer in writer.list(found, FoundPerson.shape.write) }
        }
    }
}
