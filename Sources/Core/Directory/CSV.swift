/// Rows of a CSV file (RFC 4180), one at a time, from its bytes.
///
/// Takes what spreadsheets write: a byte order mark, UTF-8 or else Windows-1252 (which Latin-1 is a part of), commas, semicolons or
/// tabs, line ends of any system, quoted fields that hold separators, line ends and doubled quotes.
public struct CSV: Sequence, Sendable {
    private let bytes: [UInt8]
    private let isUTF8: Bool
    /// Found in the first row, outside quotes.
    public let separator: UInt8

    public struct Record: Sendable, Equatable {
        /// Where it begins in the file, from 1.
        public let line: Int
        public let fields: [String]
        /// A quote is not where it may be: the fields cannot be trusted.
        public let isBroken: Bool
    }

    public init(_ file: some Sequence<UInt8>) {
        var bytes = Array(file)
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { bytes.removeFirst(3) }
        self.bytes = bytes
        isUTF8 = String(validating: bytes, as: UTF8.self) != nil
        separator = Self.separator(bytes)
    }

    public func makeIterator() -> Iterator { Iterator(bytes: bytes, separator: separator, isUTF8: isUTF8) }

    /// The most frequent of the three in the first row.
    private static func separator(_ bytes: [UInt8]) -> UInt8 {
        var counts: [UInt8: Int] = [:]
        var isQuoted = false
        for byte in bytes {
            if byte == .quote { isQuoted.toggle() }
            if !isQuoted, byte == .lineFeed || byte == .carriageReturn, !counts.isEmpty { break }
            if !isQuoted { counts[byte, default: 0] += 1 }
        }
        return [UInt8.comma, .semicolon, .tab].max { counts[$0, default: 0] < counts[$1, default: 0] } ?? .comma
    }
}

extension CSV {
    public struct Iterator: IteratorProtocol {
        let bytes: [UInt8]
        let separator: UInt8
        let isUTF8: Bool
        private var position = 0
        private var line = 1

        init(bytes: [UInt8], separator: UInt8, isUTF8: Bool) {
            self.bytes = bytes
            self.separator = separator
            self.isUTF8 = isUTF8
        }

        /// Blank lines are no records.
        public mutating func next() -> Record? {
            while position < bytes.count, skipLineEnd() {}
            guard position < bytes.count else { return nil }
            let start = line
            var fields: [String] = []
            var isBroken = false
            repeat {
                let field = field()
                fields.append(text(field.bytes))
                isBroken = isBroken || field.isBroken
            } while skip(separator)
            if !isBroken || position < bytes.count { _ = skipLineEnd() }
            return Record(line: start, fields: fields, isBroken: isBroken)
        }

        private mutating func field() -> (bytes: [UInt8], isBroken: Bool) {
            guard position < bytes.count, bytes[position] == .quote else { return (plain(), false) }
            let (quoted, isClosed) = quoted()
            let rest = plain()
            return (quoted + rest, !isClosed || !rest.isEmpty)
        }

        /// Up to a separator or a line end; a quote inside stands for itself.
        private mutating func plain() -> [UInt8] {
            let start = position
            while position < bytes.count, bytes[position] != separator, !bytes[position].endsLine { position += 1 }
            return Array(bytes[start..<position])
        }

        private mutating func quoted() -> (bytes: [UInt8], isClosed: Bool) {
            var field: [UInt8] = []
            position += 1
            while position < bytes.count {
                if bytes[position] == .quote {
                    position += 1
                    guard skip(.quote) else { return (field, true) }
                    field.append(.quote)
                } else if bytes[position].endsLine {
                    field.append(.lineFeed)
                    _ = skipLineEnd()
                } else {
                    field.append(bytes[position])
                    position += 1
                }
            }
            return (field, false)
        }

        private mutating func skip(_ byte: UInt8) -> Bool {
            guard position < bytes.count, bytes[position] == byte else { return false }
            position += 1
            return true
        }

        /// CR LF is one line end.
        private mutating func skipLineEnd() -> Bool {
            let hadReturn = skip(.carriageReturn)
            guard skip(.lineFeed) || hadReturn else { return false }
            line += 1
            return true
        }

        private func text(_ field: [UInt8]) -> String {
            isUTF8 ? String(decoding: field, as: UTF8.self) : String(String.UnicodeScalarView(field.map(Windows1252.scalar)))
        }
    }
}

extension UInt8 {
    fileprivate static let quote = UInt8(ascii: "\"")
    fileprivate static let comma = UInt8(ascii: ",")
    fileprivate static let semicolon = UInt8(ascii: ";")
    fileprivate static let tab = UInt8(ascii: "\t")
    fileprivate static let lineFeed = UInt8(ascii: "\n")
    fileprivate static let carriageReturn = UInt8(ascii: "\r")
    fileprivate var endsLine: Bool { self == .lineFeed || self == .carriageReturn }
}

/// What old spreadsheets write: Latin-1, with other signs where it has controls (WHATWG Encoding Standard).
private enum Windows1252 {
    private static let controls: [Unicode.Scalar] = Array(
        "€\u{81}‚ƒ„…†‡ˆ‰Š‹Œ\u{8D}Ž\u{8F}\u{90}‘’“”•–—˜™š›œ\u{9D}žŸ".unicodeScalars)

    static func scalar(_ byte: UInt8) -> Unicode.Scalar {
        (0x80...0x9F).contains(byte) ? controls[Int(byte) - 0x80] : Unicode.Scalar(byte)
    }
}
