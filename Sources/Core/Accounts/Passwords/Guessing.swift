import Foundation

/// How many steps a guesser needs for a password, where a frequent word, a year, a run on the keyboard, a sequence or a repetition is
/// one step, and so is any other character.
///
/// It stands in for lists of leaked passwords, which are others' data: they are made of such pieces.
enum Guessing {
    /// - Parameter words: what the guesser knows of this person, beside the frequent words.
    static func steps(_ password: String, knowing words: [String] = []) -> Int {
        let text = Letters(password)
        let known = CommonWords.folded + words.map { Array($0.folded) }
        var fewest = Array(repeating: 0, count: text.count + 1)
        for start in stride(from: text.count - 1, through: 0, by: -1) {
            let pieces = text.pieces(at: start, knowing: known)
            fewest[start] = 1 + pieces.reduce(fewest[start + 1]) { min($0, fewest[start + $1]) }
        }
        return fewest[0]
    }
}

/// A password without case and accents, once as it is and once with the usual signs read as letters (`p@ssw0rd`).
private struct Letters {
    let plain: [Character]
    let read: [Character]
    var count: Int { plain.count }

    init(_ password: String) {
        plain = Array(password.folded)
        read = plain.map { Self.signs[$0] ?? $0 }
    }

    private static let signs: [Character: Character] = [
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "8": "b", "@": "a", "$": "s", "!": "i", "€": "e",
    ]

    /// The lengths of what can be guessed in one step from here.
    func pieces(at start: Int, knowing words: [[Character]]) -> [Int] {
        let found = words.filter { matches($0, at: start) }.map(\.count)
        let others = [repeated(at: start), sequence(at: start), keyboard(at: start), again(at: start), year(at: start)]
        return found + others.compactMap { $0 }
    }

    private func matches(_ word: [Character], at start: Int) -> Bool {
        guard start + word.count <= count else { return false }
        let range = start..<start + word.count
        return plain[range].elementsEqual(word) || read[range].elementsEqual(word)
    }

    /// `aaa`, `!!!`.
    private func repeated(at start: Int) -> Int? {
        let length = plain[start...].prefix { $0 == plain[start] }.count
        return length >= 3 ? length : nil
    }

    /// `123`, `9876`, `abcd`: by one upwards or downwards; letters from four on, since words hold shorter ones.
    private func sequence(at start: Int) -> Int? {
        let length = max(run(at: start, step: 1), run(at: start, step: -1))
        return length >= (plain[start].isNumber ? 3 : 4) ? length : nil
    }

    private func run(at start: Int, step: Int) -> Int {
        var end = start + 1
        while end < count, let last = plain[end - 1].asciiValue, let next = plain[end].asciiValue, Int(next) - Int(last) == step {
            end += 1
        }
        return end - start
    }

    /// `azerty`, `qsdf`, `lkjh`: from four keys on.
    private func keyboard(at start: Int) -> Int? {
        let lengths = Self.rows.map { row in
            row.indices.map { zip(row[$0...], plain[start...]).prefix { $0 == $1 }.count }.max() ?? 0
        }
        return lengths.max().flatMap { $0 >= 4 ? $0 : nil }
    }

    private static let rows: [[Character]] = [
        "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "&e\"'(-e_ca)=", "1234567890",
        "1qaz2wsx3edc", "1aqw2zsx3edc",
    ].flatMap { [Array($0), Array($0.reversed())] }

    /// What was already written before, three characters at least.
    private func again(at start: Int) -> Int? {
        let lengths = (0..<start).map { earlier in
            min(zip(plain[earlier...], plain[start...]).prefix { $0 == $1 }.count, start - earlier)
        }
        return lengths.max().flatMap { $0 >= 3 ? $0 : nil }
    }

    /// 1900 to 2099.
    private func year(at start: Int) -> Int? {
        let digits = plain[start...].prefix(4)
        guard digits.count == 4, digits.allSatisfy({ $0.isASCII && $0.isNumber }) else { return nil }
        return ["19", "20"].contains(String(digits.prefix(2))) ? 4 : nil
    }
}

extension String {
    /// Lower case, without accents.
    fileprivate var folded: String { lowercased().folding(options: .diacriticInsensitive, locale: nil) }
}
