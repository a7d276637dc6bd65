import Scheduling
import Store

/// Un proche: someone on the page of someone else. Never their address: parents who live apart share a child's page.
public struct Relative: Sendable, Equatable {
    public let relation: Relation
    /// The one on the page is the other of the relation: their child, the person they care for.
    public let isReverse: Bool
    public let personID: ID<Person>
    public let name: String
    /// Of those whose file the agent may open.
    public let birthDate: CivilDate?
    /// The agent may open their file.
    public let isKnown: Bool

    public init(relation: Relation, isReverse: Bool, personID: ID<Person>, name: String, birthDate: CivilDate?, isKnown: Bool) {
        self.relation = relation
        self.isReverse = isReverse
        self.personID = personID
        self.name = name
        self.birthDate = birthDate
        self.isKnown = isKnown
    }

    public var label: String { isReverse ? relation.kind.reverse : relation.kind.label }
}

extension Relative {
    /// Those of a person, then those whose relative the person is; by name.
    public static func of(_ person: ID<Person>, seenBy acting: Acting, at now: Instant, in db: Reader) throws -> [Relative] {
        try all("relation.person_id = \(person)", "relation.other_id", isReverse: false, acting, now, in: db)
            + all("relation.other_id = \(person)", "relation.person_id", isReverse: true, acting, now, in: db)
    }

    private static func all(
        _ filter: SQL, _ shown: SQL, isReverse: Bool, _ acting: Acting, _ now: Instant, in db: Reader
    ) throws -> [Relative] {
        let after = Relation.columnCount
        let rows = try db.all(
            """
            SELECT \(Relation.columns), person.id, person.first_name, person.last_name, person.birth_date FROM relation
            JOIN person ON person.territory_id = relation.territory_id AND person.id = \(shown)
            WHERE relation.territory_id = \(acting.territoryID) AND \(filter)
            ORDER BY person.last_name, person.first_name, person.id
            """
        ) { row in
            (
                relation: try Relation(row), id: try row[after] as ID<Person>,
                name: Person.displayName(firstName: try row[after + 1], lastName: try row[after + 2]),
                born: try row[after + 3] as CivilDate?
            )
        }
        return try rows.map { row in
            let isKnown = try Person.isKnown(row.id, to: acting, at: now, in: db)
            return Relative(
                relation: row.relation, isReverse: isReverse, personID: row.id, name: row.name, birthDate: isKnown ? row.born : nil,
                isKnown: isKnown)
        }
    }

    /// The children whom the same people answer for, youngest last: those who may come one after the other.
    public static func siblings(of person: ID<Person>, seenBy acting: Acting, at now: Instant, in db: Reader) throws -> [FoundPerson] {
        let kinds = Relation.Kind.allCases.filter(\.isResponsible)
        let ids = try db.all(
            """
            SELECT DISTINCT theirs.person_id FROM relation AS mine
            JOIN relation AS theirs ON theirs.territory_id = mine.territory_id AND theirs.other_id = mine.other_id
            WHERE mine.territory_id = \(acting.territoryID) AND mine.person_id = \(person) AND mine.kind IN \(list: kinds)
              AND theirs.kind IN \(list: kinds) AND theirs.person_id <> \(person)
            ORDER BY theirs.person_id
            """
        ) { try $0[0] as ID<Person> }
        let known = try ids.filter { try Person.isKnown($0, to: acting, at: now, in: db) }
        return try FoundPerson.load(known, elsewhere: false, of: acting.territoryID, in: db)
            .filter { !$0.isArchived && $0.birthDate.map { !isAdult(born: $0, at: now, of: acting.territory) } ?? true }
    }

    static func isAdult(born: CivilDate, at now: Instant, of territory: Territory) -> Bool {
        age(born: born, on: territory.zone.civil(now).date) >= 18
    }

    /// Whole years.
    static func age(born: CivilDate, on today: CivilDate) -> Int {
        today.year - born.year - ((today.month, today.day) < (born.month, born.day) ? 1 : 0)
    }
}
