/// The words of an e-mail that was written as a page alone, without what it quotes: to be read as text, and escaped as any text is.
enum HTMLText {
    static func plain(_ html: String) -> String {
        var text = "", rest = Substring(html), quotes = 0, unseen = ""
        while let next = rest.first {
            guard next == "<" else {
                let end = rest.firstIndex(of: "<") ?? rest.endIndex
                if quotes == 0, unseen.isEmpty { text += words(rest[..<end]) }
                rest = rest[end...]
                continue
            }
            guard let end = rest.hasPrefix("<!--") ? afterComment(rest) : rest.firstIndex(of: ">").map(rest.index(after:)) else { break }
            let (name, closes) = tag(rest[..<end])
            rest = rest[end...]
            if name == "blockquote" { quotes = max(0, quotes + (closes ? -1 : 1)) }
            if ["style", "script", "head", "title"].contains(name) {
                unseen = closes ? (unseen == name ? "" : unseen) : (unseen.isEmpty ? name : unseen)
            }
            if quotes == 0, unseen.isEmpty, breaking.contains(name) { text += "\n" }
        }
        return text
    }

    private static let breaking: Set<String> = ["br", "p", "div", "tr", "li", "h1", "h2", "h3", "blockquote", "hr"]

    private static func afterComment(_ text: Substring) -> Substring.Index? { text.firstRange(of: "-->")?.upperBound }

    private static func tag(_ text: Substring) -> (name: String, closes: Bool) {
        let inner = text.dropFirst()
        let closes = inner.hasPrefix("/")
        return ((closes ? inner.dropFirst() : inner).prefix { $0.isLetter || $0.isNumber }.lowercased(), closes)
    }

    /// Spaces and line ends are one space, as a page shows them.
    private static func words(_ text: Substring) -> String {
        var result = ""
        for character in decoded(text) {
            let isSpace = character.isWhitespace && character != "\u{A0}"
            if !isSpace { result.append(character) } else if result.last != " " { result += " " }
        }
        return result
    }

    private static func decoded(_ text: Substring) -> String {
        var result = "", rest = text
        while let start = rest.firstIndex(of: "&") {
            result += rest[..<start]
            let tail = rest[rest.index(after: start)...].prefix(12)
            if let end = tail.firstIndex(of: ";"), let character = character(tail[..<end]) {
                result.append(character)
                rest = rest[rest.index(after: end)...]
            } else {
                result += "&"
                rest = rest[rest.index(after: start)...]
            }
        }
        return result + rest
    }

    private static func character(_ name: Substring) -> Character? {
        guard name.hasPrefix("#") else { return named[String(name)] }
        let digits = name.dropFirst()
        let number = digits.lowercased().hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
        return number.flatMap { UnicodeScalar($0) }.map { Character($0) }
    }

    private static let named: [String: Character] = [
        "amp": "&", "lt": "<", "gt": ">", "quot": "\"", "apos": "'", "nbsp": "\u{A0}", "eacute": "é", "egrave": "è", "ecirc": "ê",
        "euml": "ë", "agrave": "à", "acirc": "â", "ccedil": "ç", "icirc": "î", "iuml": "ï", "ocirc": "ô", "ugrave": "ù", "ucirc": "û",
        "Eacute": "É", "Agrave": "À", "Ccedil": "Ç", "oelig": "œ", "rsquo": "’", "lsquo": "‘", "laquo": "«", "raquo": "»", "ldquo": "“",
        "rdquo": "”", "hellip": "…", "ndash": "–", "mdash": "—", "euro": "€",
    ]
}
