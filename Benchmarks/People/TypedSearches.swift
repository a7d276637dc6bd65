import Core
import Scheduling

/// What people type to find someone who is there, by kind.
struct TypedSearches: Sendable {
    enum Kind: String, CaseIterable, Sendable {
        /// The first letters of the family name.
        case beginning
        /// The first letters of both names.
        case names
        /// Six letters of the name and the year of birth.
        case year
        /// The family name as it was heard, with the first letters of the given name.
        case sound
        /// The whole number.
        case number
        /// A given name that thousands have, in full.
        case common
    }

    let world: PeopleWorld

    /// - Parameter kind: none for a mix of all.
    func texts(_ kind: Kind?, count: Int) -> [String] {
        var generator = SeededGenerator(UInt64(kind.map { Kind.allCases.firstIndex(of: $0) ?? 0 } ?? 99))
        return (0..<count).map { turn in
            let person = world.person(Int.random(in: 0..<world.count, using: &generator))
            return text(kind ?? Kind.allCases[turn % Kind.allCases.count], person)
        }
    }

    private func text(_ kind: Kind, _ person: Person) -> String {
        let year = person.birthDate.map { String($0.year) } ?? ""
        return switch kind {
        case .beginning: String(person.lastName.prefix(4))
        case .names: "\(person.lastName.prefix(4)) \(person.firstName.prefix(3))"
        case .year: "\(person.lastName.prefix(6)) \(year)"
        case .sound: "\(Self.heard(person.lastName)) \(person.firstName.prefix(3))"
        case .number: person.phones.first?.number ?? "\(person.lastName) \(year)"
        case .common: person.firstName
        }
    }

    /// Written otherwise, and said the same.
    private static func heard(_ name: String) -> String {
        name.lowercased().replacing("tch", with: "ch").replacing("rr", with: "r").replacing("y", with: "i").replacing("qu", with: "k")
            .replacing("ph", with: "f")
    }
}
