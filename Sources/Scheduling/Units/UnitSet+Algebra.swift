/// Combining sets. The result keeps the window of the left one; units outside the right one's window are not in it.
extension UnitSet {
    public mutating func formIntersection(_ other: UnitSet) {
        combine(other) { $0 &= $1 }
    }

    public mutating func formUnion(_ other: UnitSet) {
        combine(other) { $0 |= $1 }
        trim()
    }

    public mutating func subtract(_ other: UnitSet) {
        combine(other) { $0 &= ~$1 }
    }

    public func intersection(_ other: UnitSet) -> UnitSet {
        var result = self
        result.formIntersection(other)
        return result
    }

    public func union(_ other: UnitSet) -> UnitSet {
        var result = self
        result.formUnion(other)
        return result
    }

    public func subtracting(_ other: UnitSet) -> UnitSet {
        var result = self
        result.subtract(other)
        return result
    }

    @inline(__always)
    private mutating func combine(_ other: UnitSet, _ operation: (inout UInt64, UInt64) -> Void) {
        let shift = firstWord - other.firstWord
        if shift == 0 && words.count == other.words.count {
            for index in words.indices { operation(&words[index], other.words[index]) }
        } else {
            for index in words.indices {
                let there = index + shift
                operation(&words[index], other.words.indices.contains(there) ? other.words[there] : 0)
            }
        }
    }

    /// Clears the bits of the first and last words that are not in the window.
    mutating func trim() {
        guard !words.isEmpty else { return }
        words[0] &= .max << UInt64(window.lowerBound & 63)
        words[words.count - 1] &= .max >> UInt64(63 - (window.upperBound - 1) & 63)
    }
}
