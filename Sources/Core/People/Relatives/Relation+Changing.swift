import Scheduling
import Store

extension Relation {
    /// Says what `other` is to `person`; both files are journalled.
    /// - Throws: a ``Refusal``: not one's person, someone one may not find, oneself, a loop, a link that exists.
    @discardableResult
    public static func add(
        _ draft: RelationDraft, from person: ID<Person>, to other: ID<Person>, by acting: Acting, at now: Instant, in db: Writer
    ) throws -> Relation {
        _ = try Person.editable(person, by: acting, in: db)
        guard try Person.isKnown(other, to: acting, at: now, in: db) else { throw Refusal.notFound }
        let blank = Relation(personID: person, otherID: other, kind: .other)
        let relation = try draft.applied(to: blank, today: acting.territory.zone.civil(now).date)
        try saying(refusals) { try relation.insert(of: acting.territoryID, by: acting.agent.id, at: now, in: db) }
        try relation.record(.created, relation.facts, by: acting, at: now, in: db)
        try Message.chooseAgain(for: person, by: acting, at: now, in: db)
        return relation
    }

    public static func change(
        _ id: ID<Relation>, of person: ID<Person>, to draft: RelationDraft, by acting: Acting, at now: Instant, in db: Writer
    ) throws {
        _ = try Person.editable(person, by: acting, in: db)
        guard let before = try find(id, of: person, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        let after = try draft.applied(to: before, today: acting.territory.zone.civil(now).date)
        guard after != before else { return }
        try saying(refusals) { try after.update(of: acting.territoryID, in: db) }
        try after.record(.changed, Journal.difference(before.facts, after.facts), by: acting, at: now, in: db)
        try Message.chooseAgain(for: person, by: acting, at: now, in: db)
    }

    public static func delete(_ id: ID<Relation>, of person: ID<Person>, by acting: Acting, at now: Instant, in db: Writer) throws {
        _ = try Person.editable(person, by: acting, in: db)
        guard let before = try find(id, of: person, of: acting.territoryID, in: db) else { throw Refusal.notFound }
        try db.run("DELETE FROM relation WHERE territory_id = \(acting.territoryID) AND id = \(id)")
        try before.record(.deleted, before.facts, by: acting, at: now, in: db)
        try Message.chooseAgain(for: person, by: acting, at: now, in: db)
    }

    private func record(_ act: Journal.Act, _ facts: [String: String], by acting: Acting, at now: Instant, in db: Writer) throws {
        for (one, two) in [(personID, otherID), (otherID, personID)] {
            let links = ["what": "relation", "relation": id.description, "with": two.description]
            try Journal.record(act, about: one.uuid, facts.merging(links) { $1 }, by: acting, at: now, in: db)
        }
    }

    private static let refusals: [String: Refusal] = [
        "relation_other": .field("other", "oneself", "Personne n’est son propre proche : choisissez quelqu’un d’autre."),
        "relation_loop": .field(
            "kind", "relation-loop", "En suivant ces liens, cette personne serait responsable d’elle-même. Vérifiez qui répond de qui."),
        "relation_pair": .field("other", "relation-exists", "Ce lien existe déjà : modifiez-le plutôt."),
    ]
}
