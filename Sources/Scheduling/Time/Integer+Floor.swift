extension BinaryInteger {
    /// Division that rounds towards minus infinity, so that days and units before 1970 are counted like the others.
    @inline(__always)
    package func flooredQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder < 0 ? quotient - 1 : quotient
    }

    /// What is left of a floored division: 0 ..< divisor.
    @inline(__always)
    package func flooredRemainder(by divisor: Self) -> Self {
        let remainder = self % divisor
        return remainder < 0 ? remainder + divisor : remainder
    }

    /// Division that rounds towards plus infinity.
    @inline(__always)
    func ceiledQuotient(by divisor: Self) -> Self {
        let (quotient, remainder) = quotientAndRemainder(dividingBy: divisor)
        return remainder > 0 ? quotient + 1 : quotient
    }
}
