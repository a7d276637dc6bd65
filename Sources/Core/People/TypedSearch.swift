import Scheduling

/// What someone typed in the search field, understood as the beginnings of tokens.
struct TypedSearch: Sendable, Equatable {
    /// One thing that a person must match, in the ways it may be read, the likeliest first: « 03121950 » is a birth date, or else
    /// the beginning of a number.
    struct Word: Sendable, Equatable {
        var readings: [String]
        /// A name's word, which may also be searched by its sound.
        var isName = false
    }

    var words: [Word] = []
    /// The whole number, when one was typed: it finds people elsewhere in the territory too.
    var number: PhoneNumber?
    /// `YYYYMMDD`, when a whole birth date was typed.
    var birthDate: String?

    init(_ typed: String, region: String = "FR") {
        if let whole = PhoneNumber(typed, region: region) {
            number = whole
            words = [Word(readings: [whole.nationalDigits])]
            return
        }
        var rest = TypedPiece.split(typed)[...]
        while let piece = rest.first, words.count < 8 {
            if !piece.digits {
                words.append(Word(readings: [PersonToken.cut(piece.text)], isName: true))
                rest = rest.dropFirst()
            } else {
                readNumbers(&rest, region: region)
            }
        }
    }

    /// One text a word: the first way to read each, then the second of those that have one.
    var readings: [[String]] {
        let count = words.map(\.readings.count).max() ?? 0
        return (0..<count).map { way in words.map { $0.readings[min(way, $0.readings.count - 1)] } }
    }

    /// « le febvre » as `lefebvre`: particles joined to what follows, when there are any.
    var joiningParticles: [String]? {
        var joined: [String] = []
        var pending = ""
        for word in words {
            let text = word.readings[0]
            if word.isName, Self.particles.contains(text) {
                pending += text
            } else {
                joined.append(word.isName ? pending + text : text)
                if word.isName { pending = "" }
            }
        }
        if !pending.isEmpty { joined.append(pending) }
        return joined.count < words.count ? joined : nil
    }

    private static let particles: Set<String> = [
        "l", "d", "le", "la", "les", "de", "du", "des", "di", "da", "o", "n", "el", "al", "ben", "bel", "abd", "mac", "mc", "van", "von",
    ]

    /// Names by their sound, the rest as written; `nil` when no name has one.
    var sounding: [Sought]? {
        guard words.contains(where: \.isName) else { return nil }
        return Self.sounding(joiningParticles ?? readings[0])
    }

    /// A short code is sought whole: its beginning is everyone's.
    private static func sounding(_ texts: [String]) -> [Sought]? {
        let sought = texts.map { text in
            Phonetic.code(of: text).map { Sought(text: "~" + $0, whole: $0.utf8.count < 5) } ?? Sought(text: text)
        }
        return sought.contains { $0.text.hasPrefix("~") } ? sought : nil
    }

    /// Each pair of names that stand side by side as one word, written so and then sounding so.
    var joiningNeighbours: [[Sought]] {
        let texts = words.map { $0.readings[0] }
        let joined = words.indices.dropLast().filter { words[$0].isName && words[$0 + 1].isName }.map { index in
            texts[..<index] + [texts[index] + texts[index + 1]] + texts[(index + 2)...]
        }
        return joined.map { $0.map { Sought(text: $0) } } + joined.compactMap { Self.sounding(Array($0)) }
    }
}

extension TypedSearch {
    private mutating func readNumbers(_ rest: inout ArraySlice<TypedPiece>, region: String) {
        if let (date, count) = TypedDate.read(rest), !(rest.dropFirst(count).first?.digits ?? false) {
            let compact = PersonToken.compact(date.description)
            birthDate = compact
            let digits = rest.prefix(count).map(\.text).joined()
            words.append(Word(readings: digits.hasPrefix("0") ? [compact, digits] : [compact]))
            rest = rest.dropFirst(count)
        } else if let (month, count) = monthOfYear(rest) {
            words.append(Word(readings: [month]))
            rest = rest.dropFirst(count)
        } else {
            readDigits(&rest, region: region)
        }
    }

