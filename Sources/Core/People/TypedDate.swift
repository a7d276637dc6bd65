import Scheduling

/// A birth date as people write it: `3/12/1950`, `03.12.1950`, `3 décembre 1950`, `1er mai 1950`, `1950-12-03`.
public enum TypedDate {
    /// - Returns: `nil` when it is no date, or does not exist (30 février).
    public static func parse(_ typed: String) -> CivilDate? {
        let pieces = TypedPiece.split(typed)
        guard let (date, count) = read(pieces[...]), count == pieces.count else { return nil }
        return date
    }

    /// The date with which these pieces begin, and how many pieces it takes.
    static func read(_ pieces: ArraySlice<TypedPiece>) -> (date: CivilDate, count: Int)? {
        iso(pieces) ?? digits(pieces) ?? spelled(pieces)
    }

    private static func iso(_ pieces: ArraySlice<TypedPiece>) -> (CivilDate, Int)? {
        let three = Array(pieces.prefix(3))
        guard three.count == 3, three[0].isDigits(4...4), three[1].isDigits(1...2), three[2].isDigits(1...2) else { return nil }
        guard three[1].isGlued(by: "-/."), three[2].separator == three[1].separator else { return nil }
        return civil(three[0], three[1], three[2])
    }

    private static func digits(_ pieces: ArraySlice<TypedPiece>) -> (CivilDate, Int)? {
        let three = Array(pieces.prefix(3))
        guard three.count == 3, three[0].isDigits(1...2), three[1].isDigits(1...2), three[2].isDigits(4...4), !three[0].plus else {
            return nil
        }
        guard three[1].isGlued(by: "-/. "), three[2].isGlued(by: "-/. ") else { return nil }
        return civil(three[2], three[1], three[0])
    }

    private static func spelled(_ pieces: ArraySlice<TypedPiece>) -> (CivilDate, Int)? {
        var rest = pieces
        guard let day = rest.popFirst(), day.isDigits(1...2) else { return nil }
        if rest.first?.text == "er" { rest = rest.dropFirst() }
        guard let month = rest.popFirst(), let number = months[month.text], let year = rest.popFirst(), year.isDigits(4...4) else {
            return nil
        }
        guard let date = CivilDate(year: Int(year.text) ?? 0, month: number, day: Int(day.text) ?? 0) else { return nil }
        return (date, rest.startIndex - pieces.startIndex)
    }

    private static func civil(_ year: TypedPiece, _ month: TypedPiece, _ day: TypedPiece) -> (CivilDate, Int)? {
        guard let year = Int(year.text), let month = Int(month.text), let day = Int(day.text) else { return nil }
        return CivilDate(year: year, month: month, day: day).map { ($0, 3) }
    }

    /// Folded, whole and as they are shortened.
    private static let months: [String: Int] = [
        "janvier": 1, "janv": 1, "fevrier": 2, "fev": 2, "fevr": 2, "mars": 3, "avril": 4, "avr": 4, "mai": 5, "juin": 6, "juillet": 7,
        "juil": 7, "aout": 8, "septembre": 9, "sept": 9, "octobre": 10, "oct": 10, "novembre": 11, "nov": 11, "decembre": 12, "dec": 12,
    ]
}

/// A run of digits, or one folded word, and what stood between it and the one before.
struct TypedPiece: Equatable, Sendable {
    var text: String
    var digits: Bool
    /// The mark just before: a space, `/`, `.`, `-`…; `nil` at the beginning and between « 1 » and « er ».
    var separator: Character?
    /// A `+` stands before these digits.
    var plus = false

    func isDigits(_ count: ClosedRange<Int>) -> Bool { digits && count.contains(text.utf8.count) }
    func isGlued(by marks: String) -> Bool { separator.map(marks.contains) ?? false }
}

extension TypedPiece {
    /// At most 40 pieces of the first 200 characters: nobody types more in a search field.
    static func split(_ typed: String) -> [TypedPiece] {
        var pieces: [TypedPiece] = []
        var run = ""
        var digits = false
        var separator: Character?
        var plus = false
        func close() {
            guard !run.isEmpty else { return }
            let words = digits ? [run] : Folding.words(of: run)
            for (index, word) in words.enumerated() {
                pieces.append(TypedPiece(text: word, digits: digits, separator: index == 0 ? separator : " ", plus: digits && plus))
            }
            run = ""
            separator = nil
            plus = false
        }
        for character in typed.prefix(200) {
            if let digit = character.wholeNumberValue, digit < 10, character.isNumber {
                if !digits { close() }
                digits = true
                run.append(String(digit))
            } else if character.isLetter || character == "'" || character == "’" {
                if digits { close() }
                digits = false
                run.append(character)
            } else {
                close()
                if character == "+" {
                    plus = true
                } else {
                    separator = separator.map { $0 == " " ? mark(character) : $0 } ?? mark(character)
                }
            }
        }
        close()
        return Array(pieces.prefix(40))
    }

    private static func mark(_ character: Character) -> Character {
        if character.isWhitespace { return " " }
        return "-‐‑–—".contains(character) ? "-" : character
    }
}
