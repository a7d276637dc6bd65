import Foundation

/// A French text cut into sentences and words.
///
/// What has points and spaces of its own is one word: a telephone number, an amount, an hour, a date in figures, an address of the Web, an
/// article of a law (« L. 262-37 »). So is an abbreviation, whose point ends nothing. A blank line ends a sentence; so does the end of a
/// line when a capital, a figure or a dash begins the next.
struct Sentences {
    let all: [Sentence]

    struct Sentence: Equatable {
        let text: String
        let words: [Word]
    }

    enum Word: Equatable {
        case word(String)
        /// Read at sight: a number, an hour, an address.
        case figure
    }

    init(_ text: String) {
        let marked = Marked(text.precomposedStringWithCanonicalMapping)
        var figures = marked.figures[...]
        all = marked.sentences.compactMap { sentence in
            let words = Self.words(of: sentence), written = Marked.restored(sentence, &figures)
            return words.isEmpty ? nil : Sentence(text: written, words: words)
        }
    }

    /// Parts of a compound are words; an elided article is none of its own: « l’accueil » is one, « rendez-vous » two.
    private static func words(of sentence: String) -> [Word] {
        sentence.split { !$0.isLetter && !$0.isNumber && $0 != Marked.figure && !"'’".contains($0) }.compactMap { piece in
            if piece.contains(Marked.figure) || piece.contains(where: \.isNumber) { return .figure }
            let word = piece.split { "'’".contains($0) }.map(String.init).joined(separator: "’")
            return word.contains(where: \.isLetter) ? .word(word) : nil
        }
    }
}

/// A text in which each figure is one sign, and each point that ends nothing is gone.
private struct Marked {
    static let figure: Character = "\u{E000}"
    private static let point: Character = "\u{E001}"
    private let text: String
    /// In the order of the text.
    let figures: [Substring]

    init(_ text: String) {
        let found = Self.figures(in: text)
        var marked = "", rest = text.startIndex
        for figure in found {
            marked += text[rest..<figure.lowerBound]
            marked.append(Self.figure)
            rest = figure.upperBound
        }
        self.text = Self.withoutFalseEnds(marked + text[rest...])
        figures = found.map { text[$0] }
    }

    /// The words as they were written.
    /// - Parameter figures: those not yet written; the sentence's own are taken from it.
    static func restored(_ sentence: String, _ figures: inout ArraySlice<Substring>) -> String {
        sentence.reduce(into: "") { all, sign in
            switch sign {
            case figure: all += figures.popFirst() ?? ""
            case point: all.append(".")
            default: all.append(sign)
            }
        }
    }

    var sentences: [String] {
        text.split(separator: /[.!?…]+(?=[\s»”")\]]|$)|\n\s*\n|\n(?=\s*[-–—•*\p{Lu}\d\u{E000}])/)
            .map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
    }
}

extension Marked {
    /// Addresses, articles, telephone numbers, dates, hours, other numbers: in this order, for a date begins like a number.
    private static func figures(in text: String) -> [Range<String.Index>] {
        let figure =
            #/
            (?:https?:\/\/|www\.)[^\s<>«»]*[^\s<>«».,;:!?)]
            | [\w.+\-]+@[\w\-]+(?:\.[\w\-]+)+
            | \b[\p{Ll}\d\-]+(?:\.[\p{Ll}\d\-]+)*\.(?:fr|org|com|net|eu|re|nc)\b(?:\/[^\s<>«»]*[^\s<>«».,;:!?)])?
            | \b(?:[LRDA]|LO)\.?[\ \u{A0}\u{202F}]?\*?\d+(?:[\-\u{2011}\u{2013}.]\d+)*
            | (?:\+\d{2}[\ \u{A0}\u{202F}.]?\d|\b0\d)(?:[\ \u{A0}\u{202F}.\-]?\d{2}){4}\b
            | \b\d{1,2}[\/.\-]\d{1,2}[\/.\-]\d{2,4}\b
            | \b\d{1,2}[\ \u{A0}\u{202F}]?[hH:](?:[\ \u{A0}\u{202F}]?\d{2}\b|\b)
            | \b\d+(?:[\ \u{A0}\u{202F}.]\d{3})*(?:[.,]\d+)?(?:er|e|re|nd|ème)?\b(?:[\ \u{A0}\u{202F}]?[€%])?
            /#
        return text.matches(of: figure).map(\.range)
    }

    /// The point of an abbreviation, or of an initial, ends no sentence; that of « etc. » does before a capital.
    private static func withoutFalseEnds(_ text: String) -> String {
        text.replacing(/([\p{L}.\-]*\p{L})\.(?=(\s+)(\S)|[,;:)])/) { match in
            let word = String(match.output.1), next = match.output.3?.first
            let before = word.replacing(".", with: String(point))
            return Abbreviation.endsNothing(word.lowercased(), before: next) ? before + String(point) : word + "."
        }
    }
}

/// Words that people cut.
private enum Abbreviation {
    /// - Parameter next: the first sign of what follows.
    static func endsNothing(_ word: String, before next: Character?) -> Bool {
        if leading.contains(word) || word.count == 1 { return true }
        let isInitials = word.contains(".") && word.split(separator: ".").allSatisfy { $0.count <= 2 }
        return (isInitials || trailing.contains(word)) && next?.isUppercase != true
    }

    /// Something always follows.
    private static let leading: Set<String> = [
        "mm", "mme", "mmes", "mlle", "dr", "pr", "me", "st", "ste", "art", "al", "av", "bd", "bld", "boul", "bât", "bat", "appt", "apt",
        "cf",
        "ch", "chap", "lo", "n", "no", "nos", "réf", "ref", "tél", "tel", "rte", "imp", "pl", "vol", "p.ex", "p. ex", "c.-à-d",
    ]
    /// It may end a sentence.
    private static let trailing: Set<String> = [
        "etc", "env", "ex", "max", "min", "suiv", "sv", "app", "adr", "dép", "dpt", "rdv", "resp", "janv", "févr", "fév", "avr", "juil",
        "juill", "sept", "oct", "nov", "déc", "lun", "mar", "mer", "jeu", "ven", "sam", "dim", "i.e",
    ]
}
