extension String {
    /// As people order names: without minding accents, case and signs first.
    public func comesBefore(_ other: String) -> Bool {
        let (left, right) = (Folding.key(self), Folding.key(other))
        return left == right ? self < other : left < right
    }
}
