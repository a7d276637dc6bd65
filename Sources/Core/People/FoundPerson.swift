import Scheduling
import Store

/// Someone that a search found, with what tells homonyms apart.
public struct FoundPerson: Sendable, Equatable {
    public let id: ID<Person>
    public let firstName: String
    public let lastName: String
    public let birthDate: CivilDate?
    /// Empty when they are followed elsewhere, as `phones` is: opening their file asks for a reason first.
    public let commune: String
    public let phones: [Person.Phone]
    /// Not of the agent's organizations: found by the whole number, or by the full name and the birth date.
    public let elsewhere: Bool
    /// When it is not the name they use.
    public let birthName: String
    public let isArchived: Bool

    public init(
        id: ID<Person>, firstName: String, lastName: String, birthDate: CivilDate?, commune: String, phones: [Person.Phone],
        elsewhere: Bool,
        birthName: String = "", isArchived: Bool = false
    ) {
        self.id = id
        self.firstName = firstName
        self.lastName = lastName
        self.birthDate = birthDate
        self.commune = commune
        self.phones = phones
        self.elsewhere = elsewhere
        self.birthName = birthName
        self.isArchived = isArchived
    }

    public var name: String { Person.displayName(firstName: firstName, lastName: lastName) }
}

extension FoundPerson {
    /// In the order of the ids. A confidential address says no commune.
    static func load(_ ids: [ID<Person>], elsewhere: Bool, of territory: Int64, in db: Reader) throws -> [FoundPerson] {
        guard !ids.isEmpty else { return [] }
        let phones = elsewhere ? [:] : try phones(of: ids, of: territory, in: db)
        var found: [ID<Person>: FoundPerson] = [:]
        try db.forEach(
            """
            SELECT person.id, person.first_name, person.last_name, person.birth_date,
              CASE WHEN person_detail.address_hidden THEN '' ELSE person.commune END, person.birth_name, archiving.at
            FROM person
            LEFT JOIN person_detail ON person_detail.territory_id = person.territory_id AND person_detail.person_id = person.id
            LEFT JOIN archiving ON archiving.territory_id = person.territory_id AND archiving.person_id = person.id
            WHERE person.territory_id = \(territory) AND person.id IN \(list: ids)
            """
        ) { row in
            let id: ID<Person> = try row[0]
            let archivedAt: Instant? = try row[6]
            found[id] = FoundPerson(
                id: id, firstName: try row[1], lastName: try row[2], birthDate: try row[3], commune: elsewhere ? "" : try row[4],
                phones: phones[id, default: []], elsewhere: elsewhere, birthName: try row[5], isArchived: archivedAt != nil)
        }
        return ids.compactMap { found[$0] }
    }

    private static func phones(of ids: [ID<Person>], of territory: Int64, in db: Reader) throws -> [ID<Person>: [Person.Phone]] {
        var phones: [ID<Person>: [Person.Phone]] = [:]
        try db.forEach(
            """
            SELECT person_id, number, label, mobile FROM person_phone
            WHERE territory_id = \(territory) AND person_id IN \(list: ids) ORDER BY person_id, rank
            """
        ) { row in
            phones[try row[0], default: []].append(Person.Phone(number: try row[1], label: try row[2], mobile: try row[3]))
        }
        return phones
    }
}
