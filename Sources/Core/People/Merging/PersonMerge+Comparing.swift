import Scheduling
import Store

extension PersonMerge {
    /// What the united file would hold of what is united by itself: numbers, e-mail addresses, needs.
    public static func preview(_ kept: Person, _ other: Person) -> Person { united(kept, other, taking: []) }

    /// - Throws: ``Refusal/notFound`` or ``Refusal/forbidden`` when this agent may not unite these files.
    public static func checkAccess(to people: [ID<Person>], by acting: Acting, in db: Reader) throws {
        for person in people { try Person.requireContent(.mergePeople, of: person, by: acting, in: db) }
    }
}

extension PersonOverlap {
    /// The appointments of ``between(_:_:of:after:in:)`` as this agent may see them.
    public static func shown(
        _ kept: ID<Person>, _ other: ID<Person>, to acting: Acting, at now: Instant, in db: Reader
    ) throws -> [AppointmentOfPerson] {
        let overlaps = try between(kept, other, of: acting.territoryID, after: now, in: db)
        guard !overlaps.isEmpty else { return [] }
        let mine = Set(overlaps.map(\.keptAt)), theirs = Set(overlaps.map(\.otherAt))
        let ofKept = try AppointmentOfPerson.all(of: kept, seenBy: acting, at: now, in: db).filter { mine.contains($0.startsAt) }
        let ofOther = try AppointmentOfPerson.all(of: other, seenBy: acting, at: now, in: db).filter { theirs.contains($0.startsAt) }
        return (ofKept + ofOther.filter { !ofKept.contains($0) }).sorted { $0.startsAt < $1.startsAt }
    }
}

extension Person {
    /// Files that may be of the same person: same names and birth date, same number.
    public func otherFiles(by acting: Acting, in db: Reader) throws -> [FoundPerson] {
        try lookalikes(by: acting, in: db).filter { $0.id != id }
    }
}
