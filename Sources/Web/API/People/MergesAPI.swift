import Core
import HTTPTypes
import Scheduling
import Store

/// Two files of one person made one.
enum MergesAPI {
    private static let other = Key<ID<Person>>("other", "La fiche qui va dans celle-ci ; son adresse y mènera.")
    private static let otherVersion = Key("other_version", Kind.integer(0...Int.max), "Celle de l’autre fiche.")
    private static let take = Key("take", Kind<[PersonMerge.Field]>.list(PersonMerge.Field.kind, 0...7), "Ce qui vient de l’autre fiche.")

    static let endpoints: [Endpoint] = [
        .change(
            .post, "/people/{id}/merges", "Réunit deux fiches d’une même personne", needs: .mergePeople,
            body: Fields("NewMerge", needs: [other, Common.version, otherVersion], takes: [take]), answers: ShownPerson.shape, merge
        ).journallingItself.showingOverlap,
        .list("/people/{id}/merges", "Les fiches réunies à celle-ci, les dernières d’abord", of: MergedPerson.shape, merges)
            .journallingItself,
    ]

    private static func merge(_ call: Call) async throws -> ShownPerson {
        let merge = PersonMerge(
            keptID: try call.id(Person.self), otherID: try call.body[other], keptVersion: Int64(try call.body[Common.version]),
            otherVersion: Int64(try call.body[otherVersion]), taken: Set(try call.body.ifAny(take) ?? []))
        let person = try await merge.run(by: call.acting, at: call.now, in: call.store)
        return try await call.store.read { db in try PeopleAPI.shown(person, db) }
    }

    private static func merges(_ call: Call) async throws -> ListPage<MergedPerson> {
        let limit = try call.query.ifAny(ListPage<MergedPerson>.limit) ?? 50, cursor = try call.query.ifAny(ListPage<MergedPerson>.cursor)
        let person = try await Person.open(try call.id(Person.self), by: call.acting, at: call.now, in: call.store)
        let all = try await call.store.read { db in try MergedPerson.into(person.id, of: person.territoryID, in: db) }
        let rest = cursor.flatMap { cursor in all.firstIndex { $0.id.uuid == cursor.uuid } }.map { all.dropFirst($0 + 1) } ?? all[...]
        return ListPage(Array(rest), limit: limit) { $0.id.description }
    }
}

extension MergedPerson {
    static let shape = Shape<MergedPerson>(
        "MergedPerson",
        [
            Key<ID<Person>>("id", "Son ancien identifiant.").of(\.id), Key("name", .line(0...300)).of(\.name),
            Key<Instant>("at").of(\.at), Common.agent.of(\.agentID),
        ])
}

extension PersonOverlap {
    static let shape = Shape<PersonOverlap>(
        "OverlappingAppointments",
        [
            Key<ID<Appointment>>("kept").of(\.kept), Key<Instant>("kept_starts_at").of(\.keptAt),
            Key<ID<Appointment>>("other").of(\.other), Key<Instant>("other_starts_at").of(\.otherAt),
        ])
}

extension PersonMerge.Field: Plain {}

extension Endpoint {
    /// The same; the appointments at one hour that stand in the way are shown beside the refusal.
    fileprivate var showingOverlap: Endpoint {
        explaining { call, refusal in
            guard refusal == .appointmentsOverlap, let other = call.body.values["other"]?.text.flatMap({ ID<Person>($0) }) else {
                return nil
            }
            let kept = try call.id(Person.self)
            let overlaps = try await call.store.read { db in
                try PersonOverlap.between(kept, other, of: call.acting.territoryID, after: call.now, in: db)
            }
            return ProblemMember("overlaps") { writer in writer.list(overlaps, PersonOverlap.shape.write) }
        }
    }
}
