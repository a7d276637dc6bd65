import Core
import HTTPTypes
import Scheduling
import Store

/// Notes and referents of a person.
enum PersonContentAPI {
    private static let seenBy = Key<Note.Visibility>("seen_by", "Qui la lit : le service sinon.")
    private static let text = Key("text", Kind.lines(1...Note.longest))

    static let endpoints: [Endpoint] = [
        .list("/people/{id}/notes", "Les notes de mes services, les dernières d’abord", of: Note.shape, notes).journallingItself,
        .create(
            "/people/{id}/notes", "Écrit une note", needs: .writeNotes,
            body: Fields("NewNote", needs: [Common.service, text], takes: [seenBy]), answers: Note.shape, located: false, addNote),
        .read("/people/{id}/referents", "Qui suit la personne, dans chaque service", answers: allReferents, referents).journallingItself,
        .change(
            .put, "/people/{id}/referents/{service}", "Confie la personne à un agent du service", needs: .editPeople,
            body: Fields("NewReferent", needs: [Common.agent])
        ) { call in try await set(try call.body[Common.agent], call) }.journallingItself,
        .change(.delete, "/people/{id}/referents/{service}", "Ne confie plus la personne à personne", needs: .editPeople) { call in
            try await set(nil, call)
        }.journallingItself,
    ]

    private static let allReferents = Shape<[Referent]>("Referents", [Key("items", .list(Referent.shape.kind)).of { $0 }])

    /// Newest first: the cursor is the last note of the page before.
    private static func notes(_ call: Call) async throws -> ListPage<Note> {
        let limit = try call.query.ifAny(ListPage<Note>.limit) ?? 50, cursor = try call.query.ifAny(ListPage<Note>.cursor)
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        let all = try await call.store.read { db in try Note.of(person.id, readBy: call.acting, in: db) }
        let rest = cursor.flatMap { cursor in all.firstIndex { $0.id == cursor } }.map { all.dropFirst($0 + 1) } ?? all[...]
        return ListPage(Array(rest), limit: limit) { $0.id.description }
    }

    private static func addNote(_ call: Call, _ db: Writer) throws -> Note {
        try Note.add(
            try call.body[text], of: try call.body[Common.service], seenBy: try call.body.ifAny(seenBy) ?? .service,
            on: try call.id(Person.self), by: call.acting, at: call.now, in: db)
    }

    private static func referents(_ call: Call) async throws -> [Referent] {
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        return try await call.store.read { db in try Referent.of(person.id, seenBy: call.acting, in: db) }
    }

    private static func set(_ agent: ID<Agent>?, _ call: Call) async throws {
        let id = try call.id(Person.self), service = try call.id(Service.self, "service")
        try await Person.change(id, by: call.acting, at: call.now, in: call.store) { db in
            try Referent.set(agent, of: service, for: id, by: call.acting, at: call.now, in: db)
        }
    }
}
