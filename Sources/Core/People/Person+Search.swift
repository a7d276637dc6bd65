import Store

extension Person {
    /// The people whom these typed words may designate, the likeliest first.
    ///
    /// Inside the organizations where the agent may find people: by any part of the names in any order, without accents, by the
    /// beginning of a number however it is written, by birth date or year, by a whole external number, as the CAF's; then by sound.
    /// Elsewhere in the territory: only by a whole number, or by the full name with the birth date.
    /// - Parameters:
    ///   - limit: of those of the agent's organizations; a full list says that more may match.
    ///   - archives: files put away too, last.
    /// - Throws: ``Refusal/forbidden``.
    public static func search(_ typed: String, by acting: Acting, limit: Int = 20, archives: Bool = false, in db: Reader) throws
        -> [FoundPerson]
    {
        try acting.require(.findPeople)
        let search = TypedSearch(typed, region: acting.territory.phoneRegion)
        guard !search.words.isEmpty else { return [] }
        let index = PersonIndex(territory: acting.territoryID, scopes: acting.organizations(with: .findPeople), limit: limit)
        var ids = try ExternalNumber.people(typed, in: index.scopes, of: acting.territoryID, limit: limit, in: db)
        ids += try known(search, by: index, in: db).filter { !ids.contains($0) }
        if archives {
            var away = index
            away.archived = true
            ids += try known(search, by: away, in: db).filter { !ids.contains($0) }
        }
        let strangers = try elsewhere(search, by: index, in: db).filter { !ids.contains($0) }
        let found =
            try FoundPerson.load(Array(ids.prefix(limit)), elsewhere: false, of: acting.territoryID, in: db)
            + FoundPerson.load(strangers, elsewhere: true, of: acting.territoryID, in: db)
        return found.filter { archives || !$0.isArchived }
    }

    /// Those written so, then, while there is room, those who sound so, and those whose names are cut elsewhere (« Jeanmarie »).
    private static func known(_ search: TypedSearch, by index: PersonIndex, in db: Reader) throws -> [ID<Person>] {
        var ids: [ID<Person>] = []
        for words in search.readings {
            ids = try index.people(matching: words.map { Sought(text: $0) }, in: db)
            if !ids.isEmpty { break }
        }
        let ways = [search.joiningParticles?.map { Sought(text: $0) }, search.sounding].compactMap { $0 } + search.joiningNeighbours
        for words in ways where ids.count < index.limit {
            ids += try index.people(matching: words, in: db).filter { !ids.contains($0) }
        }
        return ids
    }

    /// Those whom the territory-wide scope designates and who are not in the agent's organizations.
    private static func elsewhere(_ search: TypedSearch, by index: PersonIndex, in db: Reader) throws -> [ID<Person>] {
        let tokens = search.wholeTokens
        guard !tokens.isEmpty else { return [] }
        return try index.strangers(called: tokens, in: db)
    }
}

extension TypedSearch {
    /// The tokens of the territory-wide scope that were typed in full.
    var wholeTokens: [String] {
        var tokens = number.map { [$0.nationalDigits] } ?? []
        let names = words.filter(\.isName).map { $0.readings[0] }
        if let birthDate, !names.isEmpty { tokens.append(PersonToken.fullName(names, born: birthDate)) }
        return tokens
    }
}
