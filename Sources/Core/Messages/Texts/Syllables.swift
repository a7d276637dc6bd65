import Foundation

/// How many syllables a French word has, as one says it with care: an `e` counts inside a word (sa-me-di), and not at its end (pau-se).
///
/// By rule, with a few words that follow none: enough for a mean over a text. The rules are those of reading aloud: vowel groups, glides
/// (ac-tion, bien), which are none after two consonants (cli-ent, ou-vri-er), and endings that are not said (-e, -es, -ent of verbs).
enum Syllables {
    static func count(_ word: String) -> Int {
        let letters = word.lowercased().precomposedStringWithCanonicalMapping.filter(\.isLetter)
        guard !letters.isEmpty else { return 0 }
        if let known = apart[letters] { return known }
        guard letters.count > 1 else { return isVowel(letters[letters.startIndex]) ? 1 : 0 }
        return max(sounds(in: withoutSilence(letters)), letters.contains(where: isVowel) ? 1 : 0)
    }

    /// The endings that are not said, gone; `qu` and the `u` of `gue` and `gui` too.
    private static func withoutSilence(_ letters: String) -> [Character] {
        let isVerb = letters.hasSuffix("ent") && !FrenchEndings.isSaid(letters)
        let plain = letters.replacing("qu", with: "q").replacing(/gu(?=[eéèêiîy])/, with: "g").replacing(/ge(?=[aâoôu])/, with: "g")
        let end = isVerb ? "ent" : plain.hasSuffix("es") ? "es" : plain.hasSuffix("e") ? "e" : ""
        let rest = plain.dropLast(end.count)
        // « le », « des », « que »: the only vowel is said.
        guard !end.isEmpty, rest.contains(where: isVowel) else { return Array(plain) }
        return Array(rest)
    }

    /// Each vowel group is one sound, or two.
    private static func sounds(in letters: [Character]) -> Int {
        var count = 0, index = 0
        while index < letters.count {
            guard isSaidAsVowel(letters, at: index) else {
                index += 1
                continue
            }
            let start = index
            while index < letters.count, isSaidAsVowel(letters, at: index) { index += 1 }
            count += VowelGroup(letters[start..<index]).sounds(afterTwoConsonants: endsInTwoConsonants(letters[..<start]))
        }
        return count
    }

    /// A `y` between vowels, or at the beginning before one, sounds like a consonant: pa-yer, yeux.
    private static func isSaidAsVowel(_ letters: [Character], at index: Int) -> Bool {
        guard letters[index] == "y" else { return isVowel(letters[index]) }
        let before = index > 0 && isVowel(letters[index - 1]), after = index + 1 < letters.count && isVowel(letters[index + 1])
        return !(after && (before || index == 0))
    }

    /// Such as `cl`, `vr`, `pr`.
    private static func endsInTwoConsonants(_ letters: ArraySlice<Character>) -> Bool {
        let two = letters.suffix(2)
        guard two.count == 2, let first = two.first, let last = two.last else { return false }
        return "bcdfgkptv".contains(first) && "lr".contains(last)
    }

    static func isVowel(_ letter: Character) -> Bool { vowels.contains(letter) }

    private static let vowels = Set("aeiouyàâäéèêëîïôöùûüœæ")

    /// Words that are read otherwise than they are written.
    private static let apart: [String: Int] = [
        "pays": 2, "paysan": 3, "paysans": 3, "paysage": 3, "paysages": 3, "abbaye": 3, "aout": 1, "moelle": 1, "poêle": 1, "alcool": 2,
        "paon": 1, "saoul": 1, "zoo": 1, "foot": 1, "web": 1, "wifi": 2, "jean": 1, "e": 1, "y": 1, "monsieur": 2, "pied": 1,
    ]
}

/// Vowels that stand together in a word.
private struct VowelGroup {
    /// One sign a sound: `au` and `eau` are one O.
    private let sounds: [Character]

    init(_ letters: ArraySlice<Character>) {
        var text = String(letters)
        for (written, sound) in Self.digraphs { text = text.replacing(written, with: sound) }
        sounds = Array(text)
    }

    /// In the order in which they are sought.
    private static let digraphs = [
        ("eui", "E"), ("œi", "E"), ("aoû", "U"), ("eau", "O"), ("oeu", "E"), ("œu", "E"), ("eû", "E"), ("oû", "U"),
        ("où", "U"), ("aî", "A"), ("oî", "W"), ("au", "O"), ("ou", "U"), ("oi", "W"), ("ai", "A"), ("ei", "A"), ("eu", "E"), ("ay", "A"),
        ("oy", "W"), ("ey", "A"), ("uy", "i"),
    ]

    func sounds(afterTwoConsonants: Bool) -> Int {
        var count = 0
        for (index, sound) in sounds.enumerated() {
            let next = index + 1 < sounds.count ? sounds[index + 1] : nil
            if !isGlide(sound, before: next, afterTwoConsonants: afterTwoConsonants && index == 0), !isMute(sound, at: index) { count += 1 }
        }
        return max(count, 1)
    }

    /// Said in one breath with what follows: `ion`, `ien`, `ui`, `oui`.
    private func isGlide(_ sound: Character, before next: Character?, afterTwoConsonants: Bool) -> Bool {
        guard let next, "iïuüUy".contains(sound) else { return sound == "e" && next != nil }
        return !afterTwoConsonants || sound == "u" && next == "i"
    }

    /// Of « paiement » and « dévouement », or at the end of a group: an `e` after a whole sound.
    private func isMute(_ sound: Character, at index: Int) -> Bool {
        sound == "e" && index > 0 && "AWUOE".contains(sounds[index - 1])
    }
}
