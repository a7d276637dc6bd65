import Scheduling
import Store

/// Two files of one person made one: the file that stays, the one that goes into it, and whose word counts where they differ.
public struct PersonMerge: Sendable, Equatable {
    /// The file that stays, with its address.
    public var keptID: ID<Person>
    public var otherID: ID<Person>
    /// Those of the files compared: what was changed since is compared again.
    public var keptVersion: Int64
    public var otherVersion: Int64
    /// The fields whose value comes from the other file.
    public var taken: Set<Field>

    /// What only one of two files can say. Numbers, e-mail addresses and needs are united.
    public enum Field: String, CaseIterable, Sendable {
        case lastName = "last_name"
        case firstName = "first_name"
        case birthName = "birth_name"
        case birthDate = "birth_date"
        case address, channel, language
    }

    public init(keptID: ID<Person>, otherID: ID<Person>, keptVersion: Int64, otherVersion: Int64, taken: Set<Field> = []) {
        self.keptID = keptID
        self.otherID = otherID
        self.keptVersion = keptVersion
        self.otherVersion = otherVersion
        self.taken = taken
    }
}

extension PersonMerge.Field {
    func copy(from other: Person, to person: inout Person) {
        switch self {
        case .lastName: person.lastName = other.lastName
        case .firstName: person.firstName = other.firstName
        case .birthName: person.birthName = other.birthName
        case .birthDate: person.birthDate = other.birthDate
        case .address: (person.address, person.postalCode, person.commune) = (other.address, other.postalCode, other.commune)
        case .channel: person.channel = other.channel
        case .language: person.language = other.language
        }
    }

    /// Whether the two files do not say the same.
    public func differs(_ one: Person, _ other: Person) -> Bool {
        var changed = one
        copy(from: other, to: &changed)
        return changed != one
    }

    /// Whether a file says nothing of it: then the other's word is the one proposed.
    public func isEmpty(in person: Person) -> Bool {
        switch self {
        case .lastName: person.lastName.isEmpty
        case .firstName: person.firstName.isEmpty
        case .birthName: person.birthName.isEmpty
        case .birthDate: person.birthDate == nil
        case .address: person.address.isEmpty && person.postalCode.isEmpty && person.commune.isEmpty
        case .channel, .language: false
        }
    }
}

extension PersonMerge {
    /// What the file says afterwards.
    static func united(_ kept: Person, _ other: Person, taking fields: Set<Field>) -> Person {
        var united = kept
        for field in fields { field.copy(from: other, to: &united) }
        united.phones = unite(kept.phones, other.phones, by: \.number, label: \.label)
        united.emails = unite(kept.emails, other.emails, by: \.address, label: \.label)
        united.needs = needs(kept.needs, other.needs)
        if let told = other.informedAt, kept.informedAt.map({ told < $0 }) ?? true {
            (united.informedAt, united.informedBy) = (told, other.informedBy)
        }
        if other.createdAt < kept.createdAt { (united.createdAt, united.createdBy) = (other.createdAt, other.createdBy) }
        united.version = max(kept.version, other.version) + 1
        return united
    }

    /// The kept file's lines first, then those that only the other has; one line that both have keeps both labels.
    private static func unite<Line>(
        _ kept: [Line], _ other: [Line], by key: KeyPath<Line, String>, label: WritableKeyPath<Line, String>
    ) -> [Line] {
        var lines = kept
        for line in other {
            guard let index = lines.firstIndex(where: { $0[keyPath: key] == line[keyPath: key] }) else {
                lines.append(line)
                continue
            }
            let labels = [lines[index][keyPath: label], line[keyPath: label]].filter { !$0.isEmpty }
            lines[index][keyPath: label] = Set(labels).count == 1 ? labels[0] : labels.joined(separator: ", ")
        }
        return lines
    }

    /// « parler fort, fauteuil » and « fauteuil » are « parler fort, fauteuil ».
    private static func needs(_ kept: String, _ other: String) -> String {
        let known = Set(kept.split(separator: ",").map { Folding.key(String($0)) })
        let new = other.split(separator: ",").filter { !known.contains(Folding.key(String($0))) }
        let added = new.map { PersonDraft.oneLine(String($0)) }.filter { !$0.isEmpty }
        return ([kept].filter { !$0.isEmpty } + added).joined(separator: ", ")
    }
}
