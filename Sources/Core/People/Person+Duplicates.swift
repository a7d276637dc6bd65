import Scheduling
import Store

extension NewPerson {
    /// Those who may already be this person: the same full name and birth date anywhere in the territory, the same number, or, in
    /// the agent's organizations, the same full name when a birth date is missing.
    ///
    /// It informs and never forbids: a number may be shared, and two people may have one name.
    /// - Throws: a ``Refusal`` when what was typed is not right.
    public func lookalikes(by acting: Acting, at now: Instant, in db: Reader) throws -> [FoundPerson] {
        let person = try person(by: acting, at: now)
        let index = PersonIndex(territory: acting.territoryID, scopes: acting.organizations(with: .findPeople), limit: 20)
        let whole = PersonToken.ofTerritory(person)
        var known = try index.known(called: whole, in: db)
        known += try index.namesakes(of: person, in: db).filter { !known.contains($0) }
        let strangers = whole.isEmpty ? [] : try index.strangers(called: whole, in: db)
        return try FoundPerson.load(known, elsewhere: false, of: acting.territoryID, in: db)
            + FoundPerson.load(strangers, elsewhere: true, of: acting.territoryID, in: db)
    }
}

extension PersonIndex {
    /// Those of the scopes whom one of these whole tokens of the territory-wide scope designates.
    func known(called tokens: [String], in db: Reader) throws -> [ID<Person>] {
        guard !tokens.isEmpty else { return [] }
        return try db.all(
            """
            SELECT DISTINCT person_token.person_id FROM person_token
            JOIN person_organization ON person_organization.territory_id = person_token.territory_id
              AND person_organization.person_id = person_token.person_id AND person_organization.organization_id IN \(list: scopes)
            WHERE person_token.territory_id = \(territory) AND person_token.scope_id = \(PersonToken.territoryScope)
              AND person_token.token IN \(list: tokens)
            ORDER BY person_token.person_id LIMIT \(limit)
            """
        ) { try $0[0] }
    }

    /// Those with the very same names, when one of the two birth dates is missing.
    func namesakes(of person: Person, in db: Reader) throws -> [ID<Person>] {
        let words = PersonToken.words(of: person.lastName) + PersonToken.words(of: person.firstName)
        let found = try people(matching: words.map { Sought(text: $0, whole: true) }, in: db)
        return try FoundPerson.load(found, elsewhere: false, of: territory, in: db).filter { candidate in
            (candidate.birthDate == nil || person.birthDate == nil)
                && (PersonToken.words(of: candidate.lastName) + PersonToken.words(of: candidate.firstName)).sorted() == words.sorted()
        }.map(\.id)
    }
}
