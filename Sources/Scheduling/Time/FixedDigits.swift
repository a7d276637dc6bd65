extension UnsafeMutableBufferPointer<UInt8> {
    /// Writes a number from 0 as exactly `count` ASCII digits, the leading ones zero; of a longer one, the last digits.
    package func write(_ number: Int, digits count: Int, at index: Int) {
        var rest = number
        for place in stride(from: index + count - 1, through: index, by: -1) {
            initializeElement(at: place, to: UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest % 10))
            rest /= 10
        }
    }

    package func write(_ mark: Unicode.Scalar, at index: Int) { initializeElement(at: index, to: UInt8(ascii: mark)) }
}
