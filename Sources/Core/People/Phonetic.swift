/// A small code of how a name sounds in French, so that « Lefèvre » finds « Lefebvre » and « Etcheverri » finds « Etxeverry ».
///
/// It is meant for recall: those whom it finds come after those written so. Rules, on folded letters:
/// - `ch`, `tch`, `sch`, `tx` (Basque) → x; `j`, soft `g`, `dj` → j; `ph` → f; `qu`, `ck`, hard `c` → k; soft `c`, `s`, `z`, `tz` → s;
///   `w` → v; `bv` → v (Lefebvre); `gn` → n; `y` → i; `h` is silent;
/// - `au`, `eau` → o; `ou` → w; `oi` → wa; `ai`, `ei`, `eu` → e; nasal vowels → 1 (in), 2 (an), 3 (on) when no vowel follows;
/// - what is silent at the end goes: `t d s x z`, `p` after m or u, `c` and `g` after n, `c` of « Leclerc », and every last e sound (`e`, `er`, `ez`,
///   `et`, `ée`); before a mute e a consonant is heard: « Martine » is not « Martin »;
/// - a sound said twice is written once.
enum Phonetic {
    /// - Parameter word: folded (see ``Folding``).
    /// - Returns: `nil` for digits and for letters other than a to z, which have no French sound here.
    static func code(of word: String) -> String? {
        let letters = Array((whole[word] ?? word).utf8)
        guard !letters.isEmpty, letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return nil }
        var reading = Reading(letters: withCedillas(letters))
        while reading.index < reading.end { reading.step() }
        return reading.sounds.isEmpty ? nil : String(decoding: reading.sounds, as: UTF8.self)
    }

    /// Where the letters that are heard end; those after it still soften a c, or open the syllable of an n.
    private static func end(of letters: [UInt8]) -> Int {
        var end = letters.count
        let isMute = muteConsonants(letters, &end)
        if muteVowels(letters, &end) || !isMute { return end }
        // « Arnault », « Gérauld »: the l before what is silent is silent too; « Paul » keeps his.
        if letters[..<end].suffix(3).elementsEqual("aul".utf8) { end -= 1 }
        return end
    }

    /// - Returns: whether there were any.
    private static func muteConsonants(_ letters: [UInt8], _ end: inout Int) -> Bool {
        let all = end
        while end > 3, isMute(letters[end - 1], after: letters[..<(end - 1)]) { end -= 1 }
        return end < all
    }

    private static func isMute(_ last: UInt8, after before: ArraySlice<UInt8>) -> Bool {
        func isAfter(_ endings: String...) -> Bool { endings.contains { before.suffix($0.utf8.count).elementsEqual($0.utf8) } }
        return switch last {
        case UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"): true
        case UInt8(ascii: "p"): isAfter("m", "u")
        case UInt8(ascii: "h"): !isAfter("c", "s", "p")
        case UInt8(ascii: "c"): isAfter("n", "ler")
        case UInt8(ascii: "q"): isAfter("ler", "lerc")
        case UInt8(ascii: "g"): isAfter("n")
        default: false
        }
    }

    /// The last e sounds: « Renée », « Boulanger ».
    /// - Returns: whether there were any.
    private static func muteVowels(_ letters: [UInt8], _ end: inout Int) -> Bool {
        let all = end
        if end > 3, letters[end - 1] == UInt8(ascii: "r"), letters[end - 2] == UInt8(ascii: "e") { end -= 2 }
        while end > 2, letters[end - 1] == UInt8(ascii: "e") { end -= 1 }
        return end < all
    }
}

extension Phonetic {
    private struct Reading {
        let letters: [UInt8]
        let end: Int
        var index = 0
        var sounds: [UInt8] = []

        init(letters: [UInt8]) {
            self.letters = letters
            end = Phonetic.end(of: letters)
        }

        mutating func step() {
            if nasal() { return }
            for (spelling, sound) in Phonetic.spellings[Int(letters[index] - UInt8(ascii: "a"))] where starts(with: spelling.letters) {
                guard spelling.matches(next: letter(at: index + spelling.letters.count)) else { continue }
                return say(sound, for: spelling.letters.count)
            }
            say([letters[index]], for: 1)
        }

        mutating func say(_ sound: [UInt8], for count: Int) {
            for one in sound where one != sounds.last { sounds.append(one) }
            index += count
        }

        func letter(at index: Int) -> UInt8? { index < letters.count ? letters[index] : nil }

        func starts(with spelling: [UInt8]) -> Bool {
            index + spelling.count <= end && letters[index..<index + spelling.count].elementsEqual(spelling)
        }

        /// A vowel and its n or m, when no vowel, n, m or h follows: « Lambert », not « Lamarque ».
        mutating func nasal() -> Bool {
            for (vowels, sound) in Phonetic.nasals where starts(with: vowels) {
                let after = index + vowels.count
                guard after < end, letters[after] == UInt8(ascii: "n") || letters[after] == UInt8(ascii: "m") else { continue }
                if let next = letter(at: after + 1), Phonetic.opening.contains(next) { continue }
                say(sound, for: vowels.count + 1)
                return true
            }
            return false
        }
    }
}
