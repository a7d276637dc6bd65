import Scheduling
import Store

extension NewPerson {
    /// Those who may already be this person: the same full name and birth date anywhere in the territory, the same number, or, in
    /// the agent's organizations, the same full name when a birth date is missing.
    ///
    /// It informs and never forbids: a number may be shared, and two people may have one name.
    /// - Throws: a ``Refusal`` when what was typed is not right.
    public func lookalikes(by acting: Acting, at now: Instant, in db: Reader) throws -> [FoundPerson] {
        try person(by: acting, at: now).lookalikes(by: acting, in: db)
    }

    /// The same while the form is being filled: what is not right yet is left aside, and nothing is refused for it.
    /// - Throws: ``Refusal/forbidden``.
    public static func lookalikes(soFar draft: PersonDraft, by acting: Acting, at now: Instant, in db: Reader) throws -> [FoundPerson] {
        try acting.require(.editPeople)
        return try draft.soFar(in: acting.territory, at: now).lookalikes(by: acting, in: db)
    }
}

extension PersonDraft {
    /// What tells people apart, as far as it is right.
    fileprivate func soFar(in territory: Territory, at now: Instant) -> Person {
        let numbers = phones.prefix(Self.mostLines).compactMap { PhoneNumber($0.text, region: territory.phoneRegion) }
        return Person(
            territoryID: territory.id, firstName: Self.oneLine(firstName), lastName: Self.oneLine(lastName),
            birthDate: TypedDate.parse(Self.oneLine(birthDate)), createdAt: now,
            phones: numbers.map { Person.Phone(number: $0.e164, mobile: $0.isMobile) })
    }
}

extension Person {
    /// - Note: the person's own file is one of them, when it has been written.
    func lookalikes(by acting: Acting, in db: Reader) throws -> [FoundPerson] {
        let index = PersonIndex(territory: acting.territoryID, scopes: acting.organizations(with: .findPeople), limit: 20)
        let whole = PersonToken.ofTerritory(self)
        var known = try index.known(called: whole, in: db)
        known += try index.namesakes(of: self, in: db).filter { !known.contains($0) }
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
