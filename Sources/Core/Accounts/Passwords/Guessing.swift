import Foundation

/// How many steps a guesser needs for a password, where a frequent word, a year, a run on the keyboard, a sequence or a repetition is
/// one step, and so is any other character.
///
/// It stands in for lists of leaked passwords, which are others' data: they are made of such pieces.
enum Guessing {
    /// - Parameter words: what the guesser knows of this person, beside the frequent words.
    static func steps(_ password: String, knowing words: [String] = []) -> Int {
        let text = Letters(password)
        let known = CommonWords.folded + words.map(Letters.folded)
        let again = text.repetitions
        var fewest = Array(repeating: 0, count: text.count + 1)
        for start in stride(from: text.count - 1, through: 0, by: -1) {
            let pieces = text.pieces(at: start, knowing: known) + [again[start]].filter { $0 >= 3 }
            fewest[start] = 1 + pieces.reduce(fewest[start + 1]) { min($0, fewest[start + $1]) }
        }
        return fewest[0]
    }
}

/// A password without case and accents, once as it is and once with the usual signs read as letters (`p@ssw0rd`), as Unicode scalars.
struct Letters {
    let plain: [UInt32]
    let read: [UInt32]
    var count: Int { plain.count }

    init(_ password: String) {
        plain = Self.folded(password)
        read = plain.map { Self.signs[$0] ?? $0 }
    }

    static func folded(_ text: String) -> [UInt32] {
        text.lowercased().folding(options: .diacriticInsensitive, locale: nil).unicodeScalars.map(\.value)
    }

    private static let signs: [UInt32: UInt32] = [
        ("0", "o"), ("1", "i"), ("3", "e"), ("4", "a"), ("5", "s"), ("7", "t"), ("8", "b"),
        ("@", "a"), ("$", "s"), ("!", "i"), ("€", "e"),
    ].reduce(into: [:]) { (signs: inout [UInt32: UInt32], pair: (Unicode.Scalar, Unicode.Scalar)) in signs[pair.0.value] = pair.1.value }
}

extension Letters {
    /// The lengths of what can be guessed in one step from here.
    func pieces(at start: Int, knowing words: [[UInt32]]) -> [Int] {
        let found = words.filter { begins(plain, with: $0, at: start) || begins(read, with: $0, at: start) }.map(\.count)
        return found + [repeated(at: start), sequence(at: start), keyboard(at: start), year(at: start)].compactMap { $0 }
    }

    private func begins(_ text: [UInt32], with word: [UInt32], at start: Int) -> Bool {
        guard start + word.count <= text.count else { return false }
        for index in word.indices where text[start + index] != word[index] { return false }
        return true
    }

    /// `aaa`, `!!!`.
    private func repeated(at start: Int) -> Int? {
        let length = run(at: start, step: 0)
        return length >= 3 ? length : nil
    }

    /// `123`, `9876`, `abcd`: by one upwards or downwards; letters from four on, since words hold shorter ones.
    private func sequence(at start: Int) -> Int? {
        let length = max(run(at: start, step: 1), run(at: start, step: -1))
        return length >= (Self.digits.contains(plain[start]) ? 3 : 4) ? length : nil
    }

    private func run(at start: Int, step: Int) -> Int {
        var end = start + 1
        while end < count, Int(plain[end]) - Int(plain[end - 1]) == step { end += 1 }
        return end - start
    }

    /// `azerty`, `qsdf`, `lkjh`: from four keys on.
    private func keyboard(at start: Int) -> Int? {
        var longest = 0
        for row in Self.rows {
            for key in row.indices where row[key] == plain[start] {
                var length = 1
                while key + length < row.count, start + length < count, row[key + length] == plain[start + length] { length += 1 }
                longest = max(longest, length)
            }
        }
        return longest >= 4 ? longest : nil
    }

    /// 1900 to 2099.
    private func year(at start: Int) -> Int? {
        guard start + 4 <= count, plain[start..<start + 4].allSatisfy(Self.digits.contains) else { return nil }
        return ["19", "20"].contains { begins(plain, with: Self.folded($0), at: start) } ? 4 : nil
    }

    /// For each place, how much of what follows was already written before it.
    ///
    /// What two places have in common is one more than what the next two have: one pass over the pairs.
    var repetitions: [Int] {
        var longest = Array(repeating: 0, count: count)
        var next = Array(repeating: 0, count: count + 1)
        for start in stride(from: count - 1, through: 0, by: -1) {
            var common = Array(repeating: 0, count: count + 1)
            for earlier in 0..<start where plain[earlier] == plain[start] {
                common[earlier] = next[earlier + 1] + 1
                longest[start] = max(longest[start], min(common[earlier], start - earlier))
            }
            next = common
        }
        return longest
    }

    private static let digits: ClosedRange<UInt32> = 0x30...0x39

    private static let rows: [[UInt32]] = [
        "azertyuiop", "qsdfghjklm", "wxcvbn", "qwertyuiop", "asdfghjkl", "zxcvbnm", "qwertzuiop", "&e\"'(-e_ca)=", "1234567890",
        "1qaz2wsx3edc", "1aqw2zsx3edc",
    ].map(folded).flatMap { [$0, $0.reversed()] }
}
