import Store

/// What an answer to an SMS says, when it says one thing and nothing else. Raw values are stored.
public enum ReplyMeaning: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
    case yes, no, stop, callBack = "call-back"
    /// Words for someone to read.
    case words

    public var label: String {
        switch self {
        case .yes: "oui"
        case .no: "non"
        case .stop: "stop"
        case .callBack: "demande à être rappelé"
        case .words: "réponse à lire"
        }
    }
}

extension ReplyMeaning {
    /// Whatever the case, the accents, the signs and a letter too many, missing or in the wrong place. Polite words around it change
    /// nothing; any other word makes it something to read: « oui mais pas le matin » is no yes.
    public init(_ text: String) {
        let words = Self.words(text)
        let telling = words.filter { !Self.polite.contains($0) }
        let meanings = Set(telling.map { Self.meaning(of: $0) })
        if let whole = Self.sentences[telling.joined(separator: " ")] {
            self = whole
        } else if meanings.count == 1, let only = meanings.first, let meaning = only {
            self = meaning
        } else {
            self = .words
        }
    }

    private static func words(_ text: String) -> [String] {
        Folding.key(text).split { !$0.isLetter && !$0.isNumber }.map { String($0) }
    }

    /// A short word must be exact: « nom » is not « non ».
    private static func meaning(of word: String) -> ReplyMeaning? {
        if let exact = keywords[word] { return exact }
        let single = withoutDoubles(word)
        guard single.count >= 4 else { return keywords[single] }
        let near = Set(keywords.filter { $0.key.count >= 4 && isNear(single, withoutDoubles($0.key)) }.values)
        return near.count == 1 ? near.first : nil
    }

    /// « rapeller », « stopp »: a letter doubled or not is the commonest mistake.
    private static func withoutDoubles(_ word: String) -> String {
        word.reduce(into: "") { if $0.last != $1 { $0.append($1) } }
    }

    private static let keywords: [String: ReplyMeaning] = [
        "oui": .yes, "ouii": .yes, "oiu": .yes, "ouais": .yes, "ok": .yes, "okay": .yes, "daccord": .yes, "yes": .yes, "confirme": .yes,
        "confirmer": .yes, "non": .no, "nn": .no, "no": .no, "annuler": .no, "annule": .no, "annulation": .no, "annulez": .no,
        "stop": .stop, "stopsms": .stop, "arret": .stop, "arreter": .stop, "desabonner": .stop, "rappel": .callBack,
        "rappeler": .callBack, "rappelez": .callBack, "rappele": .callBack,
    ]

    private static let sentences: [String: ReplyMeaning] = [
        "d accord": .yes, "je viens": .yes, "je viendrai": .yes, "je serai la": .yes, "c est bon": .yes, "je confirme": .yes,
        "je ne viens pas": .no, "je viens pas": .no, "je ne peux pas venir": .no, "je ne pourrai pas venir": .no, "je peux pas venir": .no,
        "je ne peux pas": .no, "j annule": .no, "rappelez moi": .callBack, "me rappeler": .callBack, "rappele moi": .callBack,
        "stop sms": .stop,
    ]

    private static let polite: Set<String> = [
        "bonjour", "bonsoir", "merci", "svp", "stp", "madame", "monsieur", "cordialement", "beaucoup",
    ]

    /// One letter more, less, other, or two that changed places (Damerau, 1964).
    private static func isNear(_ left: String, _ right: String) -> Bool {
        let (short, long) = left.count <= right.count ? (Array(left), Array(right)) : (Array(right), Array(left))
        guard long.count - short.count <= 1,
            let first = zip(short, long).enumerated().first(where: { $0.element.0 != $0.element.1 })?.offset
        else { return long.count - short.count <= 1 }
        if short.count < long.count { return short[first...] == long[(first + 1)...] }
        if short[(first + 1)...] == long[(first + 1)...] { return true }
        return first + 1 < short.count && short[first] == long[first + 1] && short[first + 1] == long[first]
            && short[(first + 2)...] == long[(first + 2)...]
    }
}