    /// `12/1950`: the beginning of the birth dates of that month.
    private func monthOfYear(_ pieces: ArraySlice<TypedPiece>) -> (String, Int)? {
        let two = Array(pieces.prefix(2))
        guard two.count == 2, two[0].isDigits(1...2), two[1].isDigits(4...4), two[1].isGlued(by: "/.-") else { return nil }
        guard let month = Int(two[0].text), (1...12).contains(month) else { return nil }
        return (two[1].text + (month < 10 ? "0" : "") + String(month), 2)
    }

    private mutating func readDigits(_ rest: inout ArraySlice<TypedPiece>, region: String) {
        let first = rest.removeFirst()
        if first.isDigits(4...4), !first.plus, first.text.hasPrefix("19") || first.text.hasPrefix("20") {
            return words.append(Word(readings: [first.text]))
        }
        if let short = shortDate(first, rest) {
            rest = rest.dropFirst(2)
            return words.append(short)
        }
        var digits = first.text
        let isNumber = first.plus || first.text.hasPrefix("0") || first.text.utf8.count == 1
        let most = first.plus || digits.hasPrefix("00") ? 15 : 10
        while isNumber, let next = rest.first, next.digits, !next.plus, digits.utf8.count + next.text.utf8.count <= most {
            digits += next.text
            rest = rest.dropFirst()
        }
        if let whole = PhoneNumber((first.plus ? "+" : "") + digits, region: region) {
            number = whole
            return words.append(Word(readings: [whole.nationalDigits]))
        }
        words.append(Word(readings: dateThenNumber(digits, plus: first.plus)))
    }

    /// `3/12/50`: 1950, or else 2050's century; with points it may also begin a number.
    private func shortDate(_ day: TypedPiece, _ rest: ArraySlice<TypedPiece>) -> Word? {
        let two = Array(rest.prefix(2))
        guard day.isDigits(1...2), !day.plus, two.count == 2, two[0].isDigits(1...2), two[1].isDigits(2...2) else { return nil }
        guard two[0].isGlued(by: "/.-"), two[1].separator == two[0].separator, !(rest.dropFirst(2).first?.digits ?? false) else {
            return nil
        }
        let dates = ["19", "20"].compactMap { TypedDate.parse("\(day.text)/\(two[0].text)/\($0)\(two[1].text)") }
        guard !dates.isEmpty else { return nil }
        let readings = dates.map { PersonToken.compact($0.description) }
        let digits = day.text + two[0].text + two[1].text
        return Word(readings: digits.hasPrefix("0") ? readings + [digits] : readings)
    }

    /// Digits alone: `03121950` may be a date; what is left is the beginning of a number, or of a date written from its year.
    private func dateThenNumber(_ digits: String, plus: Bool) -> [String] {
        let number = Self.national(digits, plus: plus)
        guard !plus, digits.utf8.count == 8 else { return [number] }
        let day = digits.prefix(2), month = digits.dropFirst(2).prefix(2), year = digits.suffix(4)
        guard year.hasPrefix("19") || year.hasPrefix("20"), let date = TypedDate.parse("\(day)/\(month)/\(year)") else { return [number] }
        return [PersonToken.compact(date.description), number]
    }

    /// The beginning of ``PhoneNumber/nationalDigits``: `+33 6 39` is `0639`, and so is `639 98` with nine digits.
    private static func national(_ digits: String, plus: Bool) -> String {
        let abroad = plus ? digits : digits.hasPrefix("00") ? String(digits.dropFirst(2)) : nil
        guard let abroad else { return digits.utf8.count == 9 && !digits.hasPrefix("0") ? "0" + digits : digits }
        for code in PhoneNumber.frenchCodes.map({ $0.dropFirst() }) where abroad.hasPrefix(code) {
            let rest = abroad.dropFirst(code.count)
            return rest.hasPrefix("0") ? String(rest) : "0" + rest
        }
        return "00" + abroad
    }
}
