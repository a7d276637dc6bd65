import Store

/// A commune of the official list, as it completes an address.
public struct CommuneSuggestion: Sendable, Equatable {
    public let insee: String
    public let name: String
    /// In the order of the list; a large commune has several.
    public let postalCodes: [String]
}

extension CommuneSuggestion {
    /// The communes whose name, or one of whose postal codes, begins with what was typed: the département's first, then the largest.
    public static func beginning(with typed: String, departement: String?, limit: Int = 8, in db: Reader) throws -> [CommuneSuggestion] {
        let words = Folding.words(of: typed)
        guard let first = words.first else { return [] }
        let isCode = words.count == 1 && first.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
        return try db.all(
            """
            SELECT insee, name, postal_codes FROM commune WHERE \(isCode ? code(first) : name(words))
            ORDER BY CASE WHEN departement = \(departement ?? "") THEN 0 ELSE 1 END, population DESC NULLS LAST, insee LIMIT \(limit)
            """
        ) { row in
            let codes: String = try row[2]
            return CommuneSuggestion(
                insee: try row[0], name: try row[1], postalCodes: codes.split { !$0.isNumber }.map(String.init))
        }
    }

    /// « st jean » is Saint-Jean…: the abbreviation is written out when a name follows it.
    private static func name(_ words: [String]) -> SQL {
        let full = ["st": "saint", "ste": "sainte"]
        let head = words.count > 1 ? full[words[0]] ?? words[0] : words[0]
        let key = ([head] + words.dropFirst()).joined(separator: " ")
        return "folded >= \(key) AND folded < \(key + "\u{10FFFF}")"
    }

    /// The codes of a commune stand in one text, one after the other.
    private static func code(_ digits: String) -> SQL {
        "(postal_codes LIKE \("\(digits)%") OR postal_codes LIKE \("% \(digits)%") OR postal_codes LIKE \("%|\(digits)%"))"
    }
}
