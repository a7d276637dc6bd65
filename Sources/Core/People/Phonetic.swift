/// A small code of how a name sounds in French, so that « Lefèvre » finds « Lefebvre » and « Etcheverri » finds « Etxeverry ».
///
/// It is meant for recall: it is asked only when the written name finds fewer than five people. Rules, on folded letters:
/// - `ch`, `tch`, `sch`, `tx` (Basque) → x; `j`, soft `g`, `dj` → j; `ph` → f; `qu`, `ck`, hard `c` → k; soft `c`, `s`, `z`, `tz` → s;
///   `w` → v; `bv` → v (Lefebvre); `gn` → n; `y` → i; `h` is silent;
/// - `au`, `eau` → o; `ou` → w; `oi` → wa; `ai`, `ei`, `eu` → e; nasal vowels → 1 (in), 2 (an), 3 (on) when no vowel follows;
/// - what is silent at the end goes: `t d s x z p`, `c` and `g` after n, and every last e sound (`e`, `er`, `ez`, `et`, `ée`);
/// - a sound said twice is written once.
enum Phonetic {
    /// - Parameter word: folded (see ``Folding``).
    /// - Returns: `nil` for digits and for letters other than a to z, which have no French sound here.
    static func code(of word: String) -> String? {
        let letters = Array(word.utf8)
        guard !letters.isEmpty, letters.allSatisfy({ (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) }) else { return nil }
        var reading = Reading(letters: withoutSilentEnd(letters))
        while reading.index < reading.letters.count { reading.step() }
        return reading.sounds.isEmpty ? nil : String(decoding: reading.sounds, as: UTF8.self)
    }

    private static func withoutSilentEnd(_ letters: [UInt8]) -> [UInt8] {
        var letters = letters
        while letters.count > 3, let last = letters.last {
            let before = letters[letters.count - 2]
            switch last {
            case UInt8(ascii: "t"), UInt8(ascii: "d"), UInt8(ascii: "s"), UInt8(ascii: "x"), UInt8(ascii: "z"), UInt8(ascii: "p"),
                UInt8(ascii: "e"):
                letters.removeLast()
            case UInt8(ascii: "h") where !Array("csp".utf8).contains(before): letters.removeLast()
            case UInt8(ascii: "r") where before == UInt8(ascii: "e") && letters.count > 4: letters.removeLast()
            case UInt8(ascii: "c") where before == UInt8(ascii: "n"), UInt8(ascii: "g") where before == UInt8(ascii: "n"):
                letters.removeLast()
            case UInt8(ascii: "l") where letters.suffix(3) == Array("aul".utf8)[...]: letters.removeLast()
            default: return letters
            }
        }
        return letters
    }
}

extension Phonetic {
    private struct Reading {
        let letters: [UInt8]
        var index = 0
        var sounds: [UInt8] = []

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
            index + spelling.count <= letters.count && letters[index..<index + spelling.count].elementsEqual(spelling)
        }

        /// A vowel and its n or m, when no vowel, n, m or h follows: « Lambert », not « Lamarque ».
        mutating func nasal() -> Bool {
            for (vowels, sound) in Phonetic.nasals where starts(with: vowels) {
                let end = index + vowels.count
                guard let closing = letter(at: end), closing == UInt8(ascii: "n") || closing == UInt8(ascii: "m") else { continue }
                if let next = letter(at: end + 1), Phonetic.opening.contains(next) { continue }
                say(sound, for: vowels.count + 1)
                return true
            }
            return false
        }
    }
}
