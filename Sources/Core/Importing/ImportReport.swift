/// What becomes of a file, row by row.
public struct ImportReport: Sendable, Equatable, Codable {
    public var lines: [Line]
    /// Something was written; a preview, and a file refused whole, write nothing.
    public var isWritten: Bool

    public struct Line: Sendable, Equatable, Codable {
        /// Where the row begins in the file, from 1.
        public let line: Int
        public let outcome: Outcome
        /// Why, for what was refused; what was added, for what was completed.
        public let sentence: String

        public init(line: Int, outcome: Outcome, sentence: String = "") {
            self.line = line
            self.outcome = outcome
            self.sentence = sentence
        }
    }

    public enum Outcome: String, CaseIterable, Sendable, Codable {
        case created, completed, same, refused

        public var label: String {
            switch self {
            case .created: "nouvelle fiche"
            case .completed: "fiche complétée"
            case .same: "déjà à jour"
            case .refused: "refusée"
            }
        }
    }

    public init(lines: [Line], isWritten: Bool) {
        self.lines = lines
        self.isWritten = isWritten
    }

    public func count(_ outcome: Outcome) -> Int { lines.count { $0.outcome == outcome } }

    /// For the journal: numbers only.
    var counts: [String: String] {
        Dictionary(uniqueKeysWithValues: Outcome.allCases.map { ($0.rawValue, String(count($0))) })
    }
}
