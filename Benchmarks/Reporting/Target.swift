/// What architecture.md asks of a figure.
enum Target: Sendable, Equatable {
    /// Of the value.
    case atMost(Double), atLeast(Double), exactly(Double)
    /// Of the 99th percentile.
    case p99AtMost(Double)
    /// A rate that is at least the floor's divided by this.
    case floorOver(Double)

    /// - Parameter floor: the value of the floor's row, when there is one.
    func isMet(by row: BenchRow, floor: Double?) -> Bool {
        switch self {
        case .atMost(let most): row.value <= most
        case .atLeast(let least): row.value >= least
        case .exactly(let count): row.value == count
        case .p99AtMost(let most): row.p99 <= most
        case .floorOver(let part): floor.map { row.value >= $0 / part } ?? false
        }
    }

    var text: String {
        switch self {
        case .atMost(let most): "≤ \(most.short)"
        case .atLeast(let least): "≥ \(least.short)"
        case .exactly(let count): "= \(count.short)"
        case .p99AtMost(let most): "p99 ≤ \(most.short)"
        case .floorOver(let part): "≥ floor/\(part.short)"
        }
    }
}

extension Double {
    /// Three figures that count.
    var short: String {
        let digits = self == rounded() ? 0 : abs(self) < 1 ? 3 : abs(self) < 10 ? 2 : abs(self) < 100 ? 1 : 0
        return formatted(digits)
    }

    private func formatted(_ digits: Int) -> String {
        let scale = (0..<digits).reduce(1.0) { product, _ in product * 10 }
        let rounded = (self * scale).rounded() / scale
        return digits == 0 ? String(Int(rounded)) : String(rounded)
    }
}
