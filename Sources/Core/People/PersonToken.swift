import Foundation
import Scheduling
import Store

/// One folded word by which someone may be found, in one scope (table `person_token`).
///
/// The scope is an organization: the index itself enforces who may find whom. A second, territory-wide scope holds only what finds
/// someone followed elsewhere: whole numbers, and the full name with the birth date.
enum PersonToken {
    /// No organization's id: UUID version 7 is never all zeros.
    static let territoryScope = ID<Organization>(UUID(uuid: (0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0)))

    /// PostgreSQL's longest index key is about 2,700 bytes: longer names are cut to these sizes, in tokens only.
    static let longestWord = 40
    static let mostWords = 6
    static let mostNumbers = 10
    /// Folding leaves it in no token.
    static let archiveMark = "!"
}

extension PersonToken {
    /// The tokens of the organizations' scopes: words | adjacent words joined | `~` and how they sound | birth date | numbers.
    static func ofOrganization(_ person: Person) -> [String] {
        let names = [person.lastName, person.birthName, person.firstName].map { words(of: $0) }
        var tokens = names.flatMap { $0 }
        tokens += names.flatMap(joined)
        tokens += tokens.compactMap(Phonetic.code).map { "~" + $0 }
        if let date = person.birthDate { tokens.append(compact(date.description)) }
        tokens += numbers(of: person)
        return distinct(tokens)
    }

    /// The tokens of the territory-wide scope, which are asked for whole and never by their beginning.
    static func ofTerritory(_ person: Person) -> [String] {
        var tokens = numbers(of: person)
        if let date = person.birthDate {
            for name in [person.lastName, person.birthName] where !name.isEmpty || name == person.lastName {
                tokens.append(fullName(words(of: name) + words(of: person.firstName), born: compact(date.description)))
            }
        }
        return distinct(tokens)
    }

    /// Names in any order give one token: `dupont.jean.marie 19501203`.
    static func fullName(_ words: [String], born date: String) -> String {
        (words.sorted() + [date]).joined(separator: ".")
    }

    static func words(of name: String) -> [String] {
        Folding.words(of: name).prefix(mostWords).map(cut)
    }

    /// To ``longestWord`` bytes, between two characters.
    static func cut(_ word: String) -> String {
        guard word.utf8.count > longestWord else { return word }
        var cut = word.unicodeScalars
        while String(cut).utf8.count > longestWord { cut.removeLast() }
        return String(cut)
    }

    /// « le febvre » is also `lefebvre`: each pair of neighbours, and all of them when there are more than two.
    private static func joined(_ words: [String]) -> [String] {
        guard words.count > 1 else { return [] }
        let pairs = zip(words, words.dropFirst()).map { cut($0 + $1) }
        return words.count == 2 ? pairs : pairs + [cut(words.joined())]
    }

    private static func numbers(of person: Person) -> [String] {
        person.phones.prefix(mostNumbers).compactMap { PhoneNumber(stored: $0.number)?.nationalDigits }
    }

    /// `1950-12-03` → `19501203`.
    static func compact(_ date: String) -> String { String(decoding: date.utf8.filter { $0 != UInt8(ascii: "-") }, as: UTF8.self) }

    private static func distinct(_ tokens: [String]) -> [String] {
        var kept: [String] = []
        for token in tokens where !kept.contains(token) { kept.append(token) }
        return kept
    }
}

extension Person {
    /// The columns of ``tokenRows(in:)``, for `Writer.load("person_token", …)`.
    public static let tokenColumns = ["territory_id", "scope_id", "token", "search_key", "person_id"]

    /// Every row of the search index for this person: the index is a function of the person and of their organizations.
    /// - Parameter archived: behind a mark that no word typed begins with: found only when the archives are asked for.
    public func tokenRows(in organizations: [ID<Organization>], archived: Bool = false) -> [[SQLValue]] {
        let tokens = PersonToken.ofOrganization(self)
        let key = SQLValue.text(" " + tokens.joined(separator: " ") + " ")
        let territory = SQLValue.integer(territoryID)
        let person = id.sqlValue
        var rows: [[SQLValue]] = []
        rows.reserveCapacity(tokens.count * organizations.count + 2)
        for scope in organizations {
            for token in tokens {
                rows.append([territory, scope.sqlValue, .text(archived ? PersonToken.archiveMark + token : token), key, person])
            }
        }
        for token in PersonToken.ofTerritory(self) {
            rows.append([territory, PersonToken.territoryScope.sqlValue, .text(token), .text(""), person])
        }
        return rows
    }

    /// - Parameter organizations: those the person belongs to, or the new one.
    func insertTokens(in organizations: [ID<Organization>], archived: Bool = false, in db: Writer) throws {
        for row in tokenRows(in: organizations, archived: archived) {
            try db.run(
                """
                INSERT INTO person_token (territory_id, scope_id, token, search_key, person_id)
                VALUES (\(row[0]), \(row[1]), \(row[2]), \(row[3]), \(row[4])) ON CONFLICT DO NOTHING
                """)
        }
    }

    /// Deletes the rows of ``tokenRows(in:)``: call it on the person as stored, before any change.
    func deleteTokens(in organizations: [ID<Organization>], archived: Bool = false, in db: Writer) throws {
        for row in tokenRows(in: organizations, archived: archived) {
            try db.run(
                """
                DELETE FROM person_token WHERE territory_id = \(row[0]) AND scope_id = \(row[1]) AND token = \(row[2])
                  AND search_key = \(row[3]) AND person_id = \(row[4])
                """)
        }
    }
}
