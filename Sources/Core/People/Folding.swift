/// Names as they are compared: no accents, no case, ligatures opened, apostrophes and hyphens as spaces.
///
/// `Éléonore d’Arcangues-Etchéberry` folds to `eleonore`, `d`, `arcangues`, `etcheberry`. A million names fold in seconds: ASCII and
/// Latin letters go through a table, byte by byte.
public enum Folding {
    /// The folded words of a text, in order.
    public static func words(of text: String) -> [String] {
        var text = text
        return text.withUTF8 { bytes in
            var splitter = Splitter()
            var index = 0
            while index < bytes.count {
                let (scalar, length) = scalar(in: bytes, at: index)
                splitter.add(scalar)
                index += length
            }
            return splitter.finished()
        }
    }

    /// The folded words with a space between them: `saint jean de luz`. What `commune.folded` holds.
    public static func key(_ text: String) -> String { words(of: text).joined(separator: " ") }

    /// Swift's strings are valid UTF-8, so the length of a scalar can be read from its first byte.
    @inline(__always)
    private static func scalar(in bytes: UnsafeBufferPointer<UInt8>, at index: Int) -> (UInt32, Int) {
        let first = UInt32(bytes[index])
        if first < 0x80 { return (first, 1) }
        func tail(_ offset: Int) -> UInt32 { UInt32(bytes[index + offset]) & 0x3F }
        if first < 0xE0 { return ((first & 0x1F) << 6 | tail(1), 2) }
        if first < 0xF0 { return ((first & 0x0F) << 12 | tail(1) << 6 | tail(2), 3) }
        return ((first & 0x07) << 18 | tail(1) << 12 | tail(2) << 6 | tail(3), 4)
    }
}

extension Folding {
    /// Gathers folded letters into words.
    private struct Splitter {
        var words: [String] = []
        var word: [UInt8] = []

        @inline(__always)
        mutating func add(_ scalar: UInt32) {
            switch scalar {
            case 0x61...0x7A, 0x30...0x39: word.append(UInt8(scalar))
            case 0x41...0x5A: word.append(UInt8(scalar) + 0x20)
            case 0...0x7F: endWord()
            default: addBeyondASCII(scalar)
            }
        }

        mutating func addBeyondASCII(_ scalar: UInt32) {
            switch Folding.fold(scalar) {
            case .letters(let letters): word += letters
            case .nothing: break
            case .space: endWord()
            }
        }

        mutating func endWord() {
            guard !word.isEmpty else { return }
            words.append(String(decoding: word, as: UTF8.self))
            word.removeAll(keepingCapacity: true)
        }

        mutating func finished() -> [String] {
            endWord()
            return words
        }
    }
}
