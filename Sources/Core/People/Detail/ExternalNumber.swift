import Foundation
import Scheduling
import Store

/// The number by which someone is known elsewhere (table `external_number`): one of each kind.
///
/// The members of a household may share one, as they do at the CAF.
public struct ExternalNumber: Sendable, Equatable {
    public enum Kind: String, CaseIterable, Sendable, SQLBindable, SQLReadable {
        case caf, msa
        case franceTravail = "france-travail"
        case file, other

        public var label: String {
            switch self {
            case .caf: "Numéro CAF"
            case .msa: "Numéro MSA"
            case .franceTravail: "Identifiant France Travail"
            case .file: "Numéro de dossier"
            case .other: "Autre numéro"
            }
        }

        /// The field that a territory turns on or off.
        public var field: PersonField {
            switch self {
            case .caf: .caf
            case .msa: .msa
            case .franceTravail: .franceTravail
            case .file: .file
            case .other: .otherNumber
            }
        }
    }

    public let kind: Kind
    /// As it was typed.
    public let number: String

    public init(kind: Kind, number: String) {
        self.kind = kind
        self.number = number
    }

    public static let longest = 40
    /// Fewer signs than this designate nobody.
    static let shortest = 4

    /// Letters and digits alone, in capitals: « 1 234-567 a » is `1234567A`. Nil when too little is left, or no digit.
    static func fold(_ typed: String) -> String? {
        let kept = typed.uppercased().unicodeScalars.filter { ("0"..."9").contains($0) || ("A"..."Z").contains($0) }
        let folded = String(String.UnicodeScalarView(kept))
        return folded.utf8.count >= shortest && folded.contains(where: \.isNumber) ? folded : nil
    }
}

extension ExternalNumber {
    static func of(_ person: ID<Person>, of territory: Int64, in db: Reader) throws -> [ExternalNumber] {
        try db.all(
            "SELECT kind, number FROM external_number WHERE territory_id = \(territory) AND person_id = \(person) ORDER BY kind"
        ) { ExternalNumber(kind: try $0[0], number: try $0[1]) }
    }

    func insert(for person: ID<Person>, of territory: Int64, in db: Writer) throws {
        try db.run(
            """
            INSERT INTO external_number (territory_id, person_id, kind, number, folded)
            VALUES (\(territory), \(person), \(kind), \(number), \(Self.fold(number) ?? number))
            """)
    }

    /// Those of the scopes who have this very number, whole.
    static func people(
        _ typed: String, in scopes: [ID<Organization>], of territory: Int64, limit: Int, in db: Reader
    ) throws -> [ID<Person>] {
        guard typed.utf8.count <= 2 * longest, let folded = fold(typed) else { return [] }
        return try db.all(
            """
            SELECT DISTINCT external_number.person_id FROM external_number
            JOIN person_organization ON person_organization.territory_id = external_number.territory_id
              AND person_organization.person_id = external_number.person_id
            WHERE external_number.territory_id = \(territory) AND external_number.folded = \(folded)
              AND person_organization.organization_id IN \(list: scopes)
            ORDER BY external_number.person_id LIMIT \(limit)
            """
        ) { try $0[0] }
    }
}
