import Foundation

extension String {
    /// As people order names: without minding accents, case and punctuation first.
    public func comesBefore(_ other: String) -> Bool {
        let (left, right) = (orderKey, other.orderKey)
        return left == right ? self < other : left < right
    }

    private var orderKey: String {
        folding(options: [.diacriticInsensitive, .caseInsensitive], locale: nil).filter { $0.isLetter || $0.isNumber || $0 == " " }
    }
}
