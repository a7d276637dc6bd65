extension Phonetic {
    /// How a sound is written, and which letters may follow.
    struct Spelling: Sendable {
        let letters: [UInt8]
        let next: Next

        enum Next: Sendable {
            case any
            /// e, i or y: what softens a c or a g.
            case soft
            /// r, l or n: « Christian », « Chloé ».
            case liquid
            /// a, o or u: before them the e of « Georges » and of « Jean » only softens.
            case hard
        }

        func matches(next letter: UInt8?) -> Bool {
            switch next {
            case .any: true
            case .soft: letter.map { Array("eiy".utf8).contains($0) } ?? false
            case .liquid: letter.map { Array("rln".utf8).contains($0) } ?? false
            case .hard: letter.map { Array("ao".utf8).contains($0) } ?? false
            }
        }
    }

    /// By first letter, the longest first.
    static let spellings: [[(Spelling, [UInt8])]] = (UInt8(ascii: "a")...UInt8(ascii: "z")).map { first in
        let mine = rules.filter { $0.0.utf8.first == first }.map { (Spelling(letters: Array($0.0.utf8), next: $0.1), Array($0.2.utf8)) }
        let lengths = Set(mine.map { $0.0.letters.count }).sorted(by: >)
        return lengths.flatMap { length in mine.filter { $0.0.letters.count == length } }
    }

    /// The contexts of one spelling stand before its general rule.
    private static let rules: [(String, Spelling.Next, String)] = [
        ("tsch", .any, "x"), ("tch", .any, "x"), ("tx", .any, "x"), ("tz", .any, "s"), ("ts", .any, "s"), ("tion", .any, "si3"),
        ("th", .any, "t"), ("sch", .any, "x"), ("sh", .any, "x"), ("sc", .soft, "s"), ("z", .any, "s"),
        ("ch", .liquid, "k"), ("ch", .any, "x"), ("ck", .any, "k"), ("cqu", .any, "k"), ("cq", .any, "k"), ("cc", .soft, "ks"),
        ("c", .soft, "s"),
        ("c", .any, "k"), ("qu", .any, "k"), ("q", .any, "k"), ("x", .any, "x"), ("ph", .any, "f"), ("w", .any, "v"), ("bv", .any, "v"),
        ("dj", .any, "j"), ("ge", .hard, "j"), ("je", .hard, "j"), ("gu", .soft, "g"), ("gn", .any, "n"), ("g", .soft, "j"),
        ("h", .any, ""), ("y", .any, "i"), ("eau", .any, "o"), ("ault", .any, "ot"), ("auld", .any, "od"), ("au", .any, "o"),
        ("ou", .any, "w"), ("oi", .any, "wa"), ("oy", .any, "wa"), ("oeu", .any, "e"), ("eu", .any, "e"), ("ai", .any, "e"),
        ("ay", .any, "e"), ("ei", .any, "e"), ("ey", .any, "e"),
    ]

    static let nasals: [([UInt8], [UInt8])] = [
        ("ai", "1"), ("ei", "1"), ("oi", "w1"), ("ie", "i1"), ("ye", "i1"), ("i", "1"), ("y", "1"), ("u", "1"), ("a", "2"), ("e", "2"),
        ("o", "3"),
    ].map { (Array($0.utf8), Array($1.utf8)) }

    /// What opens the syllable after an n or an m, so that the vowel before keeps its own sound.
    static let opening = Set("aeiouynmh".utf8)

    /// Words that are said as another: « St-Martin ».
    static let whole = ["st": "saint", "ste": "sainte"]

    /// Folding takes the cedilla away; in these names its sound stays.
    private static let cedillas = [("francoi", 4), ("goncal", 3), ("garcon", 3), ("lancon", 3), ("lecon", 2), ("macon", 2), ("mencon", 3)]
        .map { (Array($0.0.utf8), $0.1) }

    /// The same letters with an s where the c had a cedilla.
    static func withCedillas(_ letters: [UInt8]) -> [UInt8] {
        guard letters.contains(UInt8(ascii: "c")) else { return letters }
        var letters = letters
        for (name, place) in cedillas where letters.count >= name.count {
            for start in 0...letters.count - name.count where letters[start..<start + name.count].elementsEqual(name) {
                letters[start + place] = UInt8(ascii: "s")
            }
        }
        return letters
    }
}
