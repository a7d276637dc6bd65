extension [UInt8] {
    /// Appends text so that it can stand in an element or between double quotes, byte by byte.
    ///
    /// Runs that need nothing are copied whole. Control characters that HTML forbids become U+FFFD.
    mutating func appendEscaped(_ text: some StringProtocol) {
        let isDone: Void? = text.utf8.withContiguousStorageIfAvailable { appendEscaped(bytes: $0) }
        if isDone == nil {
            Swift.Array(text.utf8).withUnsafeBufferPointer { appendEscaped(bytes: $0) }
        }
    }

    private mutating func appendEscaped(bytes text: UnsafeBufferPointer<UInt8>) {
        var start = 0
        for index in text.indices where Escape.table[Int(text[index])] {
            append(contentsOf: text[start..<index])
            append(contentsOf: Escape.replacement(of: text[index]).utf8)
            start = index + 1
        }
        append(contentsOf: text[start...])
    }
}

private enum Escape {
    static let table: [Bool] = (0..<256).map { byte in
        byte < 0x20 ? ![0x09, 0x0A, 0x0D].contains(byte) : [0x22, 0x26, 0x27, 0x3C, 0x3E, 0x7F].contains(byte)
    }

    static func replacement(of byte: UInt8) -> String {
        switch byte {
        case UInt8(ascii: "&"): "&amp;"
        case UInt8(ascii: "<"): "&lt;"
        case UInt8(ascii: ">"): "&gt;"
        case UInt8(ascii: "\""): "&quot;"
        case UInt8(ascii: "'"): "&#39;"
        default: "\u{FFFD}"
        }
    }
}
