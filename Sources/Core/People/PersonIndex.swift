import Store

/// A token, or the beginning of one, that a person must have.
struct Sought: Equatable {
    var text: String
    var whole = false

    /// Folding leaves neither `%` nor `_` in a token. Keys begin and end with a space.
    var pattern: String { whole ? "% \(text) %" : "% \(text)%" }
}

/// The search index (table `person_token`) as one agent may read it: the scopes are in every range, so nobody else can come out of it.
struct PersonIndex {
    let territory: Int64
    let scopes: [ID<Organization>]
    let limit: Int
    /// Among the files put away, and those alone.
    var archived = false

    /// Beyond this many rows, one word is as common as another.
    private static let common = 2000

    /// The people of these scopes who have, for each word, a token that begins with it. Those whose tokens are the very words come first.
    func people(matching words: [Sought], in db: Reader) throws -> [ID<Person>] {
        guard !words.isEmpty, !scopes.isEmpty else { return [] }
        let driver = words.count == 1 ? 0 : try rarest(of: words, in: db)
        let others = words.indices.filter { $0 != driver }.map { words[$0] }
        let parts: [SQL] = scopes.map { scope in
            let filters: [SQL] = others.map { "AND search_key LIKE \($0.pattern)" }
            return """
                SELECT person_id, search_key FROM (SELECT person_id, search_key FROM person_token
                  WHERE \(range(of: words[driver], in: scope)) \(SQL(joined: filters, by: " "))
                  ORDER BY token, search_key LIMIT \(limit)) AS one_scope
                """
        }
        let rows = try db.all(SQL(joined: parts, by: " UNION ALL ")) { row in (id: try row[0] as ID<Person>, key: try row[1] as String) }
        return ranked(rows, by: words)
    }

    private func range(of word: Sought, in scope: ID<Organization>) -> SQL {
        let text = archived ? PersonToken.archiveMark + word.text : word.text
        let token: SQL = word.whole ? "token = \(text)" : "token >= \(text) AND token < \(text + "\u{10FFFF}")"
        return "territory_id = \(territory) AND scope_id = \(scope) AND \(token)"
    }

    /// The word with the fewest tokens drives; the longest, when all are common.
    private func rarest(of words: [Sought], in db: Reader) throws -> Int {
        let parts: [SQL] = words.indices.flatMap { index in
            scopes.map { scope -> SQL in
                """
                SELECT \(index) AS word, count(*) AS tokens FROM (SELECT 1 FROM person_token
                  WHERE \(range(of: words[index], in: scope)) LIMIT \(Self.common)) AS one_word
                """
            }
        }
        var counts = [Int](repeating: 0, count: words.count)
        try db.forEach(SQL(joined: parts, by: " UNION ALL ")) { row in
            let index: Int = try row[0]
            counts[index] += try row[1] as Int
        }
        return words.indices.min { (counts[$0], -words[$0].text.utf8.count) < (counts[$1], -words[$1].text.utf8.count) } ?? 0
    }

    private func ranked(_ rows: [(id: ID<Person>, key: String)], by words: [Sought]) -> [ID<Person>] {
        let scored = rows.map { row -> (id: ID<Person>, key: String, exact: Int) in
            let tokens = Set(row.key.split(separator: " "))
            return (row.id, row.key, words.count { tokens.contains(Substring($0.text)) })
        }
        var seen: Set<ID<Person>> = []
        return scored.sorted { ($1.exact, $0.key, $0.id) < ($0.exact, $1.key, $1.id) }.map(\.id).filter { seen.insert($0).inserted }
    }

    /// Those whom one of these whole tokens designates anywhere in the territory, and who are in none of the scopes.
    func strangers(called tokens: [String], in db: Reader) throws -> [ID<Person>] {
        try db.all(
            """
            SELECT DISTINCT person_id FROM person_token
            WHERE territory_id = \(territory) AND scope_id = \(PersonToken.territoryScope) AND token IN \(list: tokens)
              AND NOT EXISTS (SELECT 1 FROM person_organization
                WHERE person_organization.territory_id = person_token.territory_id
                  AND person_organization.person_id = person_token.person_id AND organization_id IN \(list: scopes))
            ORDER BY person_id LIMIT \(limit)
            """
        ) { try $0[0] }
    }
}
